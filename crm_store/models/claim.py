"""Claims: something did not arrive, arrived broken, or was not what was ordered."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.models.base import Base
from crm_store.models.order import Order, OrderItem
from crm_store.models.return_ import Refund
from crm_store.models.ticket import Ticket


class ClaimKind(enum.StrEnum):
    """What went wrong."""

    MISSING_PARCEL = "missing_parcel"
    MISSING_ITEM = "missing_item"
    DAMAGED = "damaged"
    WRONG_ITEM = "wrong_item"


class Remedy(enum.StrEnum):
    """What was done about it."""

    RESEND = "resend"
    REFUND = "refund"
    TICKET = "ticket"
    """A human decides."""


class Claim(Base):
    """What a customer told us about goods of one order, and what was done at once."""

    __tablename__ = "claims"
    __table_args__ = (Index("ix_claims_customer_created", "customer_id", "created_at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id"), index=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    kind: Mapped[ClaimKind]
    remedy: Mapped[Remedy]
    words: Mapped[str] = mapped_column(Text, default="")
    """What is wrong, as the customer said it."""
    photos: Mapped[list[Any]] = mapped_column(default=list)
    """Keys of photos."""
    refund_id: Mapped[int | None] = mapped_column(ForeignKey("refunds.id"))
    replacement_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    """The order that was sent instead, free of charge."""
    ticket_id: Mapped[int | None] = mapped_column(ForeignKey("tickets.id"))
    key: Mapped[str] = mapped_column(String(160), unique=True)
    """The same claim made twice is one."""
    created_at: Mapped[datetime]

    items: Mapped[list[ClaimItem]] = relationship(lazy="raise", order_by="ClaimItem.id")
    order: Mapped[Order] = relationship(lazy="raise", foreign_keys=[order_id])
    replacement: Mapped[Order | None] = relationship(lazy="raise", foreign_keys=[replacement_id])
    refund: Mapped[Refund | None] = relationship(lazy="raise")
    ticket: Mapped[Ticket | None] = relationship(lazy="raise")


class ClaimItem(Base):
    """How many of an order's line a claim is about."""

    __tablename__ = "claim_items"
    __table_args__ = (CheckConstraint("quantity > 0", name="some"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    claim_id: Mapped[int] = mapped_column(ForeignKey("claims.id", ondelete="CASCADE"), index=True)
    order_item_id: Mapped[int] = mapped_column(ForeignKey("order_items.id"), index=True)
    quantity: Mapped[int]

    order_item: Mapped[OrderItem] = relationship(lazy="raise")
