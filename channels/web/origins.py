"""Which pages may talk to the chat: those of the shop's origins, and our own."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

UNDER: Final = "/chat/"
REMEMBERED: Final = 86_400
"""Seconds in which a browser need not ask again whether it may."""


class ShopOrigins:
    """CORS for the chat and nothing else. No cookie is ever taken: a visitor's token is in a header."""

    def __init__(self, app: ASGIApp, origins: Collection[str]) -> None:
        self._app = app
        self._chat = CORSMiddleware(
            app,
            allow_origins=list(origins),
            allow_methods=["GET", "POST"],
            allow_headers=["Authorization", "Content-Type", "Last-Event-ID"],
            expose_headers=["Retry-After"],
            max_age=REMEMBERED,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Let the request through the door it belongs to."""
        is_chat = scope["type"] == "http" and scope["path"].startswith(UNDER)
        await (self._chat if is_chat else self._app)(scope, receive, send)
