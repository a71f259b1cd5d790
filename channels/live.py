"""Live updates: who waits for something new in a conversation is woken, and then reads the database.

Waking only saves waiting: what another process writes is seen by looking again every `LOOK_AGAIN` seconds.
The lookout (channels/lookout.py) does that for everybody who watches a conversation.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from crm_store.conversations import Pulse

LOOK_AGAIN: Final = 1.0
"""Seconds between two looks for what nobody here was woken for."""


class Watch:
    """One watcher's place in a conversation. What was rung since the last `next()` is not missed."""

    knows: Pulse | None = None
    """What the watcher has seen of its conversation, where it says so: it is not woken to see that again."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """There is something new."""
        self._rung.set()

    async def next(self, at_most: float) -> None:
        """Wait until it is worth looking: something is new, or `at_most` seconds went by."""
        with suppress(TimeoutError):
            async with asyncio.timeout(at_most):
                await self._rung.wait()
        self._rung.clear()


EVERYTHING: Final = 0
"""No conversation has this id: who watches it is woken by every one."""


class Live:
    """Who watches which conversation in this process."""

    def __init__(self) -> None:
        self._watches: defaultdict[int, set[Watch]] = defaultdict(set)

    @contextmanager
    def watch(self, *conversation_ids: int) -> Iterator[Watch]:
        """Watch some conversations, or `EVERYTHING`. Enter before the first look: nothing falls between."""
        watch = Watch()
        for conversation_id in conversation_ids:
            self._watches[conversation_id].add(watch)
        try:
            yield watch
        finally:
            for conversation_id in conversation_ids:
                self._watches[conversation_id].discard(watch)
                if not self._watches[conversation_id]:
                    del self._watches[conversation_id]

    def watched(self) -> list[int]:
        """The conversations that somebody watches now."""
        return [conversation_id for conversation_id in self._watches if conversation_id != EVERYTHING]

    def wake(self, conversation_id: int, pulse: Pulse | None = None) -> None:
        """Something new was committed in the conversation; with its pulse where that is known."""
        for watched in (conversation_id, EVERYTHING):
            for watch in self._watches.get(watched, ()):
                if pulse is None or watch.knows != pulse:
                    watch.ring()
