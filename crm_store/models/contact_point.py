"""Contact points: one address on one channel."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.models.base import Base
from crm_store.models.customer import Customer


class Channel(enum.StrEnum):
    """The ways in and out."""

    WEB = "web"
    SMS = "sms"
    TELEGRAM = "telegram"
    REST = "rest"
    CONSOLE = "console"
    EMAIL = "email"


class Level(enum.StrEnum):
    """How sure we are who writes."""

    ANONYMOUS = "anonymous"
    CLAIMED = "claimed"
    VERIFIED = "verified"


class ContactPoint(Base):
    """One address on one channel; belongs to at most one customer."""

    __tablename__ = "contact_points"
    __table_args__ = (UniqueConstraint("channel", "address"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    channel: Mapped[Channel]
    address: Mapped[str] = mapped_column(String(255))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    level: Mapped[Level] = mapped_column(default=Level.ANONYMOUS)
    verified_at: Mapped[datetime | None]
    created_at: Mapped[datetime]

    customer: Mapped[Customer | None] = relationship(lazy="raise")
