"""Pages that only a demo has: elsewhere they do not exist."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import Request
from starlette.exceptions import HTTPException


async def demo_only(request: Request) -> None:
    """404 in production."""
    if not request.app.state.settings.is_demo:
        raise HTTPException(HTTPStatus.NOT_FOUND)
