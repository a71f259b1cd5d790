"""A real server process for tests: started, killed, started again on the same home."""

from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from time import monotonic

import httpx

READY_WITHIN = 90.0
PROJECT = Path(__file__).parents[1]


def free_port() -> int:
    """A port nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Server:
    """`aftersale serve` in a home of its own."""

    home: Path
    port: int
    process: subprocess.Popen[bytes] | None = None
    settings: dict[str, str] = field(default_factory=dict)
    """More of its environment."""

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    async def start(self) -> None:
        """Start it and wait until it is ready."""
        clean = {name: value for name, value in os.environ.items() if not name.startswith("AFTERSALE_")}
        self.process = await asyncio.to_thread(
            subprocess.Popen,
            [str(Path(sys.executable).with_name("aftersale")), "serve"],
            cwd=PROJECT,
            # The code under test, wherever the package is installed from.
            env={
                **clean,
                "PYTHONPATH": str(PROJECT),
                "AFTERSALE_HOME": str(self.home),
                "AFTERSALE_PORT": str(self.port),
                **self.settings,
            },
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        deadline = monotonic() + READY_WITHIN
        async with httpx.AsyncClient() as client:
            while monotonic() < deadline:
                assert self.process.poll() is None, f"the server stopped with code {self.process.returncode}"
                if await self._is_ready(client):
                    return
                await asyncio.sleep(0.1)
        raise AssertionError("the server did not get ready")

    async def _is_ready(self, client: httpx.AsyncClient) -> bool:
        try:
            return (await client.get(f"{self.url}/healthz")).status_code == httpx.codes.OK
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        """SIGKILL: no goodbye."""
        assert self.process is not None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait(10)

    def stop(self) -> None:
        """End it, however it is."""
        if self.process is not None and self.process.poll() is None:
            self.process.terminate()
            try:
                self.process.wait(20)
            except subprocess.TimeoutExpired:
                self.kill()
