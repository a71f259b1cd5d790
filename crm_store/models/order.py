"""Orders and their lines."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.models.base import Base
from crm_store.models.product import Variant
from crm_store.models.shipment import Shipment


class OrderStatus(enum.StrEnum):
    """Where an order stands as a whole."""

    PENDING_PAYMENT = "pending_payment"
    PAYMENT_FAILED = "payment_failed"
    PAID = "paid"
    PACKED = "packed"
    PARTIALLY_SHIPPED = "partially_shipped"
    SHIPPED = "shipped"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    LOST = "lost"
    CANCELLED = "cancelled"
    PARTIALLY_RETURNED = "partially_returned"
    RETURNED = "returned"


CHANGEABLE = frozenset({OrderStatus.PENDING_PAYMENT, OrderStatus.PAYMENT_FAILED, OrderStatus.PAID})
"""Not packed yet: the order can still be cancelled and sent elsewhere."""

OPEN = CHANGEABLE | {
    OrderStatus.PACKED,
    OrderStatus.PARTIALLY_SHIPPED,
    OrderStatus.SHIPPED,
    OrderStatus.OUT_FOR_DELIVERY,
    OrderStatus.LOST,
}
"""The customer is still waiting for something."""


class PaymentStatus(enum.StrEnum):
    """Where the money is."""

    PENDING = "pending"
    PAID = "paid"
    FAILED = "failed"
    REFUNDED = "refunded"
    PARTIALLY_REFUNDED = "partially_refunded"


class DeliveryMethod(enum.StrEnum):
    """How the order reaches the customer."""

    STANDARD = "standard"
    EXPRESS = "express"
    PICKUP = "pickup"
    DIGITAL = "digital"


class Order(Base):
    """What a customer bought at once. `total_cents` = lines + shipping - discount."""

    __tablename__ = "orders"
    __table_args__ = (Index("ix_orders_customer_placed", "customer_id", "placed_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(64), unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    status: Mapped[OrderStatus] = mapped_column(index=True)
    placed_at: Mapped[datetime]
    cancelled_at: Mapped[datetime | None]
    currency: Mapped[str] = mapped_column(String(3))
    shipping_cents: Mapped[int] = mapped_column(default=0)
    discount_cents: Mapped[int] = mapped_column(default=0)
    total_cents: Mapped[int]
    payment_method: Mapped[str] = mapped_column(String(32), default="")
    payment_status: Mapped[PaymentStatus]
    delivery_method: Mapped[DeliveryMethod]
    ship_name: Mapped[str] = mapped_column(String(200), default="")
    ship_address: Mapped[str] = mapped_column(String(300), default="")
    ship_postcode: Mapped[str] = mapped_column(String(20), default="")
    ship_city: Mapped[str] = mapped_column(String(120), default="")
    ship_country: Mapped[str] = mapped_column(String(2), default="")
    gift: Mapped[bool] = mapped_column(default=False)
    gift_message: Mapped[str] = mapped_column(Text, default="")
    note: Mapped[str] = mapped_column(Text, default="")

    items: Mapped[list[OrderItem]] = relationship(
        back_populates="order", lazy="raise", order_by="OrderItem.line_no", cascade="all, delete-orphan"
    )
    shipments: Mapped[list[Shipment]] = relationship(lazy="raise", order_by="Shipment.id")


class OrderItem(Base):
    """One line of an order. `variant_id` is empty for goods outside the catalogue (an imported history)."""

    __tablename__ = "order_items"
    __table_args__ = (UniqueConstraint("order_id", "line_no"), CheckConstraint("quantity > 0", name="some"))

    id: Mapped[int] = mapped_column(primary_key=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"))
    line_no: Mapped[int]
    variant_id: Mapped[int | None] = mapped_column(ForeignKey("variants.id"), index=True)
    title: Mapped[str] = mapped_column(String(240))
    """As bought: product, colour, size. Stays when the catalogue changes."""
    quantity: Mapped[int]
    unit_price_cents: Mapped[int]
    discount_cents: Mapped[int] = mapped_column(default=0)
    """Off the whole line."""

    order: Mapped[Order] = relationship(back_populates="items", lazy="raise")
    variant: Mapped[Variant | None] = relationship(lazy="raise")

    @property
    def paid_cents(self) -> int:
        """What was paid for the whole line, in minor units."""
        return self.quantity * self.unit_price_cents - self.discount_cents
