"""Photos."""

from __future__ import annotations

import pytest

from crm_store import photos
from crm_store.errors import NotFound
from crm_store.session import Store
from tests.crm_store.talk import hear


async def test_a_photo_is_shown_to_its_own_conversation_only(store: Store) -> None:
    async with store.unit() as session:
        mine, other = await hear(session, address="me"), await hear(session, address="other")
        kept = await photos.add(
            session,
            conversation_id=mine.conversation_id,
            media_type="image/webp",
            width=3,
            height=2,
            content=b"drawn",
        )
    async with store.reading() as session:
        shown = await photos.get_photo(session, conversation_id=mine.conversation_id, key=kept.key)
        assert (shown.content, shown.size, shown.width, shown.height) == (b"drawn", 5, 3, 2)
        assert (await photos.get_for_agent(session, key=kept.key)).id == kept.id
        with pytest.raises(NotFound):
            await photos.get_photo(session, conversation_id=other.conversation_id, key=kept.key)
        with pytest.raises(NotFound):
            await photos.get_for_agent(session, key="guessed")
