"""Links that carry their own permission: signed, for one purpose, for one customer, for a short time.

The key is derived from the house's secret, so that a token of another kind (a visitor's, the shop's) is none.
"""

from __future__ import annotations

import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import jwt

from crm_store import clock

EXPORT: Final = "export"
"""Purpose: the copy of a customer's data."""

_ALGORITHM: Final = "HS256"
_AUDIENCE: Final = "aftersale-link"
_LONGEST: Final = 2_000
"""Characters of a token that are looked at."""


@dataclass(frozen=True)
class Link:
    """What a link is good for."""

    customer_id: int
    subject: str
    """What of that customer, e.g. an order's number; empty where there is one only."""


def sign(secret: bytes, purpose: str, customer_id: int, subject: str, life: timedelta) -> str:
    """A token that is good for `life` from now."""
    said = {
        "aud": _AUDIENCE,
        "pur": purpose,
        "sub": str(customer_id),
        "what": subject,
        "exp": int((clock.now() + life).timestamp()),
    }
    return jwt.encode(said, _key(secret), algorithm=_ALGORITHM)


def read(secret: bytes, purpose: str, token: str) -> Link | None:
    """What the token allows; None for one that is forged, too old, or for another purpose."""
    try:
        said = jwt.decode(
            token[:_LONGEST],
            _key(secret),
            algorithms=[_ALGORITHM],
            audience=_AUDIENCE,
            # Our clock decides what is too old, not the library's.
            options={"require": ["aud", "exp", "sub"], "verify_exp": False},
        )
        fresh = int(said["exp"]) > clock.now().timestamp()
        link = Link(int(said["sub"]), str(said["what"]))
    except (jwt.InvalidTokenError, KeyError, ValueError, TypeError):
        return None
    return link if fresh and said.get("pur") == purpose else None


def _key(secret: bytes) -> bytes:
    return hmac.new(secret, b"aftersale links", hashlib.sha256).digest()
