"""The work messages make, who answers, and the bot's memory."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from crm_store import audit, clock, conversations, dialogue_states
from crm_store.errors import NotFound
from crm_store.models import Author, Channel, Conversation, Message, Owner
from crm_store.session import Store
from tests.crm_store.talk import NOON, answer, hear


async def test_work_is_done_oldest_first_and_ends(store: Store) -> None:
    async with store.unit() as session:
        early = await hear(session, "1", address="a")
        late = await hear(session, "2", address="b")
        second = await hear(session, "3", address="a")
        await answer(session, late.conversation_id)
    async with store.unit() as session:
        waiting = await conversations.conversations_with_work(session, limit=10)
        assert waiting == [early.conversation_id, late.conversation_id]
        assert await conversations.conversations_with_work(session, limit=1) == [early.conversation_id]
        for expected in (early, second):
            todo = await conversations.next_unanswered(session, conversation_id=early.conversation_id)
            assert todo is not None
            assert todo.id == expected.id
            await conversations.mark_answered(session, message_id=todo.id, intent="greet", confidence=0.9)
        assert await conversations.next_unanswered(session, conversation_id=early.conversation_id) is None
        assert await conversations.conversations_with_work(session, limit=10) == [late.conversation_id]
    async with store.reading() as session:
        done = await session.get_one(Message, early.id)
    assert (done.intent, done.confidence) == ("greet", 0.9)


async def test_unanswered_messages_are_found_by_their_index(empty_sqlite: Path) -> None:
    """On SQLite: PostgreSQL plans by the size of the table, and an empty one tells nothing."""
    store = Store(f"sqlite+aiosqlite:///{empty_sqlite}")
    asked: list[tuple[str, Any]] = []

    def note(_connection: object, _cursor: object, statement: str, parameters: Any, *_: object) -> None:
        if statement.startswith("SELECT"):
            asked.append((statement, parameters))

    event.listen(store.engine.sync_engine, "before_cursor_execute", note)
    async with store.reading() as session:
        await conversations.conversations_with_work(session, limit=10)
        statement, parameters = asked[0]
        connection = await session.connection()
        plan = await connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters)
        assert "ix_messages_unanswered" in str(plan.all())
    await store.close()


async def test_an_answer_is_there_once_the_turn_ended(store: Store) -> None:
    async with store.unit() as session:
        asked, other = await hear(session), await hear(session)
        thread = await conversations.get(session, conversation_id=asked.conversation_id)
        for message, words in ((asked, "one"), (other, "not it"), (asked, "two")):
            await conversations.say(
                session, conversation=thread, author=Author.BOT, text=words, in_reply_to=message.id
            )
        assert await conversations.answer_to(session, message_id=asked.id) is None
        await conversations.mark_answered(session, message_id=asked.id)
        said = await conversations.answer_to(session, message_id=asked.id)
    assert said is not None
    assert [message.text for message in said] == ["one", "two"]


async def test_failed_turns_are_counted(store: Store) -> None:
    async with store.unit() as session:
        message = await hear(session)
        assert await conversations.count_attempt(session, message_id=message.id) == 1
        assert await conversations.count_attempt(session, message_id=message.id) == 2
        with pytest.raises(NotFound):
            await conversations.count_attempt(session, message_id=message.id + 1)
        with pytest.raises(NotFound):
            await conversations.mark_answered(session, message_id=message.id + 1)


async def test_a_conversation_is_one_units_at_a_time(store: Store) -> None:
    async with store.unit() as session:
        conversation_id = (await hear(session)).conversation_id
    async with store.unit() as first:
        mine = await conversations.lock_conversation(first, conversation_id=conversation_id)
        assert mine is not None
        assert mine.contact_point.customer is None
        if store.url.get_backend_name() == "postgresql":
            async with store.unit() as second:
                assert await conversations.lock_conversation(second, conversation_id=conversation_id) is None
    async with store.unit() as session:
        assert await conversations.lock_conversation(session, conversation_id=conversation_id) is not None


async def test_saying_something_leaves_the_loaded_conversation_whole(store: Store) -> None:
    async with store.unit() as session:
        conversation_id = (await hear(session)).conversation_id
    async with store.unit() as session:
        mine = await conversations.lock_conversation(session, conversation_id=conversation_id)
        assert mine is not None
        await conversations.say(session, conversation=mine, author=Author.BOT, text="hi")
        assert mine.contact_point.channel == Channel.SMS


async def test_only_one_conversation_per_contact_point_even_at_once(store: Store) -> None:
    async def opened(_: int) -> int:
        async with store.unit() as session:
            return (await hear(session)).conversation_id

    assert len(set(await asyncio.gather(*map(opened, range(10))))) == 1


async def test_the_owner_changes_once_and_is_audited(store: Store) -> None:
    async with store.unit() as session:
        thread_id = (await hear(session)).conversation_id
        changed = [
            await conversations.set_owner(
                session, conversation_id=thread_id, owner=Owner.AGENT, actor="agent:3"
            )
            for _ in range(2)
        ]
        (entry,) = await audit.entries(session, subject=f"conversation:{thread_id}")
    assert changed == [True, False]
    assert (entry.actor, entry.action, entry.data) == ("agent:3", "set_owner", {"owner": "agent"})
    async with store.reading() as session:
        assert (await session.get_one(Conversation, thread_id)).owner == Owner.AGENT


async def test_a_human_taking_over_while_a_turn_runs_waits_or_is_seen(store: Store) -> None:
    """Whoever holds the conversation decides with a fresh look at the owner."""
    async with store.unit() as session:
        thread_id = (await hear(session)).conversation_id
    async with store.reading() as stale:
        before = await conversations.get(stale, conversation_id=thread_id)
        assert before.owner == Owner.BOT
        async with store.unit() as session:
            await conversations.set_owner(
                session, conversation_id=thread_id, owner=Owner.AGENT, actor="agent:1"
            )
    async with store.unit() as session:
        await session.get(Conversation, thread_id)
        mine = await conversations.lock_conversation(session, conversation_id=thread_id)
        assert mine is not None
        assert mine.owner == Owner.AGENT


async def test_what_is_unknown_is_not_found(store: Store) -> None:
    async with store.unit() as session:
        with pytest.raises(NotFound):
            await conversations.get(session, conversation_id=1)
        with pytest.raises(NotFound):
            await conversations.hold(session, conversation_id=1)
        assert await conversations.lock_conversation(session, conversation_id=1) is None


async def test_the_dialogue_state_is_what_was_saved_last(store: Store) -> None:
    async with store.unit() as session:
        thread_id = (await hear(session)).conversation_id
        assert await dialogue_states.load(session, conversation_id=thread_id) == []
        with clock.frozen_at(NOON):
            await dialogue_states.save(session, conversation_id=thread_id, events=[{"event": "action"}])
        with clock.frozen_at(NOON + timedelta(seconds=1)):
            events = [{"event": "user", "text": "a\x00", "parse_data": {"entities": [{"value": 1.5}]}}]
            await dialogue_states.save(session, conversation_id=thread_id, events=events)
    async with store.reading() as session:
        kept = await dialogue_states.load(session, conversation_id=thread_id)
    assert kept == [{"event": "user", "text": "a\ufffd", "parse_data": {"entities": [{"value": 1.5}]}}]
