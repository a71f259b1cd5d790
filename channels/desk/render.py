"""The desk's templates: everything is escaped, links lead to http(s) only, scripts are files of our own."""

from __future__ import annotations

import re
import zlib
from datetime import datetime
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse

from channels.desk import words
from channels.headers import WITH_SCRIPTS
from channels.pages import HERE
from channels.settings import Settings
from crm_store import clock
from crm_store.money import format_money

_LINK: Final = re.compile(r"https?://[^\s<>\"'`\\]+[^\s<>\"'`\\.,;:!?)\]}]", re.IGNORECASE)

_HEADERS: Final = {
    "Content-Security-Policy": WITH_SCRIPTS,
    "Cache-Control": "no-store",
    # With `no-referrer` a browser hides from our own forms' targets, too, where they come from.
    "Referrer-Policy": "same-origin",
}

_templates = Environment(
    loader=FileSystemLoader(HERE / "templates" / "desk"),
    autoescape=True,
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


def fragment(name: str, **values: Any) -> str:
    """The template `name` as a piece of a page."""
    return _templates.get_template(name).render(**values)


def show(request: Request, name: str, *, status: int = HTTPStatus.OK, **values: Any) -> HTMLResponse:
    """The template `name` as a page; never cached."""
    settings: Settings = request.app.state.settings
    html = fragment(name, shop_name=settings.shop_name, demo=settings.is_demo, **values)
    return HTMLResponse(html, status, headers=_HEADERS)


def stamp(*what: object) -> str:
    """A short mark of something shown: another one when it has changed."""
    return f"{zlib.crc32(repr(what).encode()):08x}"


def linked(text: str) -> Markup:
    """The text, escaped, with its http(s) addresses as links that tell the other side nothing."""
    parts, last = [], 0
    for found in _LINK.finditer(text):
        address = escape(found.group())
        parts += [
            escape(text[last : found.start()]),
            Markup('<a href="{0}" target="_blank" rel="noopener noreferrer nofollow">{0}</a>').format(
                address
            ),
        ]
        last = found.end()
    return Markup().join([*parts, escape(text[last:])])


def _here(at: datetime) -> datetime:
    return at.astimezone(clock.SHOP_ZONE)


def at_time(at: datetime) -> str:
    """The shop's time of day today, with the day before that: `14:05`, `3 March, 14:05`."""
    here, today = _here(at), _here(clock.now())
    if here.date() == today.date():
        return f"{here:%H:%M}"
    year = f" {here:%Y}" if here.year != today.year else ""
    return f"{here.day} {here:%B}{year}, {here:%H:%M}"


def on_day(at: datetime) -> str:
    """`3 Mar 2026`."""
    here = _here(at)
    return f"{here.day} {here:%b %Y}"


def waiting(since: datetime) -> str:
    """How long something has been so: `now`, `12 min`, `3 h`, `2 d`. The page's script goes on counting."""
    minutes = max(int((clock.now() - since).total_seconds() // 60), 0)
    if minutes < 1:
        return "now"
    if minutes < 60:
        return f"{minutes} min"
    return f"{minutes // 60} h" if minutes < 48 * 60 else f"{minutes // (24 * 60)} d"


_templates.filters |= {
    "linked": linked,
    "at_time": at_time,
    "on_day": on_day,
    "waiting": waiting,
    "topic": words.topic,
    "first_name": words.first_name,
    "money": format_money,
}
_templates.globals |= {"w": words}
