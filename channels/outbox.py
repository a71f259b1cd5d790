"""The relay: sends what the outbox holds, in order within a conversation, and notes what became of each row.

Local channels (REST, console, web) have no door here: their rows are delivered when their reader reads them.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Iterable
from contextlib import suppress
from datetime import timedelta
from typing import Final

from channels import backoff
from channels.doors import Door, FateUnknown, NotSent, Sent, Undeliverable
from channels.logs import described
from channels.tasks import let_end
from crm_store import clock, outbox
from crm_store.models import OutboxRow, OutboxState
from crm_store.session import Store

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 2.0
AT_ONCE: Final = 16
SEND_TIMEOUT: Final = 60.0
"""Seconds a door may take for one row."""
STALE: Final = timedelta(seconds=2 * SEND_TIMEOUT)
"""A row that is `SENDING` for longer was left behind by a process that died."""
SETTLE_EVERY: Final = 30.0
"""Seconds between two looks for such rows."""
MAX_TRIES: Final = 12
FIRST_RETRY: Final = 2.0
LONGEST_RETRY: Final = 900.0
WELL: Final = (OutboxState.SENT, OutboxState.DELIVERED)


class Relay:
    """Sends the rows of the channels it has doors for."""

    def __init__(self, store: Store, doors: Iterable[Door]) -> None:
        self._store = store
        self._doors = {door.channel: door for door in doors}
        self._sending: set[asyncio.Task[None]] = set()
        self._rung = asyncio.Event()
        self._running: asyncio.Task[None] | None = None
        self._settle_at = time.monotonic()
        self._closing = False

    def start(self) -> None:
        """Begin sending."""
        self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Claim nothing new, and let what is on its way arrive. What is cut off becomes `UNCERTAIN`."""
        self._closing = True
        self._rung.set()
        await let_end([self._running])
        await let_end(self._sending)

    def wake(self) -> None:
        """Something may be due."""
        self._rung.set()

    async def _run(self) -> None:
        while not self._closing:
            self._rung.clear()
            try:
                full = await self._begin_sending()
            except Exception as problem:  # The database may come back; the relay must still be there.
                log.error("could not look into the outbox [%s]", described(problem))
                full = False
            if not full:
                await self._rest()

    async def _rest(self) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(LOOK_EVERY):
                await self._rung.wait()

    async def _begin_sending(self) -> bool:
        """Claim as many rows as there is room for; whether there may be more that could leave now."""
        room = AT_ONCE - len(self._sending)
        if not room:
            return False
        await self._settle_left_behind()
        # Most of what is said leaves by no door: only who has something to claim takes the write lock.
        async with self._store.reading() as session:
            if not await outbox.any_due(session, channels=self._doors.keys()):
                return False
        async with self._store.unit() as session:
            rows = await outbox.due(session, limit=room, channels=self._doors.keys())
        for row in rows:
            task = asyncio.create_task(self._send(row))
            self._sending.add(task)
            task.add_done_callback(self._ended)
        return len(rows) == room

    async def _settle_left_behind(self) -> None:
        if time.monotonic() < self._settle_at:
            return
        async with self._store.unit() as session:
            lost = await outbox.requeue_stale_sending(session, older_than=STALE)
        self._settle_at = time.monotonic() + SETTLE_EVERY
        for row in lost:
            log.warning("outbox row %d was left behind and is %s now", row.id, row.state.value)

    def _ended(self, task: asyncio.Task[None]) -> None:
        self._sending.discard(task)
        self._rung.set()

    async def _send(self, row: OutboxRow) -> None:
        try:
            async with asyncio.timeout(SEND_TIMEOUT):
                fate: Sent | Exception = await self._doors[row.channel].send(row)
        except Exception as problem:
            fate = problem
        try:
            await self._note(row, fate)
        except Exception as problem:  # It stays `SENDING`, and is settled as left behind.
            log.error("could not note what became of outbox row %d [%s]", row.id, described(problem))

    async def _note(self, row: OutboxRow, fate: Sent | Exception) -> None:
        async with self._store.unit() as session:
            match fate:
                case Sent():
                    now = await outbox.mark_sent(session, id=row.id, provider_id=fate.provider_id)
                    if fate.delivered:
                        now = await outbox.mark_delivered(session, id=row.id)
                case NotSent() if row.attempts < MAX_TRIES:
                    wait = fate.after or backoff.delay(row.attempts, first=FIRST_RETRY, longest=LONGEST_RETRY)
                    at = clock.now() + timedelta(seconds=wait)
                    now = await outbox.retry_later(session, id=row.id, error=str(fate), at=at)
                case NotSent() | Undeliverable():
                    now = await outbox.mark_failed(session, id=row.id, error=str(fate))
                case FateUnknown():
                    now = await outbox.mark_uncertain(session, id=row.id, error=str(fate))
                case _:
                    now = await outbox.mark_uncertain(session, id=row.id, error=described(fate))
        level = logging.INFO if now.state in WELL else logging.WARNING
        log.log(
            level, "outbox row %d (%s) try %d: %s", now.id, now.channel.value, now.attempts, now.state.value
        )
