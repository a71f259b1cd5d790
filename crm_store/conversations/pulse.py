"""The pulse of many conversations: the little that tells whether there is anything new in them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any, Final

from sqlalchemy import Select, bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock
from crm_store.models import Author, Conversation, Message, Owner, Ticket, TicketStatus, TypingMark


@dataclass(frozen=True)
class Pulse:
    """One conversation at one moment."""

    newest_id: int
    """Its newest message's id, 0 before the first."""
    owner: Owner
    assignee_id: int | None
    """The agent of its open ticket."""
    typing: bool
    """Whether an agent is typing."""


async def pulses(session: AsyncSession, *, conversation_ids: Collection[int]) -> dict[int, Pulse]:
    """The pulse of each of these conversations, in one statement; of a few hundred at most."""
    asked = {"conversation_ids": list(conversation_ids), "now": clock.now()}
    found = await session.execute(_PULSES, asked)
    return {row[0]: Pulse(row[1], row[2], row[3], bool(row[4])) for row in found}


def _pulses() -> Select[Any]:
    newest = (
        select(func.coalesce(func.max(Message.id), 0))
        .where(Message.conversation_id == Conversation.id)
        .scalar_subquery()
    )
    assignee = (
        select(Ticket.assignee_id)
        .where(Ticket.conversation_id == Conversation.id, Ticket.status != TicketStatus.RESOLVED)
        .scalar_subquery()
    )
    typing = exists().where(
        TypingMark.conversation_id == Conversation.id,
        TypingMark.author == Author.AGENT,
        TypingMark.until > bindparam("now"),
    )
    query = select(Conversation.id, newest, Conversation.owner, assignee, typing)
    return query.where(Conversation.id.in_(bindparam("conversation_ids", expanding=True)))


_PULSES: Final = _pulses()
"""Written once, as what every open stream asks."""
