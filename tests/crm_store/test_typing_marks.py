"""Who is typing."""

from __future__ import annotations

from crm_store import clock, typing_marks
from crm_store.models import Author
from crm_store.session import Store
from tests.crm_store.talk import hear


async def test_typing_is_seen_until_it_ends_or_is_old(store: Store) -> None:
    async with store.unit() as session:
        thread = (await hear(session)).conversation_id
        for _ in range(2):
            await typing_marks.note_typing(session, conversation_id=thread, author=Author.AGENT, name="Niamh")
        await typing_marks.note_typing(session, conversation_id=thread, author=Author.CUSTOMER)
    assert await _names(store, thread) == ["Niamh", ""]
    async with store.unit() as session:
        await typing_marks.stopped_typing(session, conversation_id=thread, author=Author.CUSTOMER)
    assert await _names(store, thread) == ["Niamh"]
    with clock.frozen_at(clock.now() + typing_marks.TYPING_LASTS):
        assert await _names(store, thread) == []


async def _names(store: Store, conversation_id: int) -> list[str]:
    async with store.reading() as session:
        return [mark.name for mark in await typing_marks.who_types(session, conversation_id=conversation_id)]
