"""Who is typing in a conversation: told by either side every few seconds, forgotten soon after."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock
from crm_store.models import Author, TypingMark
from crm_store.upsert import put

TYPING_LASTS: Final = timedelta(seconds=6)
"""How long one keystroke is believed in. A typing side tells again every three seconds."""


async def note_typing(session: AsyncSession, *, conversation_id: int, author: Author, name: str = "") -> None:
    """That side (customer or agent) is typing now."""
    values = {
        "conversation_id": conversation_id,
        "author": author,
        "name": name,
        "until": clock.now() + TYPING_LASTS,
    }
    await put(session, TypingMark, unique=("conversation_id", "author"), values=values)


async def stopped_typing(session: AsyncSession, *, conversation_id: int, author: Author) -> None:
    """That side has sent its words, or thrown them away."""
    mark = (TypingMark.conversation_id == conversation_id, TypingMark.author == author)
    await session.execute(delete(TypingMark).where(*mark))


async def who_types(session: AsyncSession, *, conversation_id: int) -> list[TypingMark]:
    """The sides that are typing now."""
    now = (TypingMark.conversation_id == conversation_id, TypingMark.until > clock.now())
    query = select(TypingMark).where(*now).order_by(TypingMark.author)
    return list(await session.scalars(query.execution_options(populate_existing=True)))
