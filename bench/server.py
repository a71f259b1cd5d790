"""A server of its own for one kind of measurement."""

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
import psutil

from bench.measure import resident_megabytes

PROJECT = Path(__file__).parents[1]
READY_WITHIN = 120.0
BEHIND_A_PROXY = {"AFTERSALE_TRUSTED_PROXIES": "127.0.0.1"}
"""Lets a measurement play many visitors, each with an address of their own in `X-Forwarded-For`, so that the
chat's limits do not take them for one.
"""


@dataclass(frozen=True)
class Server:
    """A running server."""

    url: str
    pid: int
    start_seconds: float

    @property
    def port(self) -> int:
        """Where it listens on 127.0.0.1."""
        return int(self.url.rpartition(":")[2])

    def megabytes(self) -> float:
        """What it has in memory now."""
        return resident_megabytes(self.pid)

    def processor_seconds(self) -> float:
        """What it used of the processors since it started."""
        times = psutil.Process(self.pid).cpu_times()
        return float(times.user + times.system)


@asynccontextmanager
async def serving(home: Path, **settings: str) -> AsyncIterator[Server]:
    """Start a server on the database in `home`, and stop it at the end."""
    port = _free_port()
    started = perf_counter()
    process = _start(home, port, settings)
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


def _start(home: Path, port: int, settings: dict[str, str]) -> subprocess.Popen[bytes]:
    others = {name: value for name, value in os.environ.items() if not name.startswith("AFTERSALE_")}
    place = {"AFTERSALE_HOME": str(home), "AFTERSALE_PORT": str(port), "AFTERSALE_MODE": "demo"}
    return subprocess.Popen(
        [str(Path(sys.executable).with_name("aftersale")), "serve"],
        cwd=PROJECT,
        # The code beside this file, wherever the package is installed from.
        env={**others, "PYTHONPATH": str(PROJECT), **place, **settings},
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
