"""Reading tickets: the list, one of them, and its whole story across the channels."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from crm_store import conversations
from crm_store.errors import NotFound
from crm_store.models import Message, Ticket, TicketEvent, TicketStatus

CHANGING: Final = (
    "status",
    "priority",
    "assignee_id",
    "customer_id",
    "order_id",
    "first_reply_at",
    "resolved_at",
    "since",
)
"""The columns of a ticket that change while it lives."""


@dataclass(frozen=True)
class TimelineLine:
    """One line of a ticket's story: something said, or something done to the ticket."""

    at: datetime
    message: Message | None = None
    event: TicketEvent | None = None


async def list_tickets(
    session: AsyncSession, *, status: TicketStatus | None = None, limit: int = 50, before: int | None = None
) -> list[Ticket]:
    """The newest tickets first, of one status or all; `before` is the id of the last ticket already seen."""
    query = select(Ticket).order_by(Ticket.id.desc()).limit(limit)
    if status is not None:
        query = query.where(Ticket.status == status)
    if before is not None:
        query = query.where(Ticket.id < before)
    return list(await session.scalars(query))


async def is_open(session: AsyncSession, *, conversation_id: int) -> bool:
    """Whether the conversation has a ticket that is not resolved."""
    mine = (Ticket.conversation_id == conversation_id, Ticket.status != TicketStatus.RESOLVED)
    return await session.scalar(select(Ticket.id).where(*mine).limit(1)) is not None


async def get_ticket(session: AsyncSession, *, number: str) -> Ticket:
    """The ticket with its events; `NotFound`."""
    query = select(Ticket).where(Ticket.number == number).options(selectinload(Ticket.events))
    ticket = await session.scalar(query.execution_options(populate_existing=True))
    if ticket is None:
        raise NotFound
    return ticket


async def timeline(session: AsyncSession, *, ticket: Ticket, limit: int = 500) -> list[TimelineLine]:
    """What the ticket's customer said and heard on every channel, and what was done, in time order.

    At most the newest `limit` messages of the customer, and as many of the ticket's own conversation, which
    need not be known to be the customer's.
    """
    said = await conversations.history(session, conversation_id=ticket.conversation_id, limit=limit)
    if ticket.customer_id is not None:
        said += await conversations.customer_history(session, customer_id=ticket.customer_id, limit=limit)
    happened = await session.scalars(select(TicketEvent).where(TicketEvent.ticket_id == ticket.id))
    messages = {message.id: message for message in said}.values()
    lines = [TimelineLine(at=message.created_at, message=message) for message in messages]
    lines += [TimelineLine(at=event.at, event=event) for event in happened]
    return sorted(lines, key=_order)


def _order(line: TimelineLine) -> tuple[datetime, int, int]:
    if line.message is not None:
        return line.at, 0, line.message.id
    return line.at, 1, line.event.id if line.event else 0
