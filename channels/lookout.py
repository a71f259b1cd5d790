"""The lookout: sees for all watchers of a process at once what other processes wrote, and what ran out.

What this process itself writes wakes its watchers at once (`Live.wake`). For the rest one question a second
about all watched conversations is enough, however many watch; a watcher need not look by itself.
"""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from itertools import islice
from typing import Final

from channels.live import LOOK_AGAIN, Live
from channels.logs import described
from channels.tasks import let_end
from crm_store import conversations
from crm_store.conversations import Pulse
from crm_store.session import Store

log = logging.getLogger(__name__)

AT_ONCE: Final = 500
"""Conversations in one question."""


class Lookout:
    """Wakes who watches a conversation in which something changed since the last look."""

    def __init__(self, store: Store, live: Live) -> None:
        self._store = store
        self._live = live
        self._known: dict[int, Pulse] = {}
        self._looking: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    def start(self) -> None:
        """Begin to look."""
        self._looking = asyncio.create_task(self._look_always())

    async def stop(self) -> None:
        """Look no more."""
        self._closing.set()
        await let_end([self._looking])

    async def _look_always(self) -> None:
        while not self._closing.is_set():
            try:
                await self.look()
            except Exception as problem:  # The database may come back; the lookout must still be there.
                log.error("could not look for news [%s]", described(problem))
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_AGAIN):
                    await self._closing.wait()

    async def look(self) -> None:
        """Look once. A conversation that is seen for the first time counts as changed."""
        watched = iter(self._live.watched())
        seen: dict[int, Pulse] = {}
        while some := list(islice(watched, AT_ONCE)):
            async with self._store.reading() as session:
                seen |= await conversations.pulses(session, conversation_ids=some)
        before, self._known = self._known, seen
        for conversation_id, pulse in seen.items():
            if before.get(conversation_id) != pulse:
                self._live.wake(conversation_id, pulse)
