"""The web chat with many visitors at once: each has a stream open, some of them write at any moment."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from contextlib import suppress
from pathlib import Path
from time import perf_counter

import httpx

from bench.measure import Timings
from bench.script import SENTENCES
from bench.server import BEHIND_A_PROXY, Server, serving
from bench.table import Row
from bench.visitors import Visitor

VISITORS = 500
PER_SECOND = 10.0
SECONDS = 30.0
QUIET_SECONDS = 5.0
AT_ONCE = 8
"""Sessions that are opened at once."""
LONGEST_WAIT = 60.0
"""Seconds that the last answers get."""


async def measure(home: Path, seconds: float = SECONDS) -> list[Row]:
    """Start a server on the database in `home`, connect everybody, and let them talk."""
    async with (
        serving(home, **BEHIND_A_PROXY) as server,
        httpx.AsyncClient(base_url=server.url, timeout=60) as client,
    ):
        people = [Visitor(number) for number in range(VISITORS)]
        streams = await _connect(people, client, server)
        quiet = await _used_while(server, asyncio.sleep(QUIET_SECONDS)) / QUIET_SECONDS
        acknowledged = Timings()
        sent = round(seconds * PER_SECOND)
        busy = await _used_while(server, _talk(people, client, acknowledged, sent))
        missed = sum(await asyncio.gather(*(one.missed(client) for one in people[:sent])))
        megabytes = server.megabytes()
        for stream in streams:
            stream.cancel()
        await asyncio.gather(*streams, return_exceptions=True)
    answers = Timings([took for one in people for took in one.answered_in])
    at = f"{VISITORS} visitors, {PER_SECOND:.0f} messages/s"
    return [
        Row(f"answer at {at}, p50", answers.p50, "ms"),
        Row(f"answer at {at}, p95", answers.p95, "ms", "≤ 500"),
        Row("— acknowledgement, p95", acknowledged.p95, "ms"),
        Row(f"— unanswered of {sent}", sent - len(answers.milliseconds), "", "0", digits=0),
        Row("— messages missing on a stream", missed, "", "0", digits=0),
        Row("— messages twice or out of order", sum(one.twice for one in people), "", "0", digits=0),
        Row("— processor of the server a message", busy / sent * 1000, "ms"),
        Row("— processor of the server in silence", quiet * 100, "%"),
        Row("— resident memory of the server", megabytes, "MB", "≤ 700"),
    ]


async def _connect(
    people: list[Visitor], client: httpx.AsyncClient, server: Server
) -> list[asyncio.Task[None]]:
    """Open everybody's chat and stream; the streams."""
    room = asyncio.Semaphore(AT_ONCE)

    async def one(visitor: Visitor) -> asyncio.Task[None]:
        async with room:
            await visitor.begin(client)
            stream = asyncio.create_task(visitor.listen(server.port))
            opening = asyncio.create_task(visitor.opened.wait())
            await asyncio.wait([stream, opening], return_when=asyncio.FIRST_COMPLETED)
            if stream.done():
                stream.result()
            return stream

    return await asyncio.gather(*(one(visitor) for visitor in people))


async def _used_while(server: Server, work: Awaitable[None]) -> float:
    """Processor seconds that the server uses while something goes on."""
    before = server.processor_seconds()
    await work
    return server.processor_seconds() - before


async def _talk(people: list[Visitor], client: httpx.AsyncClient, acknowledged: Timings, sent: int) -> None:
    """Send on time, whether or not earlier messages were answered; then wait for the last answers."""

    async def one(number: int) -> None:
        visitor = people[number % len(people)]
        took = await visitor.say(client, SENTENCES[number % len(SENTENCES)], f"bench-{number}")
        acknowledged.milliseconds.append(took)

    started = perf_counter()
    sending = []
    for number in range(sent):
        await asyncio.sleep(max(0.0, started + number / PER_SECOND - perf_counter()))
        sending.append(asyncio.create_task(one(number)))
    await asyncio.gather(*sending)
    with suppress(TimeoutError):
        async with asyncio.timeout(LONGEST_WAIT):
            await asyncio.gather(*(visitor.answered.wait() for visitor in people[:sent]))
