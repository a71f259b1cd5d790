"""Consents: what a customer allowed, when, in which words. Append-only; a purpose's newest line counts."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.models.base import Base


class Purpose(enum.StrEnum):
    """What the consent is for."""

    MARKETING_EMAIL = "marketing_email"
    MARKETING_SMS = "marketing_sms"
    MARKETING_CHAT = "marketing_chat"


class Consent(Base):
    """One statement of a customer, or of a contact point nobody is known behind."""

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint("customer_id IS NOT NULL OR contact_point_id IS NOT NULL", name="someone"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    contact_point_id: Mapped[int | None] = mapped_column(ForeignKey("contact_points.id"), index=True)
    purpose: Mapped[Purpose]
    granted: Mapped[bool]
    wording: Mapped[str] = mapped_column(Text, default="")
    source: Mapped[str] = mapped_column(String(32))
    at: Mapped[datetime]
