"""Visitors of the web chat as light as can be: one connection each, read line by line by hand."""

from __future__ import annotations

import asyncio
import json
from asyncio import StreamReader, StreamWriter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from time import perf_counter
from typing import Any

import httpx


@dataclass
class Visitor:
    """One visitor with an open stream."""

    number: int
    token: str = ""
    heard: list[int] = field(default_factory=list)
    """Ids of the messages that came over the stream, as they came."""
    said_at: float | None = None
    """When the message was sent that waits for its answer."""
    answered_in: list[float] = field(default_factory=list)
    """Milliseconds from sending a message until its answer was on the stream."""
    opened: asyncio.Event = field(default_factory=asyncio.Event)
    answered: asyncio.Event = field(default_factory=asyncio.Event)
    """Whether nothing waits for its answer, once something was said."""

    @property
    def headers(self) -> dict[str, str]:
        """What their browser sends; each has an address of its own."""
        address = f"10.{self.number >> 16 & 255}.{self.number >> 8 & 255}.{self.number & 255}"
        signed = {"Authorization": f"Bearer {self.token}"} if self.token else {}
        return {"X-Forwarded-For": address, **signed}

    async def begin(self, client: httpx.AsyncClient) -> None:
        """Open the chat."""
        response = await client.post("/chat/session", json={}, headers=self.headers)
        response.raise_for_status()
        self.token = response.json()["token"]

    async def say(self, client: httpx.AsyncClient, text: str, client_id: str) -> float:
        """Send a message; milliseconds until it was acknowledged."""
        self.answered.clear()
        self.said_at = started = perf_counter()
        body = {"text": text, "id": client_id}
        response = await client.post("/chat/messages", json=body, headers=self.headers)
        response.raise_for_status()
        return (perf_counter() - started) * 1000

    async def listen(self, port: int) -> None:
        """Hold the stream open and note what comes, until cancelled."""
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        try:
            await self._ask(reader, writer)
            self.opened.set()
            async for line in _lines(reader):
                if line.startswith(b"data: "):
                    self._hear(json.loads(line[6:]))
        finally:
            writer.close()

    async def missed(self, client: httpx.AsyncClient) -> int:
        """How many messages of the conversation did not come over the stream."""
        said: set[int] = set()
        while True:
            query = {"after": max(said, default=0)}
            response = await client.get("/chat/messages", params=query, headers=self.headers)
            response.raise_for_status()
            page = {message["id"] for message in response.json()["messages"]}
            if not page:
                return len(said - set(self.heard))
            said |= page

    @property
    def twice(self) -> int:
        """How many messages came more than once, or after a later one."""
        return sum(after <= before for before, after in zip(self.heard, self.heard[1:], strict=False))

    async def _ask(self, reader: StreamReader, writer: StreamWriter) -> None:
        head = {"Host": "127.0.0.1", "Accept": "text/event-stream", **self.headers}
        lines = ["GET /chat/stream HTTP/1.1", *(f"{name}: {value}" for name, value in head.items())]
        writer.write("\r\n".join([*lines, "", ""]).encode())
        status = (await reader.readuntil(b"\r\n\r\n")).partition(b"\r\n")[0]
        if b" 200 " not in status:
            raise RuntimeError(f"A stream was refused: {status.decode()}")

    def _hear(self, data: dict[str, Any]) -> None:
        if "id" not in data:
            return
        self.heard.append(data["id"])
        if data["author"] == "bot" and self.said_at is not None:
            self.answered_in.append((perf_counter() - self.said_at) * 1000)
            self.said_at = None
            self.answered.set()


async def _lines(reader: StreamReader) -> AsyncIterator[bytes]:
    """The lines of a chunked body; each event is one chunk, so no line is torn."""
    while size := int(await reader.readline(), 16):
        for line in (await reader.readexactly(size + 2)).splitlines():
            yield line
