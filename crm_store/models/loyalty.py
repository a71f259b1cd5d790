"""Loyalty: the account, the ledger of points, and the vouchers points turn into."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.models.base import Base


class Tier(enum.StrEnum):
    """The steps of Lark Club, lowest first."""

    FLEDGLING = "fledgling"
    WREN = "wren"
    SWIFT = "swift"
    FALCON = "falcon"


class LoyaltyAccount(Base):
    """One customer's membership. Its row is the lock that makes spending points one at a time."""

    __tablename__ = "loyalty_accounts"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), primary_key=True)
    tier: Mapped[Tier] = mapped_column(default=Tier.FLEDGLING)
    enrolled_at: Mapped[datetime]


class PointsKind(enum.StrEnum):
    """Why points came or went."""

    EARN = "earn"
    SIGNUP = "signup"
    REVIEW = "review"
    REFERRAL = "referral"
    GOODWILL = "goodwill"
    REDEEM = "redeem"
    EXPIRE = "expire"
    REVERSE = "reverse"


class PointsEntry(Base):
    """One immutable line of the ledger; the balance is the sum of the lines that are available.

    A line with `available_at` in the future is pending. A positive line expires at `expires_at`: an `EXPIRE`
    line takes away what of it was not spent. Points are spent oldest expiry first.
    """

    __tablename__ = "points_entries"
    __table_args__ = (
        Index("ix_points_entries_customer", "customer_id", "id"),
        CheckConstraint("points <> 0", name="some"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    kind: Mapped[PointsKind]
    points: Mapped[int]
    key: Mapped[str] = mapped_column(String(120), unique=True)
    """Idempotency key, e.g. `earn:order:17`."""
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"), index=True)
    note: Mapped[str] = mapped_column(String(200), default="")
    created_at: Mapped[datetime]
    available_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]


class VoucherSource(enum.StrEnum):
    """What a voucher was given for."""

    POINTS = "points"
    STORE_CREDIT = "store_credit"
    GIFT_CARD = "gift_card"
    GOODWILL = "goodwill"


class Voucher(Base):
    """Money to spend in the shop, by a code."""

    __tablename__ = "vouchers"
    __table_args__ = (CheckConstraint("remaining_cents >= 0", name="not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code: Mapped[str] = mapped_column(String(32), unique=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    source: Mapped[VoucherSource]
    value_cents: Mapped[int]
    remaining_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    key: Mapped[str] = mapped_column(String(120), unique=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime | None]
