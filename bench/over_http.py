"""Time to ready, turns through the REST door one by one and from many at once, memory."""

from __future__ import annotations

import asyncio
from pathlib import Path
from time import perf_counter

import httpx

from bench.measure import Timings
from bench.script import SENTENCES
from bench.server import serving
from bench.table import Row

CONVERSATIONS = 32
STOCK_HTTP, STOCK_START, STOCK_MEMORY = 40.0, 40.0, 1270.0
"""Stock Rasa: see bench/in_process.py."""


async def measure(home: Path, rounds: int) -> list[Row]:
    """Start a server on the database in `home` and talk to it."""
    async with serving(home) as server, httpx.AsyncClient(base_url=server.url, timeout=60) as client:
        turn = await _one_by_one(client, rounds)
        per_second = await _many_at_once(client, rounds)
        return [
            Row("turn over HTTP, p50", turn.p50, "ms", stock=STOCK_HTTP),
            Row("turn over HTTP, p95", turn.p95, "ms"),
            Row(f"turns at {CONVERSATIONS} conversations", per_second, "/s"),
            Row("start to /healthz", server.start_seconds, "s", "≤ 15", STOCK_START),
            Row("resident memory of the server", server.megabytes(), "MB", "≤ 700", STOCK_MEMORY),
        ]


async def _one_by_one(client: httpx.AsyncClient, rounds: int) -> Timings:
    turn = Timings()
    await _post(client, "warm-up", "hello")
    for number in range(rounds):
        for sentence in SENTENCES:
            with turn.one():
                await _post(client, f"one-{number}", sentence)
    return turn


async def _many_at_once(client: httpx.AsyncClient, rounds: int) -> float:
    async def one(name: str) -> None:
        for _ in range(rounds):
            for sentence in SENTENCES:
                await _post(client, name, sentence)

    rounds = max(1, rounds // 10)
    started = perf_counter()
    await asyncio.gather(*(one(f"many-{number}") for number in range(CONVERSATIONS)))
    return CONVERSATIONS * rounds * len(SENTENCES) / (perf_counter() - started)


async def _post(client: httpx.AsyncClient, sender: str, text: str) -> None:
    response = await client.post("/webhooks/rest/webhook", json={"sender": sender, "message": text})
    response.raise_for_status()
