"""Ending background tasks: they get time to finish what they do, and are cancelled only after it."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine, Iterable
from typing import Any, Final, TypeVar

T = TypeVar("T")

LAST_WORDS: Final = 10.0
"""Seconds that running work gets to end when the process stops."""


async def let_end(tasks: Iterable[asyncio.Task[None] | None]) -> None:
    """Wait for those of `tasks` that are there, which were told to stop; cancel whoever is late."""
    running = {task for task in tasks if task is not None}
    if not running:
        return
    _, late = await asyncio.wait(running, timeout=LAST_WORDS)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)


async def to_its_end(work: Coroutine[Any, Any, T]) -> T:
    """Do `work` even when whoever waits for it is cancelled: a query that is cut off costs its connection."""
    task = asyncio.create_task(work)
    _running.add(task)
    task.add_done_callback(_running.discard)
    return await asyncio.shield(task)


_running: Final[set[asyncio.Task[Any]]] = set()
