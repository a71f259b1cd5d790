"""Receipts: what visitors have read, noted together, because a note alone would cost as much as an answer."""

from __future__ import annotations

import asyncio
import logging
from contextlib import suppress
from typing import Final

from channels.logs import described
from channels.tasks import let_end
from crm_store import outbox
from crm_store.session import Store

log = logging.getLogger(__name__)

EVERY: Final = 0.5
"""Seconds in which receipts are collected."""


class Receipts:
    """Collects until which message each conversation was read. One that is lost comes with the next one."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._read: dict[int, int] = {}
        self._noting: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    def note(self, conversation_id: int, last_id: int) -> None:
        """The conversation's visitor has everything up to this message."""
        self._read[conversation_id] = max(last_id, self._read.get(conversation_id, 0))
        if self._noting is None or self._noting.done():
            self._noting = asyncio.create_task(self._note_soon())

    async def stop(self) -> None:
        """Note what was collected."""
        self._closing.set()
        await let_end([self._noting])

    async def _note_soon(self) -> None:
        while self._read:
            with suppress(TimeoutError):
                async with asyncio.timeout(EVERY):
                    await self._closing.wait()
            read, self._read = self._read, {}
            try:
                await self._write(read)
            except Exception as problem:  # Nobody waits for it.
                log.error("could not note what was read [%s]", described(problem))

    async def _write(self, read: dict[int, int]) -> None:
        async with self._store.unit() as session:
            # In one order, so that two processes cannot wait for each other.
            for conversation_id, last_id in sorted(read.items()):
                await outbox.mark_read_until(session, conversation_id=conversation_id, last_id=last_id)
