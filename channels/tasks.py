"""Ending background tasks: they get time to finish what they do, and are cancelled only after it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import Final

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
