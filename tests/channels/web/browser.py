"""A visitor's browser as the chat door sees it, over the application in this process or over HTTP."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx
import uvicorn

from channels.app import create_app
from channels.service import Service
from channels.settings import Settings
from tests.fakes.dialogue import FakeDialogue
from tests.server import free_port

_numbers = count(1)


@dataclass
class Browser:
    """One visitor."""

    client: httpx.AsyncClient
    token: str = ""
    opened: dict[str, Any] = field(default_factory=dict)

    @property
    def bearer(self) -> dict[str, str]:
        """The header of every request but the session's."""
        return {"Authorization": f"Bearer {self.token}"}

    async def open(self, **body: Any) -> dict[str, Any]:
        """Begin or continue the session."""
        known = {"token": self.token} if self.token else {}
        response = await self.client.post("/chat/session", json={**known, **body})
        assert response.status_code == 200, response.text
        self.opened = response.json()
        self.token = self.opened["token"]
        return self.opened

    async def say(self, text: str, **more: Any) -> httpx.Response:
        """Send a message under an id of its own."""
        body = {"text": text, "id": f"c-{next(_numbers)}", **more}
        return await self.client.post("/chat/messages", json=body, headers=self.bearer)

    async def photo(self, content: Any, **query: str) -> httpx.Response:
        """Send a photo under an id of its own."""
        params = {"id": f"p-{next(_numbers)}", **query}
        return await self.client.post("/chat/photos", params=params, content=content, headers=self.bearer)

    async def newer(self, after: int = 0) -> dict[str, Any]:
        """What was said after a message."""
        response = await self.client.get("/chat/messages", params={"after": after}, headers=self.bearer)
        assert response.status_code == 200, response.text
        return dict(response.json())

    async def until_said(self, text: str) -> dict[str, Any]:
        """Everything, once `text` was said."""
        async with asyncio.timeout(10):
            while True:
                found = await self.newer()
                if text in [message["text"] for message in found["messages"]]:
                    return found
                await asyncio.sleep(0.01)

    @asynccontextmanager
    async def stream(self, after: int = 0) -> AsyncIterator[Stream]:
        """A stream; needs a real server."""
        request = self.client.stream(
            "GET", "/chat/stream", params={"after": after}, headers=self.bearer, timeout=30
        )
        async with request as response:
            yield Stream(response, last_id=after)


@dataclass
class Stream:
    """An open stream of server-sent events."""

    response: httpx.Response
    last_id: int
    messages: list[dict[str, Any]] = field(default_factory=list)
    states: list[dict[str, Any]] = field(default_factory=list)
    pings: int = 0

    def __post_init__(self) -> None:
        self._lines = self.response.aiter_lines()

    async def event(self) -> tuple[str, Any]:
        """The next event; its kind is empty when the stream ended."""
        fields: dict[str, str] = {}
        async for line in self._lines:
            if line.startswith(":"):
                self.pings += 1
            elif line:
                name, _, value = line.partition(": ")
                fields[name] = value
            elif fields:
                return self._taken(fields)
        return "", None

    def _taken(self, fields: dict[str, str]) -> tuple[str, Any]:
        data = json.loads(fields["data"])
        if fields["event"] == "message":
            assert int(fields["id"]) == data["id"]
            self.last_id = data["id"]
            self.messages.append(data)
        else:
            self.states.append(data)
        return fields["event"], data

    async def until(self, text: str) -> dict[str, Any]:
        """Read on until this was said."""
        async with asyncio.timeout(10):
            while True:
                kind, data = await self.event()
                assert kind, "the stream ended"
                if kind == "message" and data["text"] == text:
                    return dict(data)

    async def until_state(self, **wanted: Any) -> dict[str, Any]:
        """Read on until the state is like this, if the last one told is not."""
        if self.states and wanted.items() <= self.states[-1].items():
            return self.states[-1]
        async with asyncio.timeout(10):
            while True:
                kind, data = await self.event()
                assert kind, "the stream ended"
                if kind == "state" and wanted.items() <= data.items():
                    return dict(data)


@dataclass
class Served:
    """An application behind a real server in this process."""

    url: str
    service: Service
    dialogue: FakeDialogue
    server: uvicorn.Server
    serving: asyncio.Task[None]
    clients: list[httpx.AsyncClient] = field(default_factory=list)

    def browser(self) -> Browser:
        """A new visitor's."""
        limits = httpx.Limits(max_connections=None)
        self.clients.append(httpx.AsyncClient(base_url=self.url, limits=limits))
        return Browser(self.clients[-1])

    async def stop(self) -> None:
        """As a signal would."""
        self.server.should_exit = True
        await self.serving


@asynccontextmanager
async def served(settings: Settings, dialogue: FakeDialogue) -> AsyncIterator[Served]:
    """Serve on a port of its own, and stop at the end."""
    app = create_app(settings, dialogue.load)
    port = free_port()
    config = uvicorn.Config(
        app, host="127.0.0.1", port=port, log_config=None, access_log=False, timeout_graceful_shutdown=5
    )
    server = uvicorn.Server(config)
    serving = asyncio.create_task(server.serve())
    async with asyncio.timeout(20):
        while not server.started:  # noqa: ASYNC110  (uvicorn has no event for it)
            await asyncio.sleep(0.01)
    await app.state.service.ready()
    running = Served(f"http://127.0.0.1:{port}", app.state.service, dialogue, server, serving)
    try:
        yield running
    finally:
        for client in running.clients:
            await client.aclose()
        await running.stop()
