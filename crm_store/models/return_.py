"""Returns and refunds."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.models.base import Base
from crm_store.models.order import Order, OrderItem
from crm_store.models.product import Variant


class ReturnStatus(enum.StrEnum):
    """Where a return stands."""

    REQUESTED = "requested"
    LABEL_SENT = "label_sent"
    IN_TRANSIT = "in_transit"
    RECEIVED = "received"
    REFUNDED = "refunded"
    EXCHANGED = "exchanged"
    REJECTED = "rejected"
    CANCELLED = "cancelled"


class Resolution(enum.StrEnum):
    """What the customer wants for it."""

    REFUND_CARD = "refund_card"
    STORE_CREDIT = "store_credit"
    EXCHANGE = "exchange"


class ReturnReason(enum.StrEnum):
    """Why it comes back."""

    TOO_SMALL = "too_small"
    TOO_LARGE = "too_large"
    NOT_AS_DESCRIBED = "not_as_described"
    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"
    CHANGED_MIND = "changed_mind"
    QUALITY = "quality"
    ARRIVED_LATE = "arrived_late"


class Return(Base):
    """Goods of one order on their way back."""

    __tablename__ = "returns"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    status: Mapped[ReturnStatus]
    resolution: Mapped[Resolution]
    exchange_variant_id: Mapped[int | None] = mapped_column(ForeignKey("variants.id"))
    label_code: Mapped[str] = mapped_column(String(32), default="")
    """Shown at the post office counter; no printer needed."""
    requested_at: Mapped[datetime]
    received_at: Mapped[datetime | None]

    order: Mapped[Order] = relationship(lazy="raise")
    exchange_variant: Mapped[Variant | None] = relationship(lazy="raise")
    items: Mapped[list[ReturnItem]] = relationship(lazy="raise", order_by="ReturnItem.id")
    refunds: Mapped[list[Refund]] = relationship(lazy="raise", order_by="Refund.id")


class ReturnItem(Base):
    """How many of an order's line come back, and why."""

    __tablename__ = "return_items"
    __table_args__ = (CheckConstraint("quantity > 0", name="some"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    return_id: Mapped[int] = mapped_column(ForeignKey("returns.id", ondelete="CASCADE"), index=True)
    order_item_id: Mapped[int] = mapped_column(ForeignKey("order_items.id"), index=True)
    quantity: Mapped[int]
    reason: Mapped[ReturnReason]

    order_item: Mapped[OrderItem] = relationship(lazy="raise")


class RefundMethod(enum.StrEnum):
    """Where the money goes."""

    CARD = "card"
    STORE_CREDIT = "store_credit"
    GIFT_CARD = "gift_card"


class RefundStatus(enum.StrEnum):
    """Where the money is."""

    PENDING = "pending"
    SENT = "sent"
    FAILED = "failed"


class Refund(Base):
    """Money on its way back to the customer."""

    __tablename__ = "refunds"
    __table_args__ = (CheckConstraint("amount_cents >= 0", name="not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    return_id: Mapped[int | None] = mapped_column(ForeignKey("returns.id"), index=True)
    amount_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    method: Mapped[RefundMethod]
    status: Mapped[RefundStatus]
    key: Mapped[str] = mapped_column(String(120), unique=True)
    """The same refund asked for twice is made once."""
    created_at: Mapped[datetime]
