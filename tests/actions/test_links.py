"""Signed links: what they open, for how long, and what is no link of ours."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import jwt
import pytest

from actions.links import LONGEST, BadLink, FileLink, LinkExpired, Purpose, read, sign
from crm_store import clock

SECRET = b"a secret of the tests"
NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def token(**changes: object) -> str:
    given = {"purpose": Purpose.INVOICE, "customer_id": 7, "subject": "A-10042"} | changes
    return sign(SECRET, **given)  # type: ignore[arg-type]


def test_it_says_what_was_signed() -> None:
    assert read(SECRET, token(), purpose=Purpose.INVOICE) == FileLink(Purpose.INVOICE, 7, "A-10042")


@pytest.mark.parametrize("lasts", [LONGEST, timedelta(days=30)])
def test_it_ends_after_a_day_whatever_was_asked(lasts: timedelta) -> None:
    with clock.frozen_at(NOON):
        signed = token(lasts=lasts)
    with clock.frozen_at(NOON + LONGEST - timedelta(seconds=1)):
        read(SECRET, signed, purpose=Purpose.INVOICE)
    with clock.frozen_at(NOON + LONGEST), pytest.raises(LinkExpired):
        read(SECRET, signed, purpose=Purpose.INVOICE)


def test_it_opens_nothing_of_another_purpose() -> None:
    with pytest.raises(BadLink):
        read(SECRET, token(), purpose=Purpose.EXPORT)


def test_another_secret_opens_nothing() -> None:
    with pytest.raises(BadLink):
        read(b"another secret", token(), purpose=Purpose.INVOICE)


def test_the_secret_itself_is_not_the_key() -> None:
    claims = {"aud": "invoice", "sub": "7", "file": "A-10042", "exp": 2**31}
    forged = jwt.encode(claims, SECRET.ljust(32), algorithm="HS256")
    with pytest.raises(BadLink):
        read(SECRET.ljust(32), forged, purpose=Purpose.INVOICE)


@pytest.mark.parametrize("text", ["", "x", "a.b.c", "é" * 40, "." * 3])
def test_what_is_no_token(text: str) -> None:
    with pytest.raises(BadLink):
        read(SECRET, text, purpose=Purpose.INVOICE)


def test_a_token_without_signature_is_none() -> None:
    claims = {"aud": "invoice", "sub": "7", "file": "A-10042", "exp": 2**31}
    with pytest.raises(BadLink):
        read(SECRET, jwt.encode(claims, "", algorithm="none"), purpose=Purpose.INVOICE)
