"""The session's cookie."""

from __future__ import annotations

from fastapi import Request
from starlette.responses import Response

from channels.settings import Settings
from crm_store.agent_sessions import SESSION_LIFE


def token_of(request: Request) -> str:
    """The session's token as the browser sent it, or nothing."""
    return request.cookies.get(_name(request.app.state.settings), "")


def keep(response: Response, settings: Settings, token: str) -> None:
    """Let the browser keep the token: for this host only, out of reach of scripts."""
    response.set_cookie(
        _name(settings),
        token,
        max_age=int(SESSION_LIFE.total_seconds()),
        path="/",
        secure=_is_https(settings),
        httponly=True,
        samesite="lax",
    )


def drop(response: Response, settings: Settings) -> None:
    """Let the browser forget it."""
    response.delete_cookie(
        _name(settings), path="/", secure=_is_https(settings), httponly=True, samesite="lax"
    )


def _name(settings: Settings) -> str:
    return "__Host-aftersale_desk" if _is_https(settings) else "aftersale_desk"


def _is_https(settings: Settings) -> bool:
    return settings.address.startswith("https://")
