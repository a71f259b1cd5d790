"""GET /chat/widget.js: the script that a shop's page loads."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response
from starlette.staticfiles import StaticFiles

from channels.pages import STATIC

router = APIRouter(prefix="/chat", include_in_schema=False)

FOLDER: Final = STATIC / "chat"


@router.get("/widget.js")
async def widget(request: Request) -> Response:
    """The script; 304 for a browser that has it."""
    files = StaticFiles(directory=FOLDER, check_dir=False)
    response = await files.get_response("widget.js", request.scope)
    response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
    response.headers["Cache-Control"] = "public, max-age=300"
    return response
