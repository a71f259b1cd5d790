"""Signed tokens (JWT, HS256 only): writing one, and reading one that may be anything."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

import jwt

from crm_store import clock

ALGORITHM: Final = "HS256"
AHEAD: Final = timedelta(seconds=60)
"""How far another machine's clock may be ahead of ours."""
LONGEST: Final = 4_096
"""Characters of a token that is looked at."""


class BadToken(Exception):
    """It is not signed with one of our keys, not for us, or not now."""


def sign(
    claims: Mapping[str, Any], *, key: str | bytes, audience: str, lasts: timedelta, kid: str | None = None
) -> str:
    """A token with these claims, from now on for as long as it `lasts`."""
    now = clock.now()
    times = {"iat": int(now.timestamp()), "exp": int((now + lasts).timestamp())}
    headers = None if kid is None else {"kid": kid}
    return jwt.encode({**claims, **times, "aud": audience}, key, ALGORITHM, headers)


def read(
    token: str, *, keys: Mapping[str | None, str | bytes], audience: str, longest: timedelta
) -> dict[str, Any]:
    """The claims of a token that is for `audience`, valid now and for at most `longest` from now.

    `keys` are by the `kid` of the token's header, `None` for a token without one.

    Raises:
        BadToken: it is not to be believed.
    """
    if len(token) > LONGEST:
        raise BadToken
    try:
        kid = jwt.get_unverified_header(token).get("kid")
        if kid not in keys:
            raise BadToken
        # The times are compared here, because the clock is ours.
        own = {"verify_exp": False, "verify_iat": False, "verify_nbf": False}
        options: Any = {"require": ["exp", "iat", "aud", "sub"], **own}
        claims = jwt.decode(token, keys[kid], [ALGORITHM], options, audience=audience)
    except (jwt.PyJWTError, ValueError, TypeError, RecursionError):
        raise BadToken from None
    _check_times(claims, clock.now(), longest)
    return claims


def _check_times(claims: Mapping[str, Any], now: datetime, longest: timedelta) -> None:
    issued, expires, begins = claims["iat"], claims["exp"], claims.get("nbf", claims["iat"])
    if not all(type(moment) in (int, float) for moment in (issued, expires, begins)):
        raise BadToken
    at = now.timestamp()
    if not at < expires <= at + longest.total_seconds():
        raise BadToken
    if max(issued, begins) > at + AHEAD.total_seconds():
        raise BadToken
