"""Handing a matter to humans, and the customer writing on while they have it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock, conversations, ids
from crm_store.models import (
    Author,
    Direction,
    Message,
    Owner,
    Ticket,
    TicketEvent,
    TicketPriority,
    TicketStatus,
)
from crm_store.texts import storable, storable_json
from crm_store.tickets.reading import CHANGING

_RISING = list(TicketPriority)


@dataclass(frozen=True, kw_only=True)
class _Matter:
    customer_id: int | None
    order_id: int | None
    topic: str
    intent: str
    priority: TicketPriority
    summary: str
    tried: list[Any]

    @property
    def actor(self) -> str:
        return "system" if self.customer_id is None else f"customer:{self.customer_id}"


async def open_ticket(
    session: AsyncSession,
    *,
    conversation_id: int,
    customer_id: int | None,
    topic: str,
    intent: str = "",
    priority: TicketPriority = TicketPriority.NORMAL,
    summary: str = "",
    tried: Sequence[Any] = (),
    order_id: int | None = None,
) -> Ticket:
    """Hand the conversation to humans: a ticket, and the agent as the owner. Audited.

    A conversation whose ticket is not resolved keeps it: the new matter becomes an event of it, and its
    priority can only rise.
    """
    matter = _Matter(
        customer_id=customer_id,
        order_id=order_id,
        topic=topic,
        intent=intent,
        priority=priority,
        summary=storable(summary),
        tried=storable_json(list(tried)),
    )
    await conversations.hold(session, conversation_id=conversation_id)
    ticket = await _unresolved(session, conversation_id)
    if ticket is None:
        ticket = await _new(session, conversation_id, matter)
    else:
        _add(session, ticket, matter)
    await conversations.set_owner(
        session, conversation_id=conversation_id, owner=Owner.AGENT, actor=matter.actor
    )
    await session.flush()
    return ticket


async def customer_wrote(session: AsyncSession, *, conversation_id: int) -> Ticket | None:
    """A ticket that waited for the customer is open again; the ticket, when one is not resolved."""
    await conversations.hold(session, conversation_id=conversation_id)
    ticket = await _unresolved(session, conversation_id)
    if ticket is not None and ticket.status == TicketStatus.PENDING:
        _open_again(ticket, await _waiting_since(session, conversation_id))
        await session.flush()
    return ticket


def _open_again(ticket: Ticket, since: datetime) -> None:
    if ticket.status != TicketStatus.OPEN:
        ticket.status, ticket.since = TicketStatus.OPEN, since


async def _waiting_since(session: AsyncSession, conversation_id: int) -> datetime:
    """When the customer's oldest message came that no human answered."""
    mine = select(Message).where(Message.conversation_id == conversation_id)
    answered = await session.scalar(
        mine.where(Message.author == Author.AGENT).order_by(Message.id.desc()).limit(1)
    )
    waiting = mine.where(Message.direction == Direction.INBOUND)
    if answered is not None:
        waiting = waiting.where(Message.id > answered.id)
    oldest = await session.scalar(waiting.order_by(Message.id).limit(1))
    return oldest.created_at if oldest else clock.now()


async def _unresolved(session: AsyncSession, conversation_id: int) -> Ticket | None:
    mine = (Ticket.conversation_id == conversation_id, Ticket.status != TicketStatus.RESOLVED)
    ticket = await session.scalar(select(Ticket).where(*mine))
    if ticket is not None:
        await session.refresh(ticket, CHANGING)
    return ticket


async def _new(session: AsyncSession, conversation_id: int, matter: _Matter) -> Ticket:
    ticket_id, number = await ids.next_number(session, Ticket, prefix="T-", base=1000)
    now = clock.now()
    ticket = Ticket(
        id=ticket_id,
        number=number,
        conversation_id=conversation_id,
        opened_at=now,
        since=now,
        **asdict(matter),
    )
    session.add(ticket)
    await session.flush()
    session.add(TicketEvent(ticket_id=ticket_id, kind="opened", data=_told(matter), at=now))
    await audit.write(session, actor=matter.actor, action="open_ticket", subject=f"ticket:{number}")
    return ticket


def _add(session: AsyncSession, ticket: Ticket, matter: _Matter) -> None:
    ticket.priority = max(ticket.priority, matter.priority, key=_RISING.index)
    ticket.customer_id = ticket.customer_id or matter.customer_id
    ticket.order_id = ticket.order_id or matter.order_id
    _open_again(ticket, clock.now())
    event = TicketEvent(ticket_id=ticket.id, kind="asked_again", data=_told(matter), at=clock.now())
    session.add(event)


def _told(matter: _Matter) -> dict[str, Any]:
    return asdict(matter) | {"priority": matter.priority.value}
