"""The conversation itself: finding it, locking it, and who answers in it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from crm_store import audit, clock
from crm_store.errors import NotFound
from crm_store.models import Channel, ContactPoint, Conversation, Owner
from crm_store.rows import note_taken, take_by_key
from crm_store.upsert import insert_new

_BY_KEY: Final = (
    select(Conversation)
    .where(Conversation.id == bindparam("conversation_id"))
    .execution_options(populate_existing=True)
)
_LOCKED: Final = _BY_KEY.with_for_update(skip_locked=True, key_share=True)
_PERSON: Final = (
    select(ContactPoint)
    .where(ContactPoint.id == bindparam("point_id"))
    .options(joinedload(ContactPoint.customer))
    .execution_options(populate_existing=True)
)
BY_ADDRESS: Final = (
    select(Conversation)
    .join(ContactPoint, ContactPoint.id == Conversation.contact_point_id)
    .where(ContactPoint.channel == bindparam("channel"), ContactPoint.address == bindparam("address"))
    .execution_options(populate_existing=True)
)
"""The conversation with an address on a channel."""
_OF_POINT: Final = select(Conversation).where(Conversation.contact_point_id == bindparam("point_id"))


async def get(session: AsyncSession, *, conversation_id: int) -> Conversation:
    """The conversation with its contact point and customer, as it is now; `NotFound`."""
    found = await session.scalar(_BY_KEY, {"conversation_id": conversation_id})
    if found is None:
        raise NotFound
    return await _with_person(session, found)


async def find(session: AsyncSession, *, channel: Channel, address: str) -> Conversation | None:
    """The conversation with this address, with its contact point and customer; None before it began."""
    mine = {"channel": channel, "address": address}
    found = await session.scalar(BY_ADDRESS, mine)
    return None if found is None else await _with_person(session, found)


async def open_conversation(session: AsyncSession, *, contact_point_id: int) -> Conversation:
    """The one conversation with this contact point, begun when there is none yet."""
    mine = {"point_id": contact_point_id}
    if found := await session.scalar(_OF_POINT, mine):
        return found
    now = clock.now()
    begun = {"contact_point_id": contact_point_id, "created_at": now, "last_message_at": now}
    fresh = await insert_new(session, Conversation, unique=["contact_point_id"], values=begun)
    return fresh or (await session.scalars(_OF_POINT, mine)).one()


async def lock_conversation(session: AsyncSession, *, conversation_id: int) -> Conversation | None:
    """Take the conversation for one turn, with contact point and customer; None while somebody else has it.

    On PostgreSQL the row is locked until the unit ends; on SQLite the unit itself is the lock.
    """
    found = await session.scalar(_LOCKED, {"conversation_id": conversation_id})
    if found is None:
        return None
    note_taken(session, found)
    return await _with_person(session, found)


async def _with_person(session: AsyncSession, found: Conversation) -> Conversation:
    # Read after the conversation: whoever had its lock before may just have proven who it is.
    person = (await session.scalars(_PERSON, {"point_id": found.contact_point_id})).one()
    set_committed_value(found, "contact_point", person)
    return found


async def hold(session: AsyncSession, *, conversation_id: int) -> Conversation:
    """Wait for the conversation and keep others out of it until the unit ends; `NotFound`."""
    found = await take_by_key(session, Conversation, conversation_id)
    if found is None:
        raise NotFound
    return found


async def set_owner(session: AsyncSession, *, conversation_id: int, owner: Owner, actor: str) -> bool:
    """Decide who answers; audited. False when it was so before, and nothing is written."""
    conversation = await hold(session, conversation_id=conversation_id)
    if conversation.owner == owner:
        return False
    conversation.owner = owner
    subject = f"conversation:{conversation_id}"
    await audit.write(session, actor=actor, action="set_owner", subject=subject, data={"owner": owner.value})
    return True
