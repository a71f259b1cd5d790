"""The outbox: order, claims, and what becomes of a row."""

from __future__ import annotations

import asyncio
from datetime import datetime, timedelta

import pytest

from crm_store import clock, outbox
from crm_store.errors import NotFound
from crm_store.models import Channel, OutboxRow, OutboxState
from crm_store.session import Store
from tests.crm_store.talk import NOON, answer, hear, row_of

ALL = frozenset(Channel)


async def _three_rows(store: Store, at: datetime | None = None, channel: Channel = Channel.SMS) -> list[int]:
    """Two messages to `a`, then one to `b`."""
    with clock.frozen_at(at or clock.now()):
        async with store.unit() as session:
            first = (await hear(session, address="a", channel=channel)).conversation_id
            second = (await hear(session, address="b", channel=channel)).conversation_id
            said = [await answer(session, thread) for thread in (first, first, second)]
            return [(await row_of(session, message)).id for message in said]


async def _due(store: Store, channels: frozenset[Channel] = ALL, limit: int = 10) -> list[int]:
    async with store.unit() as session:
        return [row.id for row in await outbox.due(session, limit=limit, channels=channels)]


async def test_rows_of_a_conversation_leave_one_after_the_other(store: Store) -> None:
    first, second, other = await _three_rows(store)
    assert await _due(store) == [first, other]
    assert await _due(store) == []
    async with store.unit() as session:
        row = await outbox.mark_sent(session, id=first, provider_id="SM1")
        assert (row.state, row.attempts, row.provider_id) == (OutboxState.SENT, 1, "SM1")
        assert row.payload["text"]
    assert await _due(store, limit=1) == [second]


async def test_only_the_channels_asked_for_are_claimed(store: Store) -> None:
    await _three_rows(store)
    assert await _due(store, channels=frozenset({Channel.TELEGRAM})) == []


async def test_that_nothing_may_leave_is_seen_without_claiming(store: Store) -> None:
    now = clock.now()
    await _three_rows(store, at=now)
    async with store.reading() as session:
        assert not await outbox.any_due(session, channels={Channel.TELEGRAM})
        assert await outbox.any_due(session, channels={Channel.TELEGRAM, Channel.SMS})
        with clock.frozen_at(now - timedelta(seconds=1)):
            assert not await outbox.any_due(session, channels=ALL)
    assert len(await _due(store)) == 2


async def test_a_row_put_off_holds_back_what_comes_after_it(store: Store) -> None:
    first, second, other = await _three_rows(store)
    now = clock.now()
    await _due(store)
    async with store.unit() as session:
        later = now + timedelta(seconds=300)
        await outbox.retry_later(session, id=first, error="retry_after", at=later)
        await outbox.mark_sent(session, id=other, provider_id=None)
    assert await _due(store) == []
    with clock.frozen_at(now + timedelta(seconds=301)):
        assert await _due(store) == [first]
        async with store.unit() as session:
            await outbox.mark_failed(session, id=first, error="blocked")
        assert await _due(store) == [second]


async def test_many_senders_claim_every_row_once(store: Store) -> None:
    async with store.unit() as session:
        for index in range(40):
            thread_id = (await hear(session, address=str(index))).conversation_id
            await answer(session, thread_id)
    claims = await asyncio.gather(*(_due(store, limit=5) for _ in range(16)))
    claimed = [row for claim in claims for row in claim]
    assert len(claimed) == len(set(claimed))
    claimed += [row for _ in range(8) for row in await _due(store, limit=5)]
    assert len(claimed) == len(set(claimed)) == 40


async def test_rows_a_dead_process_left_are_repeated_only_where_that_is_harmless(store: Store) -> None:
    sms = (await _three_rows(store, NOON))[0]
    web = (await _three_rows(store, NOON, Channel.WEB))[0]
    with clock.frozen_at(NOON):
        assert {sms, web} <= set(await _due(store))
    with clock.frozen_at(NOON + timedelta(seconds=59)):
        async with store.unit() as session:
            assert await outbox.requeue_stale_sending(session, older_than=timedelta(minutes=1)) == []
    with clock.frozen_at(NOON + timedelta(seconds=61)):
        async with store.unit() as session:
            changed = await outbox.requeue_stale_sending(session, older_than=timedelta(minutes=1))
            assert len(changed) == 4
            states = {row.id: row.state for row in changed}
            assert (states[sms], states[web]) == (OutboxState.UNCERTAIN, OutboxState.PENDING)
            lost = await outbox.uncertain(session, channels={Channel.SMS}, limit=10)
            assert sms in [row.id for row in lost]
            counts = await outbox.count_by_state(session)
            assert (counts[OutboxState.UNCERTAIN], counts[OutboxState.FAILED]) == (2, 0)


async def test_an_uncertain_row_can_turn_out_sent_or_not(store: Store) -> None:
    first, _, other = await _three_rows(store)
    await _due(store)
    async with store.unit() as session:
        for row_id in (first, other):
            assert (await outbox.mark_uncertain(session, id=row_id)).state == OutboxState.UNCERTAIN
        assert (await outbox.mark_sent(session, id=first, provider_id="SM9")).state == OutboxState.SENT
        retried = await outbox.retry_later(session, id=other, error="not there", at=clock.now())
        assert retried.state == OutboxState.PENDING


async def test_messages_read_from_the_database_need_not_be_sent(store: Store) -> None:
    async with store.unit() as session:
        thread_id = (await hear(session, channel=Channel.WEB, address="v")).conversation_id
        said = [(await answer(session, thread_id)).id for _ in range(3)]
        await outbox.mark_read(session, message_ids=said[:2])
        await outbox.mark_read(session, message_ids=[])
    (left,) = await _due(store)
    async with store.reading() as session:
        counts = await outbox.count_by_state(session)
        row = await session.get_one(OutboxRow, left)
    assert row.message_id == said[2]
    assert counts[OutboxState.DELIVERED] == 2


async def test_what_does_not_exist_is_not_found(store: Store) -> None:
    async with store.unit() as session:
        with pytest.raises(NotFound):
            await outbox.mark_delivered(session, id=1)


async def test_mails_leave_by_the_outbox_and_can_be_looked_at(store: Store) -> None:
    async with store.unit() as session:
        for subject in ("first", "second"):
            await outbox.enqueue_mail(session, to="aoife@example.com", subject=subject, body="Your code\x00")
    assert len(await _due(store, channels=frozenset({Channel.EMAIL}))) == 2
    async with store.reading() as session:
        mails = await outbox.recent_mails(session, limit=5)
    assert [mail.payload["subject"] for mail in mails] == ["second", "first"]
    assert mails[0].payload["body"] == "Your code\ufffd"
