"""Acting on a ticket without having seen what was said last: stopped before it goes."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import agents
from crm_store.errors import Stale
from crm_store.models import Author, Direction, Message, Ticket
from crm_store.tickets.thread import Seen, conversations_of, thread_after

_COUNTED = 100


async def refuse_if_stale(session: AsyncSession, *, ticket: Ticket, agent_id: int, seen: Seen) -> None:
    """`Stale` when the customer wrote, or another agent answered, after what `agent_id` has seen."""
    threads = await conversations_of(session, ticket=ticket)
    newer = await thread_after(session, conversation_ids=threads, seen=seen, limit=_COUNTED)
    missed = [message for message in newer if _matters(message, agent_id)]
    if not missed:
        return
    name = ""
    for message in missed:
        if message.agent_id is not None:
            name = (await agents.get(session, agent_id=message.agent_id)).name
    raise Stale(len(missed), _sentence(len(missed), name))


def _matters(message: Message, agent_id: int) -> bool:
    if message.direction is Direction.INBOUND:
        return True
    return message.author is Author.AGENT and message.agent_id != agent_id


def _sentence(new: int, name: str) -> str:
    count = "1 new message" if new == 1 else f"{new} new messages"
    by = f"; {name} has just answered" if name else ""
    return f"{count} since you began{by}. Nothing was sent: have a look, and send it again if it still fits."
