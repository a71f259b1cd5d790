"""Pressed buttons at doors that show people the button's title, and keep its payload with the message.

The title is what everybody reads in the thread; the payload is what the bot hears. It counts only when just
that button was offered here a moment ago. Then it still has no more authority than a typed one.
"""

from __future__ import annotations

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import conversations
from crm_store.models import Direction, Message

RECENT: Final = 50
"""Messages back in which a button can still be pressed."""


async def words_of(session: AsyncSession, message: Message) -> str:
    """What an inbound message says to the bot: the pressed button's payload, or else its text."""
    payload = (message.custom or {}).get("payload")
    if not isinstance(payload, str):
        return message.text
    said = await conversations.history(
        session, conversation_id=message.conversation_id, limit=RECENT, before_id=message.id
    )
    offered = (b for m in said if m.direction is Direction.OUTBOUND for b in m.buttons)
    pressed = (message.text.strip(), payload)
    return payload if any((b["title"].strip(), b["payload"]) == pressed for b in offered) else message.text
