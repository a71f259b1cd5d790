"""Reservations: what a shop keeps behind the counter for somebody."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.models.base import Base
from crm_store.models.product import Location, Variant


class ReservationStatus(enum.StrEnum):
    """Whether it is still wanted. One whose time is over stays `held` and counts no longer."""

    HELD = "held"
    CANCELLED = "cancelled"


class Reservation(Base):
    """So many of a variant, kept in one shop until a moment."""

    __tablename__ = "reservations"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="some"),
        Index("ix_reservations_shelf", "location_id", "variant_id", "until"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    variant_id: Mapped[int] = mapped_column(ForeignKey("variants.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("locations.id"))
    contact_point_id: Mapped[int] = mapped_column(ForeignKey("contact_points.id"), index=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    name: Mapped[str] = mapped_column(String(80))
    """Who comes to collect it."""
    quantity: Mapped[int]
    until: Mapped[datetime]
    status: Mapped[ReservationStatus] = mapped_column(default=ReservationStatus.HELD)
    created_at: Mapped[datetime]

    variant: Mapped[Variant] = relationship(lazy="raise")
    location: Mapped[Location] = relationship(lazy="raise")
