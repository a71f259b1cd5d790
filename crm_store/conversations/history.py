"""Reading messages back: what is new, what was said, and all a customer ever wrote."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.models import ContactPoint, Conversation, Direction, Message

PAGE = 50
"""How many messages are read at once when nobody says."""
_NEWER: Final = (
    select(Message)
    .where(Message.conversation_id == bindparam("conversation_id"), Message.id > bindparam("last_id"))
    .order_by(Message.id)
    .limit(bindparam("page"))
)
"""Written once, as what every open stream asks."""


async def messages_after(
    session: AsyncSession, *, conversation_id: int, last_id: int, limit: int = PAGE
) -> list[Message]:
    """What was said in the conversation after the message `last_id` (0: from the beginning), oldest first."""
    place = {"conversation_id": conversation_id, "last_id": last_id, "page": limit}
    return list(await session.scalars(_NEWER, place))


async def history(
    session: AsyncSession, *, conversation_id: int, limit: int = PAGE, before_id: int | None = None
) -> list[Message]:
    """The newest messages of the conversation (or those before `before_id`), in the order they were said."""
    mine = select(Message).where(Message.conversation_id == conversation_id)
    return await _newest(session, mine, limit, before_id)


async def customer_history(
    session: AsyncSession, *, customer_id: int, limit: int = PAGE, before_id: int | None = None
) -> list[Message]:
    """The same for all the contact points that belong to the customer, whatever the channel."""
    theirs = (
        select(Message)
        .join(Conversation, Conversation.id == Message.conversation_id)
        .join(ContactPoint, ContactPoint.id == Conversation.contact_point_id)
        .where(ContactPoint.customer_id == customer_id)
    )
    return await _newest(session, theirs, limit, before_id)


async def answer_to(session: AsyncSession, *, message_id: int) -> list[Message] | None:
    """What the turn of an inbound message said, in order; None while the turn has not ended."""
    ended = select(Message.answered_at).where(Message.id == message_id)
    if await session.scalar(ended) is None:
        return None
    said = select(Message).where(Message.in_reply_to == message_id, Message.direction == Direction.OUTBOUND)
    return list(await session.scalars(said.order_by(Message.id)))


async def _newest(
    session: AsyncSession, query: Select[Message], limit: int, before_id: int | None
) -> list[Message]:
    if before_id is not None:
        query = query.where(Message.id < before_id)
    newest = await session.scalars(query.order_by(Message.id.desc()).limit(limit))
    return list(newest)[::-1]
