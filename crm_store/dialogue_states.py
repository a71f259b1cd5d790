"""The dialogue state: what the bot remembers of a conversation between two turns."""

from __future__ import annotations

from typing import Any, Final

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock
from crm_store.models import DialogueState
from crm_store.texts import storable_json
from crm_store.upsert import put

_EVENTS: Final = select(DialogueState.events).where(
    DialogueState.conversation_id == bindparam("conversation_id")
)


async def load(session: AsyncSession, *, conversation_id: int) -> list[dict[str, Any]]:
    """The events kept of the conversation, oldest first; none for a new one."""
    events = await session.scalar(_EVENTS, {"conversation_id": conversation_id})
    return list(events or [])


async def save(session: AsyncSession, *, conversation_id: int, events: list[dict[str, Any]]) -> None:
    """Keep exactly these events of the conversation."""
    kept = {
        "conversation_id": conversation_id,
        "events": storable_json(events),
        "updated_at": clock.now(),
    }
    await put(session, DialogueState, unique=["conversation_id"], values=kept)
