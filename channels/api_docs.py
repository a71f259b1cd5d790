"""GET /docs: docs/api.md as a page. Drawn here, so that it works without the internet and without script."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from channels.pages import page
from channels.settings import PROJECT

router = APIRouter(include_in_schema=False)


@router.get("/docs")
def api_docs(request: Request) -> HTMLResponse:
    """The page."""
    return page(request, "docs.html", text=(PROJECT / "docs" / "api.md").read_text(encoding="utf-8"))
