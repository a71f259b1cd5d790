"""The inbox: whatever a door hears is stored and committed, and only then acknowledged."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from channels.pictures import Picture
from crm_store import conversations, photos
from crm_store.models import Channel, Message
from crm_store.session import Store


@dataclass(frozen=True)
class Inbound:
    """One thing somebody said at a door, checked and parsed."""

    channel: Channel
    address: str
    """Whoever speaks, as the channel knows them."""
    text: str
    provider_id: str | None = None
    """The channel's own id of the message: the same id again is the same message. None: every one is new."""
    custom: dict[str, Any] | None = None
    """What came along: a location, a file."""
    picture: Picture | None = None
    """The photo that came along; it is kept, and `custom["photos"]` has its key."""


class Inbox:
    """Stores what the doors hear. `wake` is called with the conversation's id after each commit."""

    def __init__(self, store: Store, wake: Callable[[int], None]) -> None:
        self._store = store
        self._wake = wake

    async def receive(self, inbound: Inbound) -> Message:
        """Store `inbound` and commit; the message, the first one if its provider id was there before."""
        async with self._store.unit() as session:
            message, is_new = await conversations.receive(
                session,
                channel=inbound.channel,
                address=inbound.address,
                provider_id=inbound.provider_id,
                text=inbound.text,
                custom=inbound.custom,
            )
            if is_new and inbound.picture is not None:
                await _keep(session, message, inbound.picture)
        self._wake(message.conversation_id)
        return message


async def _keep(session: AsyncSession, message: Message, picture: Picture) -> None:
    photo = await photos.add(
        session,
        conversation_id=message.conversation_id,
        media_type=picture.media_type,
        width=picture.width,
        height=picture.height,
        content=picture.content,
    )
    message.custom = {**(message.custom or {}), "photos": [photo.key]}
    await session.flush()
