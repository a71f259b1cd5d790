"""The web chat's door: a visitor's session, what they say, and the stream of what is said to them."""

from __future__ import annotations

from fastapi import APIRouter

from channels.web import messages, photos, presence, sessions, stream, widget

ROUTERS: tuple[APIRouter, ...] = tuple(
    room.router for room in (widget, sessions, messages, photos, stream, presence)
)
"""Every route under /chat."""
