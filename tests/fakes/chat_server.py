"""A chat server that speaks the contract of the chat door, with a page that embeds the widget.

It answers by rule and misbehaves on demand, so that the widget can be tested without the shop behind it.
"""

from __future__ import annotations

import asyncio
import contextlib
import html
import json
import threading
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import jwt
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, JSONResponse, Response, StreamingResponse
from starlette.routing import Route

WIDGET = Path(__file__).parents[2] / "channels" / "static" / "chat" / "widget.js"
KEY = "a key of the fake chat server, long enough"
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data: blob:"
)
PAGE = """<!doctype html><html lang="en"><head><meta charset="utf-8"><title>A shop</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="stylesheet" href="/shop.css">
<link rel="icon" href="data:,"></head><body><main><h1>A shop</h1>
<p><a href="/">Jackets</a> <button>Add to basket</button></p>
</main><script src="/chat/widget.js" {attributes} async></script></body></html>"""
STYLE = "html{color-scheme:light dark}body{font-family:sans-serif;margin:2rem;min-height:150vh}p{color:red}"
Say = dict[str, Any]


@dataclass
class Visitor:
    """Somebody at the bubble: one conversation."""

    name: str
    messages: list[Say] = field(default_factory=list)
    owner: str = "bot"
    agent: str | None = None
    typing: bool = False

    @property
    def state(self) -> Say:
        """What a `state` event tells."""
        return {"owner": self.owner, "agent": self.agent, "typing": self.typing}


@dataclass
class Refusal:
    """An error to answer with, so many times."""

    status: int
    times: int
    message: str = "Please wait a moment."
    after: int = 0


class FakeChat:
    """The server, and the strings a test pulls."""

    def __init__(self) -> None:
        self.server: uvicorn.Server | None = None
        self.generation = 0
        """Streams of an older one break off."""
        self.forget()

    def forget(self) -> None:
        """Be as new, for the next test; streams that are still open end."""
        self.generation += 1
        self.visitors: dict[str, Visitor] = {}
        self.tokens: dict[str, str] = {}
        self.answers: dict[str, list[Say]] = {}
        """What the bot says to a text or a payload. To anything else it says it back."""
        self.answering = True
        self.identity: str | None = None
        """The customer whom the shop's identity address vouches for."""
        self.refusals: dict[str, Refusal] = {}
        """By the last part of the path: `messages`, `session`, `stream` …"""
        self.stream_is_silent = False
        self.requests: list[str] = []
        self.photos: dict[str, bytes] = {}
        self.received: list[Say] = []
        """Bodies of POST /chat/messages that were taken, repetitions too."""
        self.identity_fails = False
        """Whether the shop's identity address answers with 503."""
        self.next_id = 1

    @property
    def url(self) -> str:
        """Where it listens."""
        assert self.server is not None
        port = self.server.servers[0].sockets[0].getsockname()[1]
        return f"http://127.0.0.1:{port}"

    @property
    def visitor(self) -> Visitor:
        """The newest one."""
        return list(self.visitors.values())[-1]

    def say(self, text: str = "", *, author: str = "bot", to: Visitor | None = None, **more: Any) -> Say:
        """Put a message into the conversation."""
        message = {
            "id": self.next_id,
            "author": author,
            "name": None,
            "text": text,
            "buttons": [],
            "custom": None,
            "photos": [],
            "at": datetime.now(UTC).isoformat(),
            "client_id": None,
            **more,
        }
        self.next_id += 1
        (to or self.visitor).messages.append(message)
        return message

    def hand_over(self, agent: str | None) -> None:
        """A human takes over, or, with None, the bot is back."""
        self.visitor.owner, self.visitor.agent = ("agent", agent) if agent else ("bot", None)

    def break_streams(self) -> None:
        """Cut every open stream in the middle of an event."""
        self.generation += 1

    def count(self, request: str) -> int:
        """How often e.g. `GET stream` was asked."""
        return self.requests.count(request)

    # --- the doors ---

    async def page(self, request: Request) -> Response:
        """A shop's page; every query parameter becomes an attribute `data-…` of the script tag."""
        given = request.query_params.items()
        attributes = " ".join(f'data-{name}="{html.escape(value)}"' for name, value in given)
        return HTMLResponse(PAGE.format(attributes=attributes), headers={"Content-Security-Policy": POLICY})

    async def identify(self, request: Request) -> Response:
        """The shop's own address for identities."""
        self.requests.append("GET identity")
        if self.identity_fails:
            return Response(status_code=503)
        claims = {"aud": "aftersale", "sub": self.identity, "exp": time.time() + 3600}
        return JSONResponse({"token": jwt.encode(claims, KEY) if self.identity else None})

    async def session(self, request: Request) -> Response:
        """Who is there, and what was said."""
        body = await request.json()
        customer = (
            jwt.decode(body["identity"], options={"verify_signature": False})["sub"]
            if body.get("identity")
            else None
        )
        known = self.visitors.get(self.tokens.get(body.get("token") or "", ""))
        if known is None or known.name != (customer or "stranger"):
            known = Visitor(customer or "stranger")
            self.visitors[f"v{len(self.visitors)}"] = known
        key = next(k for k, v in self.visitors.items() if v is known)
        claims = {"sub": key, "signed_in": customer is not None, "n": len(self.tokens)}
        token = jwt.encode(claims, KEY)
        self.tokens[token] = key
        last = known.messages[-1]["id"] if known.messages else 0
        named = {"first_name": customer} if customer else None
        return JSONResponse(
            {
                "token": token,
                "customer": named,
                "messages": known.messages[-50:],
                "last_id": last,
                "proactive": None,
            }
            | known.state
        )

    async def messages(self, request: Request) -> Response:
        """Take one message (once), or tell what is newer."""
        visitor = self.visitors[self.tokens[request.headers["authorization"].removeprefix("Bearer ")]]
        if request.method == "GET":
            news = [m for m in visitor.messages if m["id"] > int(request.query_params["after"])]
            last = visitor.messages[-1]["id"] if visitor.messages else 0
            return JSONResponse({"messages": news, "last_id": last, **visitor.state})
        body = await request.json()
        return self._take(visitor, body["id"], body["text"], body)

    async def photo(self, request: Request) -> Response:
        """Take a photo."""
        visitor = self.visitors[self.tokens[request.headers["authorization"].removeprefix("Bearer ")]]
        key = f"p{len(self.photos)}"
        self.photos[key] = await request.body()
        query = request.query_params
        return self._take(visitor, query["id"], query["text"], {"text": "photo"}, photos=[key])

    def _take(self, visitor: Visitor, client_id: str, text: str, body: Say, **more: Any) -> Response:
        self.received.append(body)
        old = next((m for m in visitor.messages if m["client_id"] == client_id), None)
        if old is None:
            old = self.say(text, author="customer", to=visitor, client_id=client_id, **more)
            if self.answering and visitor.owner == "bot":
                said = body.get("payload") or body["text"]
                for answer in self.answers.get(said, [{"text": f"You said: {said}"}]):
                    self.say(**answer, to=visitor)
        return JSONResponse({"id": old["id"], "photo": "".join(more.get("photos", []))}, 202)

    async def picture(self, request: Request) -> Response:
        """A photo, for those who may see it."""
        if "authorization" not in request.headers:
            return Response(status_code=401)
        return Response(self.photos[request.path_params["key"]], media_type="image/png")

    async def noted(self, request: Request) -> Response:
        """Typing, read."""
        return Response(status_code=204)

    async def stream(self, request: Request) -> Response:
        """Server-sent events, with the line ends of sse-starlette."""
        visitor = self.visitors[self.tokens[request.headers["authorization"].removeprefix("Bearer ")]]
        return StreamingResponse(
            self._events(visitor, int(request.query_params["after"])), media_type="text/event-stream"
        )

    async def _events(self, visitor: Visitor, last: int) -> AsyncIterator[str]:
        mine, state = self.generation, visitor.state
        while self.stream_is_silent and mine == self.generation:  # noqa: ASYNC110  (set by the test's thread)
            await asyncio.sleep(0.02)
        yield ": hello\r\n\r\n"
        while mine == self.generation:
            for message in [m for m in visitor.messages if m["id"] > last]:
                last = message["id"]
                yield f"event: message\r\nid: {last}\r\ndata: {json.dumps(message)}\r\n\r\n"
            if visitor.state != state:
                state = visitor.state
                yield f"event: state\r\ndata: {json.dumps(state)}\r\n\r\n"
            await asyncio.sleep(0.02)
        yield 'event: message\r\nid: 999999\r\ndata: {"id": 99'

    async def _widget(self, request: Request) -> Response:
        return FileResponse(WIDGET, media_type="text/javascript")

    async def _style(self, request: Request) -> Response:
        return Response(STYLE, media_type="text/css")

    def app(self) -> Starlette:
        """Every door."""

        def door(path: str, act: Any, *methods: str) -> Route:
            async def guarded(request: Request) -> Response:
                name = path.rpartition("/")[2]
                self.requests.append(f"{request.method} {name}")
                refusal = self.refusals.get(name)
                if refusal and refusal.times > 0:
                    refusal.times -= 1
                    error = {"error": {"code": "refused", "message": refusal.message}}
                    return JSONResponse(error, refusal.status, headers={"Retry-After": str(refusal.after)})
                return await act(request)

            return Route(f"/chat/{path}", guarded, methods=list(methods))

        return Starlette(
            routes=[
                Route("/", self.page),
                Route("/shop.css", self._style),
                Route("/identity", self.identify),
                Route("/chat/widget.js", self._widget),
                door("session", self.session, "POST"),
                door("messages", self.messages, "GET", "POST"),
                door("photos", self.photo, "POST"),
                Route("/chat/photos/{key}", self.picture),
                door("stream", self.stream, "GET"),
                door("typing", self.noted, "POST"),
                door("read", self.noted, "POST"),
            ]
        )

    # --- its life ---

    def start(self, port: int = 0) -> None:
        """Listen, in a thread of its own."""
        config = uvicorn.Config(
            self.app(), host="127.0.0.1", port=port, log_level="critical", timeout_graceful_shutdown=0
        )
        self.server = uvicorn.Server(config)
        self.thread = threading.Thread(target=self.server.run, daemon=True)
        self.thread.start()
        while not self.server.started:
            time.sleep(0.01)

    def stop(self) -> None:
        """End every stream and the thread."""
        assert self.server is not None
        self.generation += 1
        self.stream_is_silent = False
        self.server.should_exit = True
        with contextlib.suppress(RuntimeError):
            self.thread.join(5)
