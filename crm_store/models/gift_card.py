"""Gift cards: money that whoever has the code can spend."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, String
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.models.base import Base


class GiftCard(Base):
    """One card. Its code is kept as a hash, so that nobody who reads the table can spend it."""

    __tablename__ = "gift_cards"
    __table_args__ = (CheckConstraint("balance_cents >= 0", name="not_negative"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    last_four: Mapped[str] = mapped_column(String(4))
    """Enough to tell two cards apart."""
    balance_cents: Mapped[int]
    currency: Mapped[str] = mapped_column(String(3))
    expires_at: Mapped[datetime | None]
    created_at: Mapped[datetime]
