"""Customers: the persons the shop knows."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, func
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.models.base import Base


class Customer(Base):
    """A person the shop knows. After an erasure the row stays, empty of the person (`erased_at`)."""

    __tablename__ = "customers"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    """Shown to people, e.g. `C-0001`; an imported shop's own id."""
    name: Mapped[str] = mapped_column(String(200), default="")
    email: Mapped[str | None] = mapped_column(String(320))
    phone: Mapped[str | None] = mapped_column(String(32), index=True)
    """E.164."""
    language: Mapped[str] = mapped_column(String(8), default="en")
    address_line: Mapped[str] = mapped_column(String(300), default="")
    postcode: Mapped[str] = mapped_column(String(20), default="")
    city: Mapped[str] = mapped_column(String(120), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    birthday: Mapped[str | None] = mapped_column(String(5))
    """Month and day, `MM-DD`: the year is nobody's business."""
    joined_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]


Index("uq_customers_email_lower", func.lower(Customer.email), unique=True)
