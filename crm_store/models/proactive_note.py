"""What was said to a customer unasked, so that it is said once."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.models.base import Base


class ProactiveNote(Base):
    """One matter that one customer has been told about."""

    __tablename__ = "proactive_notes"

    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), primary_key=True)
    key: Mapped[str] = mapped_column(String(120), primary_key=True)
    """The matter, e.g. `late:S-70001:2026-11-24`."""
    said_at: Mapped[datetime]
