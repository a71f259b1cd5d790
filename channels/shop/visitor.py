"""Who is signed in in the demo shop: a signed cookie, and nothing that a page's script could read."""

from __future__ import annotations

import hashlib
import hmac
from datetime import timedelta
from http import HTTPStatus
from typing import Final

import jwt
from fastapi import Request
from starlette.responses import Response

from channels import demo
from channels.errors import Refused
from channels.settings import Settings
from crm_store import clock

COOKIE: Final = "wanderlark"
SIGNED_IN_FOR: Final = timedelta(hours=12)
_ALGORITHM: Final = "HS256"
_FOR: Final = "shop"
"""The audience of the cookie's token: an identity token for the chat is no cookie."""


def signed_in_as(request: Request) -> str | None:
    """The number of the customer whose cookie came along; None with none, an old one or a forged one."""
    try:
        claims = jwt.decode(
            request.cookies.get(COOKIE, ""),
            _key(request.app.state.settings),
            algorithms=[_ALGORITHM],
            audience=_FOR,
            options={"require": ["exp", "sub", "aud"], "verify_exp": False},
        )
    except jwt.InvalidTokenError:
        return None
    # By our clock, not by the library's.
    current = isinstance(claims["exp"], int) and claims["exp"] > clock.now().timestamp()
    return str(claims["sub"]) if current and claims["sub"] in demo.numbers() else None


def sign_in(response: Response, settings: Settings, number: str) -> None:
    """Give the browser the cookie of a demo customer."""
    until = clock.now() + SIGNED_IN_FOR
    claims = {"sub": number, "aud": _FOR, "exp": int(until.timestamp())}
    response.set_cookie(
        COOKIE,
        jwt.encode(claims, _key(settings), algorithm=_ALGORITHM),
        max_age=int(SIGNED_IN_FOR.total_seconds()),
        httponly=True,
        samesite="lax",
        secure=settings.address.startswith("https://"),
    )


def sign_out(response: Response) -> None:
    """Take the cookie away."""
    response.delete_cookie(COOKIE, httponly=True, samesite="lax")


async def from_our_pages(request: Request) -> None:
    """Refuse a form that another site's page sent (403): the browser says where it comes from."""
    site = request.headers.get("sec-fetch-site")
    ours = request.headers.get("origin") == f"{request.url.scheme}://{request.url.netloc}"
    if not (site == "same-origin" if site is not None else ours):
        raise Refused(
            HTTPStatus.FORBIDDEN, "foreign_form", "This form was not sent from the shop's own page."
        )


def _key(settings: Settings) -> bytes:
    return hmac.new(settings.secret_key.encode(), b"demo shop: cookie", hashlib.sha256).digest()
