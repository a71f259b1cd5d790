"""The worker: takes every unanswered message through its turn. One turn at a time per conversation."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from contextlib import suppress
from typing import Final

from channels import backoff, handover
from channels.handover import Outcome
from channels.logs import described
from channels.tasks import let_end
from crm_store import conversations
from crm_store.session import Store

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 2.0
"""Seconds between two looks for messages that nobody here was woken for."""
MANY: Final = 1_000
"""Waiting conversations seen in one look."""
FIRST_RETRY: Final = 0.5
LONGEST_RETRY: Final = 30.0

TakeTurn = Callable[[int], Awaitable[bool]]
"""Takes a conversation's oldest unanswered message through its turn; False when there is nothing to do."""


class CannotAnswer(Exception):
    """The bot can answer nothing at all, so trying again is of no use."""


class Worker:
    """Runs turns. `changed` is called with the conversation's id after each commit."""

    def __init__(
        self, store: Store, take_turn: TakeTurn, *, at_once: int, changed: Callable[[int], None]
    ) -> None:
        self._store = store
        self._take_turn = take_turn
        self._slots = asyncio.Semaphore(at_once)
        self._changed = changed
        self._tasks: dict[int, asyncio.Task[None]] = {}
        self._again: set[int] = set()
        self._looking: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    def start(self) -> None:
        """Begin with what was left unanswered, and go on."""
        self._looking = asyncio.create_task(self._look())

    async def stop(self) -> None:
        """Take nothing new, and let what runs end. A turn that is cut off runs again at the next start."""
        self._closing.set()
        await let_end([self._looking, *self._tasks.values()])

    def wake(self, conversation_id: int) -> None:
        """There is a new message in the conversation. Before `start()` it simply waits."""
        self._again.add(conversation_id)
        open_for_work = self._looking is not None and not self._closing.is_set()
        if open_for_work and conversation_id not in self._tasks:
            self._tasks[conversation_id] = asyncio.create_task(self._drive(conversation_id))

    async def _look(self) -> None:
        """Find what nobody here was woken for: after a crash, and from other processes.

        Those get the first go at theirs: only what still waits at the second look is taken.
        """
        before: set[int] | None = None
        while not self._closing.is_set():
            waiting = await self._waiting()
            for conversation_id in waiting if before is None else waiting & before:
                self.wake(conversation_id)
            before = waiting
            await self._rest(LOOK_EVERY)

    async def _waiting(self) -> set[int]:
        try:
            async with self._store.reading() as session:
                return set(await conversations.conversations_with_work(session, limit=MANY))
        except Exception as problem:  # The database may come back; the worker must still be there.
            log.error("could not look for messages [%s]", described(problem))
            return set()

    async def _drive(self, conversation_id: int) -> None:
        """Run the conversation's turns until nothing is left, waiting longer after each failure in a row."""
        failures = 0
        try:
            while not self._closing.is_set():
                self._again.discard(conversation_id)
                try:
                    async with self._slots:
                        more = await self._take_turn(conversation_id)
                except Exception as problem:  # Whatever a turn dies of, the customer gets an answer.
                    failures += 1
                    more = await self._failed(conversation_id, problem, failures)
                else:
                    failures = 0
                    if more:
                        self._changed(conversation_id)
                if not more and conversation_id not in self._again:
                    return
        finally:
            self._again.discard(conversation_id)
            del self._tasks[conversation_id]

    async def _failed(self, conversation_id: int, problem: Exception, failures: int) -> bool:
        """Note a failure and wait, or hand over; whether there may be more to do."""
        try:
            give_up = isinstance(problem, CannotAnswer)
            outcome = await handover.turn_failed(self._store, conversation_id, give_up=give_up)
        except Exception as second:  # The database is the trouble: nothing was counted, the message waits.
            log.error(
                "conversation %d: a failure could not be noted [%s]", conversation_id, described(second)
            )
            outcome = Outcome.COUNTED
        if outcome is Outcome.NOTHING:
            return False
        log.error("conversation %d: %s, turn failed [%s]", conversation_id, outcome.value, described(problem))
        if outcome is Outcome.HANDED_OVER:
            self._changed(conversation_id)
        else:
            await self._rest(backoff.delay(failures, first=FIRST_RETRY, longest=LONGEST_RETRY))
        return True

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._closing.wait()
