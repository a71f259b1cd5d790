"""Reading lines from a terminal or a pipe without stopping the event loop."""

from __future__ import annotations

import asyncio
import threading


async def read_line(prompt: str) -> str | None:
    """The next line; None at the end of the input. An unfinished read never keeps the process alive."""
    loop = asyncio.get_running_loop()
    answer: asyncio.Future[str | None] = loop.create_future()

    def deliver(text: str | None) -> None:
        if not answer.done():
            answer.set_result(text)

    def read() -> None:
        try:
            text = input(prompt)
        except (EOFError, UnicodeDecodeError):
            text = None
        loop.call_soon_threadsafe(deliver, text)

    threading.Thread(target=read, daemon=True).start()
    return await answer
