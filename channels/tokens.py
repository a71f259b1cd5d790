"""Who may use the doors for machines: whoever has the token. The demo needs none."""

from __future__ import annotations

import hmac
from http import HTTPStatus

from fastapi import Request

from channels.errors import Refused
from channels.settings import Settings


async def may_enter(request: Request) -> None:
    """Let the request in, or refuse it: 503 while no token is set, 401 without the right one."""
    settings: Settings = request.app.state.settings
    if settings.is_demo:
        return
    if not settings.api_token:
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "door_shut", "This door is not open here.")
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    right = hmac.compare_digest(token.strip().encode(), settings.api_token.encode())
    if kind.lower() != "bearer" or not right:
        raise Refused(
            HTTPStatus.UNAUTHORIZED,
            "no_token",
            "Send the right token as `Authorization: Bearer …`.",
            {"WWW-Authenticate": "Bearer"},
        )
