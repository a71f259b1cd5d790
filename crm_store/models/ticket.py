"""Tickets: matters handed to humans, and what happened to them."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.models.base import Base


class TicketStatus(enum.StrEnum):
    """Where a matter stands."""

    OPEN = "open"
    PENDING = "pending"
    RESOLVED = "resolved"


class TicketPriority(enum.StrEnum):
    """How soon a human should look."""

    LOW = "low"
    NORMAL = "normal"
    HIGH = "high"
    URGENT = "urgent"


class Ticket(Base):
    """A matter handed to humans. A conversation has at most one that is not resolved."""

    __tablename__ = "tickets"
    __table_args__ = (
        Index(
            "uq_tickets_open_conversation",
            "conversation_id",
            unique=True,
            sqlite_where=text("status <> 'resolved'"),
            postgresql_where=text("status <> 'resolved'"),
        ),
        Index("ix_tickets_status_opened", "status", "opened_at"),
        Index("ix_tickets_queue", "status", "priority", "since", "id"),
        Index("ix_tickets_agents_queue", "assignee_id", "status", "priority", "since", "id"),
        Index("ix_tickets_status_since", "status", "since", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    number: Mapped[str] = mapped_column(String(32), unique=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    order_id: Mapped[int | None] = mapped_column(ForeignKey("orders.id"))
    topic: Mapped[str] = mapped_column(String(64))
    intent: Mapped[str] = mapped_column(String(64), default="")
    priority: Mapped[TicketPriority] = mapped_column(default=TicketPriority.NORMAL)
    status: Mapped[TicketStatus] = mapped_column(default=TicketStatus.OPEN)
    assignee_id: Mapped[int | None] = mapped_column(ForeignKey("agents.id"))
    summary: Mapped[str] = mapped_column(Text, default="")
    """What the bot tells the human: what they want, which order, what was tried, mood."""
    tried: Mapped[list[Any]] = mapped_column(default=list)
    opened_at: Mapped[datetime]
    since: Mapped[datetime]
    """Open: when the customer's oldest message came that no human answered; pending: when we answered last;
    resolved: when it was settled."""
    first_reply_at: Mapped[datetime | None]
    resolved_at: Mapped[datetime | None]

    events: Mapped[list[TicketEvent]] = relationship(lazy="raise", order_by="TicketEvent.id")


class TicketEvent(Base):
    """One line of a ticket's own timeline: opened, assigned, note, resolved."""

    __tablename__ = "ticket_events"

    id: Mapped[int] = mapped_column(primary_key=True)
    ticket_id: Mapped[int] = mapped_column(ForeignKey("tickets.id"), index=True)
    kind: Mapped[str] = mapped_column(String(32))
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agents.id"))
    data: Mapped[dict[str, Any]] = mapped_column(default=dict)
    at: Mapped[datetime]
