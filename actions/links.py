"""Signed links to a customer's own files: for one purpose, one customer, one subject, and not for long."""

from __future__ import annotations

import enum
import hashlib
import hmac
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

import jwt
from jwt.types import Options

from actions.turn import House
from crm_store import clock

LONGEST: Final = timedelta(hours=24)
"""No link lives longer."""
_ALGORITHM: Final = "HS256"
_KEY_FOR: Final = b"aftersale links to files"
"""The secret key signs other things too: each has a key of its own."""
_REQUIRED: Final = ["aud", "sub", "file", "exp"]


class Purpose(enum.StrEnum):
    """What a link shows; also the part of its address before the token."""

    INVOICE = "invoice"
    EXPORT = "export"


@dataclass(frozen=True, slots=True)
class FileLink:
    """What a valid token says."""

    purpose: Purpose
    customer_id: int
    subject: str
    """What of the purpose's kind, e.g. the number of an order."""


class BadLink(Exception):
    """The token was not signed by us, or for something else."""


class LinkExpired(Exception):
    """The token was good once."""


def sign(
    secret: bytes, *, purpose: Purpose, customer_id: int, subject: str, lasts: timedelta = LONGEST
) -> str:
    """A token that opens the file until `lasts` is over (at most `LONGEST`)."""
    ends = clock.now() + min(lasts, LONGEST)
    claims = {
        "aud": purpose.value,
        "sub": str(customer_id),
        "file": subject,
        "exp": int(ends.timestamp()),
    }
    return jwt.encode(claims, _key(secret), algorithm=_ALGORITHM)


def read(secret: bytes, token: str, *, purpose: Purpose) -> FileLink:
    """What the token opens.

    Raises:
        BadLink: it is forged, damaged, or for another purpose.
        LinkExpired: its time is over.
    """
    # The end is compared with the one clock, not by the library with its own.
    options: Options = {"require": _REQUIRED, "verify_exp": False}
    try:
        claims = jwt.decode(
            token, _key(secret), algorithms=[_ALGORITHM], audience=purpose.value, options=options
        )
        link = FileLink(purpose, int(claims["sub"]), str(claims["file"]))
        ends = float(claims["exp"])
    except (jwt.InvalidTokenError, ValueError, TypeError) as problem:
        raise BadLink from problem
    if ends <= clock.now().timestamp():
        raise LinkExpired
    return link


def file_url(house: House, *, purpose: Purpose, customer_id: int, subject: str) -> str:
    """The whole address of a file, for the customer to open in a browser."""
    token = sign(house.secret, purpose=purpose, customer_id=customer_id, subject=subject)
    return f"{house.address}/files/{purpose.value}/{token}"


def _key(secret: bytes) -> bytes:
    return hmac.digest(secret, _KEY_FOR, hashlib.sha256)
