"""Taking a message in: whatever a door hears is stored once."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock, contact_points
from crm_store.conversations.threads import BY_ADDRESS, hold, open_conversation
from crm_store.models import Author, Channel, Conversation, Direction, Message
from crm_store.texts import storable, storable_id, storable_json
from crm_store.upsert import insert_new

MAX_TEXT = 8_000
"""Characters of a message that are kept."""
_LONGEST_PROVIDER_ID = 160


async def receive(
    session: AsyncSession,
    *,
    channel: Channel,
    address: str,
    provider_id: str | None,
    text: str,
    custom: dict[str, Any] | None = None,
) -> tuple[Message, bool]:
    """Store what was said by `address` on `channel`; `(message, whether it is new)`.

    The same `provider_id` again changes nothing and gives the first message; another text under it is
    audited. A text beyond `MAX_TEXT` is cut, and `custom["cut"]` says how long it was. Without a provider id
    every call is a new message.
    """
    thread = await _held(session, channel=channel, address=storable(address))
    values = _as_stored(text, custom) | {
        "channel": channel,
        "provider_id": provider_id and storable_id(provider_id, limit=_LONGEST_PROVIDER_ID),
    }
    message = await _insert(session, thread, values)
    if message is not None:
        return message, True
    return await _first(session, values, actor=f"contact:{thread.contact_point_id}"), False


async def _held(session: AsyncSession, *, channel: Channel, address: str) -> Conversation:
    """The conversation with whoever speaks from this address, once nobody else has it.

    One who was erased during the wait is a stranger by then, and begins a conversation of their own.
    """
    while True:
        thread = await _thread(session, channel=channel, address=address)
        await hold(session, conversation_id=thread.id)
        if await contact_points.has_address(
            session, contact_point_id=thread.contact_point_id, address=address
        ):
            return thread


async def _thread(session: AsyncSession, *, channel: Channel, address: str) -> Conversation:
    """The conversation with this address. Most are there: then one look is enough."""
    if found := await session.scalar(BY_ADDRESS, {"channel": channel, "address": address}):
        return found
    point = await contact_points.find_or_create(session, channel=channel, address=address)
    return await open_conversation(session, contact_point_id=point.id)


def clean_text(text: str) -> str:
    """A message's text as it is kept: storable on every database, and at most `MAX_TEXT` characters."""
    return storable(text[:MAX_TEXT])


def _as_stored(text: str, custom: dict[str, Any] | None) -> dict[str, Any]:
    clean: dict[str, Any] | None = None if custom is None else storable_json(custom)
    if len(text) > MAX_TEXT:
        clean = {**(clean or {}), "cut": len(text)}
    return {"text": clean_text(text), "custom": clean}


async def _insert(session: AsyncSession, thread: Conversation, values: dict[str, Any]) -> Message | None:
    now = clock.now()
    said = values | {
        "conversation_id": thread.id,
        "direction": Direction.INBOUND,
        "author": Author.CUSTOMER,
        "created_at": now,
    }
    message = await insert_new(session, Message, unique=["channel", "provider_id"], values=said)
    if message is not None:
        thread.last_message_at = now
        await session.flush()
    return message


async def _first(session: AsyncSession, values: dict[str, Any], *, actor: str) -> Message:
    same_id = (Message.channel == values["channel"], Message.provider_id == values["provider_id"])
    first = (await session.scalars(select(Message).where(*same_id))).one()
    if first.text != values["text"]:
        await audit.write(
            session,
            actor=actor,
            action="same_id_other_text",
            subject=f"message:{first.id}",
            data={"text": values["text"]},
        )
    return first
