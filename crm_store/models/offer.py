"""Offers, the shop's rules and benefits, and grants, an offer given to one customer."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.models.base import Base
from crm_store.models.loyalty import Tier
from crm_store.models.product import Category


class OfferKind(enum.StrEnum):
    """What the benefit is."""

    PERCENT = "percent"
    AMOUNT = "amount"
    FREE_SHIPPING = "free_shipping"
    POINTS_MULTIPLIER = "points_multiplier"
    GIFT = "gift"


class Offer(Base):
    """A benefit and who may have it. `value`: percent, minor units, or the multiplier times 100, by kind."""

    __tablename__ = "offers"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    title: Mapped[str] = mapped_column(String(200))
    description: Mapped[str] = mapped_column(Text, default="")
    kind: Mapped[OfferKind]
    value: Mapped[int]
    min_spend_cents: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(String(3))
    category_id: Mapped[int | None] = mapped_column(ForeignKey("categories.id"))
    min_tier: Mapped[Tier | None]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    code_prefix: Mapped[str] = mapped_column(String(16))
    priority: Mapped[int] = mapped_column(default=0)

    category: Mapped[Category | None] = relationship(lazy="raise")


class GrantStatus(enum.StrEnum):
    """What became of a grant."""

    ACTIVE = "active"
    APPLIED = "applied"
    DECLINED = "declined"
    USED = "used"
    EXPIRED = "expired"


class Grant(Base):
    """An offer given to one customer, with the reason told to them and, once taken, their own code."""

    __tablename__ = "grants"
    __table_args__ = (UniqueConstraint("offer_id", "customer_id"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    offer_id: Mapped[int] = mapped_column(ForeignKey("offers.id"))
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    reason: Mapped[str] = mapped_column(String(200), default="")
    status: Mapped[GrantStatus]
    code: Mapped[str | None] = mapped_column(String(32), unique=True)
    granted_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]

    offer: Mapped[Offer] = relationship(lazy="raise")
