"""Shipments: parcels, what is in them, and what the carrier says."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.models.base import Base


class ShipmentStatus(enum.StrEnum):
    """Where a parcel is."""

    LABEL_CREATED = "label_created"
    IN_TRANSIT = "in_transit"
    OUT_FOR_DELIVERY = "out_for_delivery"
    DELIVERED = "delivered"
    DELAYED = "delayed"
    LOST = "lost"
    READY_FOR_PICKUP = "ready_for_pickup"
    COLLECTED = "collected"


class Shipment(Base):
    """One parcel of an order."""

    __tablename__ = "shipments"

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    order_id: Mapped[int] = mapped_column(ForeignKey("orders.id", ondelete="CASCADE"), index=True)
    carrier: Mapped[str] = mapped_column(String(64))
    tracking_number: Mapped[str] = mapped_column(String(64), default="")
    status: Mapped[ShipmentStatus]
    shipped_at: Mapped[datetime | None]
    expected_at: Mapped[datetime | None]
    delivered_at: Mapped[datetime | None]

    items: Mapped[list[ShipmentItem]] = relationship(lazy="raise", order_by="ShipmentItem.id")
    events: Mapped[list[TrackingEvent]] = relationship(lazy="raise", order_by="TrackingEvent.at")


class ShipmentItem(Base):
    """How many of an order's line are in a parcel."""

    __tablename__ = "shipment_items"

    id: Mapped[int] = mapped_column(primary_key=True)
    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipments.id", ondelete="CASCADE"), index=True)
    order_item_id: Mapped[int] = mapped_column(ForeignKey("order_items.id", ondelete="CASCADE"), index=True)
    quantity: Mapped[int]


class TrackingEvent(Base):
    """One thing the carrier said about a parcel."""

    __tablename__ = "tracking_events"
    __table_args__ = (Index("ix_tracking_events_shipment_at", "shipment_id", "at"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipments.id", ondelete="CASCADE"))
    at: Mapped[datetime]
    status: Mapped[ShipmentStatus]
    location: Mapped[str] = mapped_column(String(120), default="")
    description: Mapped[str] = mapped_column(String(300), default="")
