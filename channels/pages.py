"""Pages: templates that escape everything, no script, one style sheet."""

from __future__ import annotations

from datetime import datetime
from http import HTTPStatus
from pathlib import Path
from typing import Any, Final

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.responses import HTMLResponse

from channels.markup import as_html, as_line
from channels.settings import Settings

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"

_templates = Environment(
    loader=FileSystemLoader(HERE / "templates"), autoescape=True, undefined=StrictUndefined, trim_blocks=True
)


def _moment(at: datetime) -> str:
    return f"{at.day} {at:%B %Y, %H:%M} UTC"


_templates.filters |= {"moment": _moment, "markdown": as_html, "markdown_line": as_line}


def page(request: Request, name: str, *, status: int = HTTPStatus.OK, **values: Any) -> HTMLResponse:
    """The template `name` with `values`, the shop's name and whether this is the demo; never cached."""
    settings: Settings = request.app.state.settings
    html = _templates.get_template(name).render(demo=settings.is_demo, shop_name=settings.shop_name, **values)
    return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})
