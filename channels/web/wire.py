"""Messages as the visitor's browser gets them, and reading them for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import agents, conversations
from crm_store.conversations import Pulse
from crm_store.errors import NotFound
from crm_store.models import Direction, Message, Owner

PAGE: Final = 50
"""Messages that are read at once."""


@dataclass(frozen=True)
class Standing:
    """Who answers in a conversation, as its customer may know it."""

    owner: Owner = Owner.BOT
    agent: str | None = None
    """The first name of the agent whose matter it is."""
    typing: bool = False
    """Whether that agent is typing."""

    def as_json(self) -> dict[str, Any]:
        """For the browser."""
        return {"owner": self.owner.value, "agent": self.agent, "typing": self.typing}


async def standing_of(session: AsyncSession, conversation_id: int) -> Standing:
    """Who answers now."""
    pulses = await conversations.pulses(session, conversation_ids=[conversation_id])
    return await standing_by(session, pulses.get(conversation_id))


async def standing_by(session: AsyncSession, pulse: Pulse | None) -> Standing:
    """Who answers in the conversation with this pulse."""
    if pulse is None or pulse.owner is Owner.BOT:
        return Standing()
    name = None if pulse.assignee_id is None else await _first_name(session, pulse.assignee_id)
    return Standing(pulse.owner, name, pulse.typing)


async def as_json(session: AsyncSession, messages: Sequence[Message]) -> list[dict[str, Any]]:
    """Messages of one visitor for that visitor's browser."""
    writers = {message.agent_id for message in messages if message.agent_id is not None}
    names = {agent_id: await _first_name(session, agent_id) for agent_id in writers}
    return [_one(message, names.get(message.agent_id or 0)) for message in messages]


def _one(message: Message, name: str | None) -> dict[str, Any]:
    # What came along with the visitor's own message is not a card: it is the door's, not theirs to see drawn.
    came_along = (message.custom or {}) if message.direction is Direction.INBOUND else {}
    return {
        "id": message.id,
        "author": message.author.value,
        "name": name,
        "text": message.text,
        "buttons": message.buttons,
        "custom": message.custom if message.direction is Direction.OUTBOUND else None,
        "photos": came_along.get("photos", []),
        "at": message.created_at.astimezone(UTC).isoformat().replace("+00:00", "Z"),
        "client_id": came_along.get("client_id"),
    }


async def _first_name(session: AsyncSession, agent_id: int) -> str | None:
    try:
        agent = await agents.get(session, agent_id=agent_id)
    except NotFound:
        return None
    return agent.name.partition(" ")[0] or None
