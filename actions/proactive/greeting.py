"""Saying what is worth saying, once, when a customer opens the chat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from actions.proactive.matters import Proactive, worth_saying
from crm_store import clock, conversations, dialogue_states, proactive_notes, tickets
from crm_store.models import Author, Conversation, Level, Message, Owner

QUIET: Final = timedelta(hours=12)
"""So long nothing more is said unasked: one visit hears one thing."""


async def greet_proactively(session: AsyncSession, *, conversation: Conversation) -> Message | None:
    """Say the one thing worth saying to whoever opened this conversation; None when there is none.

    For a door, in the unit of work in which a visitor opens the chat (live subscribers are to be woken for a
    message). Speaks to verified customers only; never while an agent has the conversation or a ticket of it
    is open, while a message waits for its answer, or in the middle of a guided form; never twice within
    `QUIET`, and never the same thing twice, also from two tabs or devices at once.
    """
    held = await conversations.hold(session, conversation_id=conversation.id)
    # Read after the wait: who is there, and who answers, may have changed.
    held = await conversations.get(session, conversation_id=held.id)
    point = held.contact_point
    if point.customer_id is None or point.level is not Level.VERIFIED or await _is_busy(session, held):
        return None
    now = clock.now()
    if await proactive_notes.any_since(session, customer_id=point.customer_id, since=now - QUIET):
        return None
    matter = await worth_saying(session, customer_id=point.customer_id, now=now)
    if matter is None:
        return None
    return await say_worth(session, conversation=held, customer_id=point.customer_id, matter=matter)


async def say_worth(
    session: AsyncSession, *, conversation: Conversation, customer_id: int, matter: Proactive
) -> Message | None:
    """Store it as the bot's message; None when the customer has been told, also by a unit that just ended."""
    if not await proactive_notes.note(session, customer_id=customer_id, key=matter.key):
        return None
    return await conversations.say(
        session,
        conversation=conversation,
        author=Author.BOT,
        text=matter.text,
        buttons=matter.buttons,
        custom=matter.custom,
    )


async def _is_busy(session: AsyncSession, conversation: Conversation) -> bool:
    """Whether something is going on that should not be interrupted."""
    if conversation.owner is not Owner.BOT:
        return True
    if await tickets.is_open(session, conversation_id=conversation.id):
        return True
    if await conversations.next_unanswered(session, conversation_id=conversation.id) is not None:
        return True
    return _in_form(await dialogue_states.load(session, conversation_id=conversation.id))


def _in_form(events: Iterable[Mapping[str, Any]]) -> bool:
    loops = [event.get("name") for event in events if event.get("event") == "active_loop"]
    return bool(loops) and loops[-1] is not None
