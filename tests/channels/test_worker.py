"""The worker: everything stored is answered once and in order, whatever breaks on the way."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

import pytest

from channels import worker as module
from channels.handover import A_HUMAN_WILL_ANSWER, MAX_ATTEMPTS
from channels.inbox import Inbound, Inbox
from channels.worker import CannotAnswer, Worker
from crm_store import contact_points, conversations, tickets
from crm_store.models import Author, Channel, Direction, Message, Owner, Ticket, TicketStatus
from crm_store.session import Store
from tests.channels.door import rows
from tests.crm_store import builders
from tests.fakes.dialogue import Answer, FakeDialogue


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_EVERY", 0.05)
    monkeypatch.setattr(module, "FIRST_RETRY", 0.01)


async def hear(
    store: Store, *texts: str, sender: str = "visitor", wake: Callable[[int], None] | None = None
) -> None:
    """Store what somebody says."""
    inbox = Inbox(store, wake or (lambda conversation_id: None))
    for text in texts:
        await inbox.receive(Inbound(Channel.SMS, sender, text))


@asynccontextmanager
async def working(
    store: Store, take_turn: Callable[[int], Awaitable[bool]] | FakeDialogue, *, at_once: int = 4
) -> AsyncIterator[Worker]:
    """A worker that runs."""
    if isinstance(take_turn, FakeDialogue):
        dialogue = take_turn
        take_turn = lambda conversation_id: dialogue.take_turn(store, conversation_id)  # noqa: E731
    worker = Worker(store, take_turn, at_once=at_once, changed=lambda conversation_id: None)
    worker.start()
    try:
        yield worker
    finally:
        await worker.stop()


async def all_answered(store: Store, within: float = 5.0) -> list[Message]:
    """Wait until nothing waits; every message."""
    async with asyncio.timeout(within):
        while True:
            said = await rows(store, Message)
            if all(message.answered_at for message in said if message.direction is Direction.INBOUND):
                return said
            await asyncio.sleep(0.02)


async def test_what_was_left_unanswered_is_answered_at_the_start(store: Store) -> None:
    await hear(store, "one", "two")
    await hear(store, "three", sender="other")
    dialogue = FakeDialogue()
    async with working(store, dialogue):
        await all_answered(store)
    assert sorted(dialogue.turns) == ["one", "three", "two"]


async def test_a_conversations_messages_are_answered_in_order_one_at_a_time(store: Store) -> None:
    texts = [f"number {n}" for n in range(10)]
    dialogue = FakeDialogue()
    dialogue.pause = 0.01
    async with working(store, dialogue) as worker:
        await hear(store, *texts, wake=worker.wake)
        await all_answered(store)
    assert dialogue.turns == texts
    assert dialogue.overlaps == 0


async def test_several_conversations_are_answered_at_once_but_no_more_than_allowed(store: Store) -> None:
    dialogue = FakeDialogue()
    dialogue.hold.clear()
    async with working(store, dialogue, at_once=3) as worker:
        for n in range(6):
            await hear(store, "hello", sender=f"visitor-{n}", wake=worker.wake)
        await asyncio.sleep(0.2)
        assert len(dialogue.busy) == 3
        dialogue.hold.set()
        await all_answered(store)


async def test_a_message_that_another_process_stored_is_found(store: Store) -> None:
    dialogue = FakeDialogue()
    async with working(store, dialogue):
        await asyncio.sleep(0.1)
        await hear(store, "hello")
        await all_answered(store)
    assert dialogue.turns == ["hello"]


async def test_two_workers_over_one_store_answer_everything_once(store: Store) -> None:
    first, second = FakeDialogue(), FakeDialogue()
    async with working(store, first) as one, working(store, second) as two:
        for n in range(20):
            await hear(store, f"message {n}", sender=f"visitor-{n % 4}", wake=(one if n % 2 else two).wake)
        said = await all_answered(store)
    assert sorted(first.turns + second.turns) == sorted(f"message {n}" for n in range(20))
    assert len(said) == 40


class TestFailure:
    async def test_a_turn_that_fails_once_is_tried_again(self, store: Store) -> None:
        broken = ["once"]

        def answer(text: str) -> Answer:
            if broken:
                raise RuntimeError(broken.pop())
            return [{"text": "here"}]

        await hear(store, "hello")
        async with working(store, FakeDialogue(answer)):
            said = await all_answered(store)
        assert [message.text for message in said] == ["hello", "here"]
        assert said[0].attempts == 1
        assert await rows(store, Ticket) == []

    async def test_after_three_failures_a_human_takes_over(self, store: Store) -> None:
        def answer(text: str) -> Answer:
            raise ValueError(text)

        await hear(store, "hello")
        dialogue = FakeDialogue(answer)
        async with working(store, dialogue):
            question, told = await all_answered(store)
        assert dialogue.tries == ["hello"] * MAX_ATTEMPTS
        assert (question.attempts, question.answered_at is not None) == (MAX_ATTEMPTS, True)
        assert (told.text, told.author, told.in_reply_to) == (
            A_HUMAN_WILL_ANSWER,
            Author.SYSTEM,
            question.id,
        )
        [ticket] = await rows(store, Ticket)
        assert (ticket.topic, ticket.status) == ("bot_failure", TicketStatus.OPEN)
        async with store.reading() as session:
            thread = await conversations.get(session, conversation_id=question.conversation_id)
        assert thread.owner is Owner.AGENT

    async def test_a_failed_turn_leaves_nothing_behind(self, store: Store) -> None:
        def answer(text: str) -> Answer:
            return [{"text": "half an answer"}, {"text": None}]

        await hear(store, "hello")
        async with working(store, FakeDialogue(answer)):
            said = await all_answered(store)
        assert [message.text for message in said] == ["hello", A_HUMAN_WILL_ANSWER]

    async def test_the_next_message_is_not_lost(self, store: Store) -> None:
        def answer(text: str) -> Answer:
            if text == "bad":
                raise ValueError(text)
            return [{"text": "fine"}]

        await hear(store, "bad", "good")
        dialogue = FakeDialogue(answer)
        async with working(store, dialogue):
            await all_answered(store)
        # The human has it now, so the second message is theirs: seen, and not answered by the bot.
        assert dialogue.turns == ["good"]

    async def test_a_bot_that_can_answer_nothing_hands_over_at_once(self, store: Store) -> None:
        async def take_turn(conversation_id: int) -> bool:
            raise CannotAnswer

        await hear(store, "hello")
        async with working(store, take_turn):
            question, told = await all_answered(store)
        assert (question.attempts, told.text) == (1, A_HUMAN_WILL_ANSWER)

    @pytest.mark.parametrize("proven", [False, True])
    async def test_the_ticket_is_the_customers_only_when_they_proved_it(
        self, store: Store, proven: bool
    ) -> None:
        async def take_turn(conversation_id: int) -> bool:
            raise CannotAnswer

        await hear(store, "hello")
        async with store.unit() as session:
            person = await builders.make_customer(session, "C-0007")
            point = await contact_points.find_or_create(session, channel=Channel.SMS, address="visitor")
            known = contact_points.verify if proven else contact_points.claim
            await known(session, contact_point_id=point.id, customer_id=person.id)
        async with working(store, take_turn):
            await all_answered(store)
        async with store.reading() as session:
            [ticket] = await tickets.list_tickets(session)
        assert ticket.customer_id == (person.id if proven else None)

    async def test_a_human_who_has_it_already_is_not_announced_again(self, store: Store) -> None:
        async def take_turn(conversation_id: int) -> bool:
            raise CannotAnswer

        await hear(store, "one", "two")
        async with working(store, take_turn):
            said = await all_answered(store)
        assert [message.text for message in said] == ["one", "two", A_HUMAN_WILL_ANSWER]

    async def test_a_ticket_that_waited_for_the_customer_is_open_again(self, store: Store) -> None:
        async def take_turn(conversation_id: int) -> bool:
            raise CannotAnswer

        await hear(store, "one")
        async with working(store, take_turn):
            await all_answered(store)
            async with store.unit() as session:
                [ticket] = await tickets.list_tickets(session)
                ticket.status = TicketStatus.PENDING
            await hear(store, "two")
            await all_answered(store)
        assert [ticket.status for ticket in await rows(store, Ticket)] == [TicketStatus.OPEN]

    async def test_a_database_that_is_away_costs_no_attempt(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        away = [True, True]
        dialogue = FakeDialogue()

        async def take_turn(conversation_id: int) -> bool:
            if away:
                raise OSError("disk full")
            return await dialogue.take_turn(store, conversation_id)

        count_attempt = conversations.count_attempt

        async def count(*args: object, **kwargs: object) -> int:
            if away:
                away.pop()
                raise OSError("disk full")
            return await count_attempt(*args, **kwargs)  # type: ignore[arg-type]

        monkeypatch.setattr(conversations, "count_attempt", count)
        await hear(store, "hello")
        async with working(store, take_turn):
            said = await all_answered(store)
        assert (said[0].attempts, said[1].text) == (0, "You said: hello")


class TestStop:
    async def test_a_running_turn_may_end(self, store: Store) -> None:
        dialogue = FakeDialogue()
        dialogue.pause = 0.2
        async with working(store, dialogue) as worker:
            await hear(store, "hello", wake=worker.wake)
            await asyncio.sleep(0.05)
        assert dialogue.turns == ["hello"]

    async def test_a_turn_that_is_cut_off_runs_again_at_the_next_start(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("channels.tasks.LAST_WORDS", 0.05)
        dialogue = FakeDialogue()
        dialogue.hold.clear()
        await hear(store, "hello")
        async with working(store, dialogue):
            await asyncio.sleep(0.1)
        assert dialogue.turns == []
        dialogue.hold.set()
        async with working(store, dialogue):
            await all_answered(store)
        assert dialogue.turns == ["hello"]

    async def test_nothing_begins_before_the_start(self, store: Store) -> None:
        dialogue = FakeDialogue()
        worker = Worker(
            store, lambda id_: dialogue.take_turn(store, id_), at_once=1, changed=lambda id_: None
        )
        await hear(store, "hello", wake=worker.wake)
        await asyncio.sleep(0.05)
        assert dialogue.tries == []
