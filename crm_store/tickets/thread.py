"""The thread of a ticket: what its customer said and heard at every door, read in pages and read on.

Ids of messages rise in the order of their commits within one conversation only, so a reader's place in a
thread is the last id of each conversation: whoever reads on from there misses nothing.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.models import (
    ContactPoint,
    Conversation,
    Level,
    Message,
    OutboxRow,
    Ticket,
    TicketEvent,
)

Seen = Mapping[int, int]
"""The newest message seen of each conversation, by the conversation's id."""

PAGE = 60
"""How many messages of a thread are read at once when nobody says."""


async def conversations_of(session: AsyncSession, *, ticket: Ticket) -> list[int]:
    """The ticket's own conversation, and those in which its customer proved who they are."""
    if ticket.customer_id is None:
        return [ticket.conversation_id]
    theirs = (
        select(Conversation.id)
        .join(ContactPoint, ContactPoint.id == Conversation.contact_point_id)
        .where(ContactPoint.customer_id == ticket.customer_id, ContactPoint.level == Level.VERIFIED)
    )
    return sorted({ticket.conversation_id, *await session.scalars(theirs)})


async def thread(
    session: AsyncSession,
    *,
    conversation_ids: Collection[int],
    before_id: int | None = None,
    limit: int = PAGE,
) -> list[Message]:
    """The newest messages of these conversations, or those before `before_id`, in the order of their ids."""
    query = select(Message).where(Message.conversation_id.in_(conversation_ids))
    if before_id is not None:
        query = query.where(Message.id < before_id)
    newest = await session.scalars(query.order_by(Message.id.desc()).limit(limit))
    return list(newest)[::-1]


async def thread_after(
    session: AsyncSession, *, conversation_ids: Collection[int], seen: Seen, limit: int = PAGE
) -> list[Message]:
    """What was said in these conversations after what was seen of each, the oldest first."""
    newer = [
        and_(Message.conversation_id == key, Message.id > seen.get(key, _at_least(seen)))
        for key in conversation_ids
    ]
    return list(await session.scalars(select(Message).where(or_(*newer)).order_by(Message.id).limit(limit)))


async def place(session: AsyncSession, *, conversation_ids: Sequence[int]) -> dict[int, int]:
    """The newest message of each conversation; 0 where nothing was said yet."""
    places = {}
    for key in conversation_ids:
        newest = select(Message.id).where(Message.conversation_id == key).order_by(Message.id.desc())
        places[key] = await session.scalar(newest.limit(1)) or 0
    return places


async def events_after(session: AsyncSession, *, ticket_id: int, last_id: int = 0) -> list[TicketEvent]:
    """What was done to the ticket after the event `last_id`, the oldest first."""
    newer = (TicketEvent.ticket_id == ticket_id, TicketEvent.id > last_id)
    return list(await session.scalars(select(TicketEvent).where(*newer).order_by(TicketEvent.id)))


async def deliveries(session: AsyncSession, *, message_ids: Collection[int]) -> dict[int, OutboxRow]:
    """The way out of these messages, by the message's id; messages without one are left out."""
    if not message_ids:
        return {}
    rows = await session.scalars(
        select(OutboxRow)
        .where(OutboxRow.message_id.in_(message_ids))
        .execution_options(populate_existing=True)
    )
    return {row.message_id: row for row in rows if row.message_id is not None}


async def tickets_of(session: AsyncSession, *, customer_id: int, but: int, limit: int = 5) -> list[Ticket]:
    """The customer's newest tickets without the one whose id is `but`."""
    theirs = select(Ticket).where(Ticket.customer_id == customer_id, Ticket.id != but)
    return list(await session.scalars(theirs.order_by(Ticket.id.desc()).limit(limit)))


def _at_least(seen: Seen) -> int:
    """A conversation that was not there when somebody looked began after everything they saw."""
    return max(seen.values(), default=0)
