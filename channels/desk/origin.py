"""Whether a request that changes something comes from our own pages."""

from __future__ import annotations

import hashlib
import hmac
from http import HTTPStatus
from urllib.parse import urlsplit

from fastapi import Request

from channels.errors import Refused
from channels.settings import Settings

_FOREIGN = "This did not come from a page of the desk, so nothing was done. Reload the page and try again."


def csrf_token(settings: Settings, session_token: str) -> str:
    """The token that every form of this session carries."""
    key = settings.secret_key.encode()
    return hmac.new(key, f"desk-csrf:{session_token}".encode(), hashlib.sha256).hexdigest()


def refuse_foreign(request: Request) -> None:
    """403 for a request that a browser sends from somebody else's page."""
    settings: Settings = request.app.state.settings
    site = request.headers.get("sec-fetch-site", "same-origin")
    origin = request.headers.get("origin")
    hosts = {urlsplit(settings.address).netloc, request.headers.get("host", "")}
    if site not in ("same-origin", "none") or (origin is not None and urlsplit(origin).netloc not in hosts):
        raise foreign()


def foreign() -> Refused:
    """The refusal."""
    return Refused(HTTPStatus.FORBIDDEN, "foreign", _FOREIGN)
