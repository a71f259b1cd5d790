"""The outbox relay: in order, repeated with patience, and honest about what it does not know."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta

import pytest
from sqlalchemy import update

from channels import outbox as module
from channels.doors import FateUnknown, NotSent, Sent, Undeliverable
from channels.outbox import Relay
from crm_store import clock, contact_points, conversations, outbox
from crm_store.models import Author, Channel, OutboxRow, OutboxState
from crm_store.session import Store
from tests.channels.door import rows


class FakeDoor:
    """Sends SMS as the test says: `fates` are used up one by one, then everything is taken."""

    channel = Channel.SMS

    def __init__(self, *fates: Sent | Exception) -> None:
        self.fates = list(fates)
        self.sent: list[str] = []
        self.tries: list[str] = []
        self.pause = 0.0

    async def send(self, row: OutboxRow) -> Sent:
        self.tries.append(row.payload["text"])
        await asyncio.sleep(self.pause)
        fate = self.fates.pop(0) if self.fates else Sent(f"SM{row.id}")
        if isinstance(fate, Exception):
            raise fate
        self.sent.append(row.payload["text"])
        return fate


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(module, "FIRST_RETRY", 0.02)


async def say(store: Store, *texts: str, to: str = "+353209101234", channel: Channel = Channel.SMS) -> None:
    """Let the bot say something to somebody."""
    async with store.unit() as session:
        point = await contact_points.find_or_create(session, channel=channel, address=to)
        thread = await conversations.open_conversation(session, contact_point_id=point.id)
        for text in texts:
            await conversations.say(session, conversation=thread, author=Author.BOT, text=text)


@asynccontextmanager
async def relaying(store: Store, door: FakeDoor) -> AsyncIterator[Relay]:
    """A relay that runs."""
    relay = Relay(store, [door])
    relay.start()
    try:
        yield relay
    finally:
        await relay.stop()


async def settled(store: Store, within: float = 5.0) -> list[OutboxRow]:
    """Wait until nothing is on its way; every row."""
    async with asyncio.timeout(within):
        while True:
            all_rows = await rows(store, OutboxRow)
            if not any(row.state in (OutboxState.PENDING, OutboxState.SENDING) for row in all_rows):
                return all_rows
            await asyncio.sleep(0.02)


async def test_what_is_said_leaves_in_order(store: Store) -> None:
    await say(store, "one", "two", "three")
    door = FakeDoor()
    async with relaying(store, door):
        sent = await settled(store)
    assert door.sent == ["one", "two", "three"]
    assert [(row.state, row.provider_id) for row in sent] == [
        (OutboxState.SENT, f"SM{row.id}") for row in sent
    ]


async def test_a_retry_is_never_overtaken(store: Store) -> None:
    await say(store, "one", "two")
    door = FakeDoor(NotSent("busy"), NotSent("busy"))
    async with relaying(store, door):
        await settled(store)
    assert door.tries == ["one", "one", "one", "two"]


async def test_another_conversation_does_not_wait(store: Store) -> None:
    await say(store, "one")
    await say(store, "two", to="+353209105678")
    door = FakeDoor(NotSent("busy", after=300))
    async with relaying(store, door):
        async with asyncio.timeout(5):
            while not door.sent:  # noqa: ASYNC110
                await asyncio.sleep(0.02)
        assert door.sent == ["two"]
    [waiting, _] = await rows(store, OutboxRow)
    assert waiting.state is OutboxState.PENDING
    assert timedelta(seconds=290) < waiting.next_attempt_at - clock.now() <= timedelta(seconds=300)
    assert waiting.error == "busy"


async def test_a_woken_relay_sends_at_once(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY", 60)
    door = FakeDoor()
    async with relaying(store, door) as relay:
        await asyncio.sleep(0.1)
        await say(store, "one")
        relay.wake()
        await settled(store, within=2)


async def test_delivered_is_noted_where_it_is_known(store: Store) -> None:
    await say(store, "one")
    async with relaying(store, FakeDoor(Sent("SM1", delivered=True))):
        [row] = await settled(store)
    assert row.state is OutboxState.DELIVERED


async def test_patience_ends(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MAX_TRIES", 3)
    await say(store, "one", "two")
    door = FakeDoor(*[NotSent("busy")] * 3)
    async with relaying(store, door):
        first, second = await settled(store)
    assert (first.state, first.attempts, first.error) == (OutboxState.FAILED, 3, "busy")
    assert second.state is OutboxState.SENT


@pytest.mark.parametrize(
    ("fate", "state"),
    [
        (Undeliverable("a landline"), OutboxState.FAILED),
        (FateUnknown("the line dropped"), OutboxState.UNCERTAIN),
        (KeyError("maeve@example.com"), OutboxState.UNCERTAIN),
        (TimeoutError(), OutboxState.UNCERTAIN),
    ],
)
async def test_what_may_have_left_is_never_repeated(
    store: Store, fate: Exception, state: OutboxState
) -> None:
    await say(store, "one")
    door = FakeDoor(fate)
    async with relaying(store, door):
        [row] = await settled(store)
        await asyncio.sleep(0.2)
    assert (row.state, door.tries) == (state, ["one"])
    assert row.error
    assert "maeve" not in row.error


async def test_a_door_that_hangs_is_uncertain(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "SEND_TIMEOUT", 0.1)
    await say(store, "one")
    door = FakeDoor()
    door.pause = 10
    async with relaying(store, door):
        [row] = await settled(store)
    assert row.state is OutboxState.UNCERTAIN


async def test_what_a_dead_process_left_behind_is_uncertain(store: Store) -> None:
    await say(store, "one")
    with clock.frozen_at(clock.now() - 2 * module.STALE):
        async with store.unit() as session:
            await session.execute(update(OutboxRow).values(next_attempt_at=clock.now()))
            assert await outbox.due(session, limit=1, channels=[Channel.SMS])
    door = FakeDoor()
    async with relaying(store, door):
        [row] = await settled(store)
    assert (row.state, door.tries) == (OutboxState.UNCERTAIN, [])


async def test_local_channels_have_no_door(store: Store) -> None:
    await say(store, "one", channel=Channel.WEB, to="visitor")
    async with relaying(store, FakeDoor()):
        await asyncio.sleep(0.2)
    assert [row.state for row in await rows(store, OutboxRow)] == [OutboxState.PENDING]


async def test_two_relays_send_everything_once(store: Store) -> None:
    for n in range(20):
        await say(store, f"text {n}", to=f"+35320910{n:04}")
    one, two = FakeDoor(), FakeDoor()
    async with relaying(store, one), relaying(store, two):
        await settled(store)
    assert sorted(one.sent + two.sent) == sorted(f"text {n}" for n in range(20))


async def test_what_is_on_its_way_may_arrive_before_the_end(store: Store) -> None:
    await say(store, "one")
    door = FakeDoor()
    door.pause = 0.3
    async with relaying(store, door):
        while not door.tries:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert [row.state for row in await rows(store, OutboxRow)] == [OutboxState.SENT]
