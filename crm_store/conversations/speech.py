"""Saying something: the message and its way out are written together."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock
from crm_store.conversations.threads import hold
from crm_store.models import Author, ContactPoint, Conversation, Direction, Message, OutboxRow
from crm_store.texts import storable, storable_json


async def say(
    session: AsyncSession,
    *,
    conversation: Conversation,
    author: Author,
    text: str,
    buttons: Sequence[Mapping[str, str]] = (),
    custom: dict[str, Any] | None = None,
    in_reply_to: int | None = None,
    agent_id: int | None = None,
) -> Message:
    """Say `text` in the conversation: the outbound message, and the outbox row that carries it there.

    `buttons` are `{"title", "payload"}`; `in_reply_to` is the inbound message whose turn says this.
    """
    point = await session.get_one(ContactPoint, conversation.contact_point_id)
    held = await hold(session, conversation_id=conversation.id)
    held.last_message_at = clock.now()
    message = Message(
        conversation_id=held.id,
        channel=point.channel,
        direction=Direction.OUTBOUND,
        author=author,
        agent_id=agent_id,
        text=storable(text),
        buttons=storable_json(list(buttons)),
        custom=None if custom is None else storable_json(custom),
        in_reply_to=in_reply_to,
        created_at=held.last_message_at,
    )
    session.add(_way_out(message, point))
    await session.flush()
    return message


def _way_out(message: Message, point: ContactPoint) -> OutboxRow:
    return OutboxRow(
        conversation_id=message.conversation_id,
        message=message,
        channel=point.channel,
        address=point.address,
        payload={"text": message.text, "buttons": message.buttons, "custom": message.custom},
        next_attempt_at=message.created_at,
        created_at=message.created_at,
    )
