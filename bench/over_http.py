"""A server of its own: time to ready, turns through the REST door one by one and
from many at once, memory.
"""

from __future__ import annotations

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from time import perf_counter

import httpx

from bench.measure import Timings, resident_megabytes
from bench.script import SENTENCES

READY_WITHIN = 120.0
CONVERSATIONS = 32


@dataclass(frozen=True)
class OverHttp:
    """What was measured."""

    start_seconds: float
    turn: Timings
    per_second: float
    megabytes: float


@dataclass(frozen=True)
class Server:
    """A running server."""

    url: str
    pid: int
    start_seconds: float


async def measure(home: Path, rounds: int) -> OverHttp:
    """Start a server on the database in `home` and talk to it."""
    async with _serving(home) as server, httpx.AsyncClient(base_url=server.url, timeout=60) as client:
        turn = await _one_by_one(client, rounds)
        per_second = await _many_at_once(client, rounds)
        return OverHttp(server.start_seconds, turn, per_second, resident_megabytes(server.pid))


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


@asynccontextmanager
async def _serving(home: Path) -> AsyncIterator[Server]:
    port = _free_port()
    started = perf_counter()
    process = _start(home, port)
    try:
        url = f"http://127.0.0.1:{port}"
        await _until_ready(url, process)
        yield Server(url, process.pid, perf_counter() - started)
    finally:
        process.terminate()
        process.wait(30)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _start(home: Path, port: int) -> subprocess.Popen[bytes]:
    settings = {"AFTERSALE_HOME": str(home), "AFTERSALE_PORT": str(port), "AFTERSALE_MODE": "demo"}
    return subprocess.Popen(
        [str(Path(sys.executable).with_name("aftersale")), "serve"],
        env={**os.environ, **settings},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


async def _until_ready(url: str, process: subprocess.Popen[bytes]) -> None:
    deadline = perf_counter() + READY_WITHIN
    async with httpx.AsyncClient() as client:
        while perf_counter() < deadline:
            if process.poll() is not None:
                raise RuntimeError(f"The server stopped at start with code {process.returncode}.")
            try:
                if (await client.get(f"{url}/healthz")).status_code == httpx.codes.OK:
                    return
            except httpx.TransportError:
                pass
            await asyncio.sleep(0.05)
    raise RuntimeError(f"The server was not ready after {READY_WITHIN:.0f} s.")
