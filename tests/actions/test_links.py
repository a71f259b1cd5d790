"""Links: for one purpose, for a short time, and only ours."""

from __future__ import annotations

from datetime import timedelta

import jwt
import pytest

from actions import links
from actions.links import Link
from crm_store import clock

SECRET = b"a secret of the house"
HOUR = timedelta(hours=1)


def test_what_was_signed_is_read() -> None:
    token = links.sign(SECRET, links.EXPORT, 7, "A-1", HOUR)
    assert links.read(SECRET, links.EXPORT, token) == Link(7, "A-1")


def test_another_purpose_or_secret() -> None:
    token = links.sign(SECRET, links.EXPORT, 7, "", HOUR)
    assert links.read(SECRET, "invoice", token) is None
    assert links.read(b"another", links.EXPORT, token) is None


def test_too_old() -> None:
    token = links.sign(SECRET, links.EXPORT, 7, "", HOUR)
    with clock.frozen_at(clock.now() + HOUR + timedelta(seconds=1)):
        assert links.read(SECRET, links.EXPORT, token) is None


@pytest.mark.parametrize("token", ["", "x", "a.b.c", "é" * 50, "x" * 100_000])
def test_rubbish(token: str) -> None:
    assert links.read(SECRET, links.EXPORT, token) is None


def test_unsigned_and_signed_with_the_bare_secret() -> None:
    said = {"aud": "aftersale-link", "pur": "export", "sub": "7", "what": "", "exp": 9_999_999_999}
    assert links.read(SECRET, links.EXPORT, jwt.encode(said, None, algorithm="none")) is None
    assert links.read(SECRET, links.EXPORT, jwt.encode(said, SECRET, algorithm="HS256")) is None
