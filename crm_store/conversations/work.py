"""The work the customers' messages make: one turn each, oldest first."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, func, select, text, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock
from crm_store.errors import NotFound
from crm_store.models import Message

# Written out, not bound: only so do both databases see that the index of unanswered messages fits.
_UNANSWERED = text("messages.direction = 'in' AND messages.answered_at IS NULL")
_WINDOW = 10_000
"""How many waiting messages are looked at. Without a limit SQLite walks every message ever said."""


_OLDEST: Final = (
    select(Message)
    .where(Message.conversation_id == bindparam("conversation_id"), _UNANSWERED)
    .order_by(Message.id)
    .limit(1)
)
"""Written once, as every statement of every turn."""


async def conversations_with_work(session: AsyncSession, *, limit: int) -> list[int]:
    """The conversations that wait for an answer, longest waiting first."""
    oldest = select(Message.id, Message.conversation_id).where(_UNANSWERED).order_by(Message.id)
    waiting = oldest.limit(_WINDOW).subquery().c
    query = select(waiting.conversation_id).group_by(waiting.conversation_id)
    return list(await session.scalars(query.order_by(func.min(waiting.id)).limit(limit)))


async def next_unanswered(session: AsyncSession, *, conversation_id: int) -> Message | None:
    """The oldest inbound message of the conversation whose turn did not end yet."""
    return await session.scalar(_OLDEST, {"conversation_id": conversation_id})


async def mark_answered(
    session: AsyncSession, *, message_id: int, intent: str | None = None, confidence: float | None = None
) -> None:
    """Its turn ended; with what was understood, when something was. `NotFound` for an id that is none."""
    message = await session.get(Message, message_id)
    if message is None:
        raise NotFound
    message.answered_at = message.answered_at or clock.now()
    if intent is not None:
        message.intent, message.confidence = intent, confidence
    await session.flush()


async def count_attempt(session: AsyncSession, *, message_id: int) -> int:
    """Its turn failed once more; how often it did."""
    failed = update(Message).where(Message.id == message_id).values(attempts=Message.attempts + 1)
    attempts = await session.scalar(failed.returning(Message.attempts))
    if attempts is None:
        raise NotFound
    return int(attempts)
