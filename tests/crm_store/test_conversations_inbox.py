"""Taking messages in: once each, whole or cut, whatever characters they are made of."""

from __future__ import annotations

import asyncio

import pytest
from sqlalchemy import func, select

from crm_store import audit, conversations
from crm_store.models import Channel, ContactPoint, Conversation, Message
from crm_store.session import Store
from tests.crm_store.talk import hear


async def test_a_first_message_makes_contact_point_and_conversation(store: Store) -> None:
    async with store.unit() as session:
        message, created = await conversations.receive(
            session, channel=Channel.SMS, address="+353209101234", provider_id="SM1", text="hello"
        )
    assert created
    async with store.reading() as session:
        thread = await conversations.get(session, conversation_id=message.conversation_id)
        assert thread.contact_point.address == "+353209101234"
        assert thread.contact_point.customer is None
        assert thread.last_message_at == message.created_at


async def test_the_same_provider_id_a_hundred_times_is_one_message(store: Store) -> None:
    async def deliver(_: int) -> bool:
        async with store.unit() as session:
            received = await conversations.receive(
                session, channel=Channel.SMS, address="+353209101234", provider_id="SM1", text="hello"
            )
        return received[1]

    assert sum(await asyncio.gather(*map(deliver, range(100)))) == 1
    async with store.reading() as session:
        for key in (Message.id, Conversation.id, ContactPoint.id):
            assert await session.scalar(select(func.count(key))) == 1
        assert await audit.entries(session) == []


async def test_the_same_provider_id_with_another_text_keeps_the_first_and_is_audited(store: Store) -> None:
    async with store.unit() as session:
        first = await hear(session, "hello", provider_id="SM1")
    async with store.unit() as session:
        again = await hear(session, "other", provider_id="SM1")
    assert (again.id, again.text) == (first.id, "hello")
    async with store.reading() as session:
        (entry,) = await audit.entries(session, subject=f"message:{first.id}")
    assert (entry.action, entry.data) == ("same_id_other_text", {"text": "other"})


async def test_messages_without_an_id_and_ids_of_other_channels_are_never_the_same(store: Store) -> None:
    async with store.unit() as session:
        heard = [
            await hear(session),
            await hear(session),
            await hear(session, provider_id="1"),
            await hear(session, provider_id="1", channel=Channel.TELEGRAM),
        ]
    assert len({message.id for message in heard}) == 4


@pytest.mark.parametrize("bad", ["a\x00b", "a\ud83db", "a\udc00b"])
async def test_nul_and_lone_surrogates_are_replaced_and_nothing_else(store: Store, bad: str) -> None:
    async with store.unit() as session:
        message, _ = await conversations.receive(
            session,
            channel=Channel.REST,
            address=bad,
            provider_id=bad,
            text=f"{bad} 😀 é\u202e",
            custom={bad: [bad, {"n": 1}]},
        )
    async with store.reading() as session:
        kept = await session.get_one(Message, message.id)
    assert kept.text == "a\ufffdb 😀 é\u202e"
    assert kept.custom == {"a\ufffdb": ["a\ufffdb", {"n": 1}]}


async def test_an_endless_text_is_cut_and_says_so(store: Store) -> None:
    async with store.unit() as session:
        message = await hear(session, "x" * 100_000)
        short = await hear(session, "x" * conversations.MAX_TEXT)
    assert len(message.text) == conversations.MAX_TEXT
    assert message.custom == {"cut": 100_000}
    assert short.custom is None


async def test_an_endless_provider_id_still_tells_repetitions_apart(store: Store) -> None:
    async with store.unit() as session:
        first = await hear(session, provider_id="p" * 500)
        again = await hear(session, provider_id="p" * 500)
        other = await hear(session, provider_id="p" * 501)
    assert first.id == again.id != other.id


async def test_ids_of_a_conversation_commit_in_order(store: Store) -> None:
    """A reader going on after the last id they saw never misses a message that commits late."""

    async def deliver(index: int) -> None:
        async with store.unit() as session:
            await hear(session, str(index))
            await asyncio.sleep(0.001 * (index % 3))

    async def follow(conversation_id: int) -> list[int]:
        seen = [0]
        while len(seen) <= 31:
            async with store.reading() as session:
                newer = await conversations.messages_after(
                    session, conversation_id=conversation_id, last_id=seen[-1]
                )
            seen += [message.id for message in newer]
        return seen

    async with store.unit() as session:
        first = await hear(session)
    follower = asyncio.create_task(follow(first.conversation_id))
    await asyncio.gather(*map(deliver, range(30)))
    seen = await asyncio.wait_for(follower, 10)
    assert seen == sorted(set(seen))
