"""Waiting for what the bot says to one message."""

from __future__ import annotations

import time
from collections.abc import Sequence

from channels.live import LOOK_AGAIN, Live
from crm_store import conversations, outbox
from crm_store.models import Message
from crm_store.session import Store


async def answer_to(store: Store, live: Live, message: Message, *, within: float) -> list[Message] | None:
    """What the turn of `message` said, in order; empty when a human owns the conversation.

    None when the turn did not end within `within` seconds: the message stays stored, and is answered later.
    """
    give_up_at = time.monotonic() + within
    with live.watch(message.conversation_id) as watch:
        while (said := await _answer(store, message)) is None:
            left = give_up_at - time.monotonic()
            if left <= 0:
                return None
            await watch.next(min(left, LOOK_AGAIN))
    return said


async def _answer(store: Store, message: Message) -> list[Message] | None:
    async with store.reading() as session:
        return await conversations.answer_to(session, message_id=message.id)


async def note_read(store: Store, messages: Sequence[Message]) -> None:
    """They were read from the database by whom they are for, which is how local channels deliver."""
    if messages:
        async with store.unit() as session:
            await outbox.mark_read(session, message_ids=[message.id for message in messages])
