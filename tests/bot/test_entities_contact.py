"""E-mail addresses and phone numbers."""

from __future__ import annotations

import pytest

from tests.bot.entities import found


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("mail me at Aoife.Byrne@Example.com.", "aoife.byrne@example.com"),
        ("rosie+shop@example.co.uk please", "rosie+shop@example.co.uk"),
        ("<o'brien@example.org>", "o'brien@example.org"),
        ("it's tom_b@mail.example.net, thanks", "tom_b@mail.example.net"),
    ],
)
def test_email(text: str, value: str) -> None:
    assert [v for _, v in found(text, "email")] == [value]


@pytest.mark.parametrize(
    "text", ["me@home", "@example.com", "a@b@c.com", "see example.com", "user@@example.com"]
)
def test_no_email(text: str) -> None:
    assert found(text, "email") == []


def test_two_addresses() -> None:
    assert len(found("not a@example.com but b@example.com", "email")) == 2


@pytest.mark.parametrize(
    ("text", "typed"),
    [
        ("call +353209101234", "+353209101234"),
        ("call 00353 20 910 1234 now", "00353 20 910 1234"),
        ("it's 020 910 1234.", "020 910 1234"),
        ("(020) 910-1234", "(020) 910-1234"),
        ("my number is +353 (0)20 910 1234", "+353 (0)20 910 1234"),
    ],
)
def test_phone(text: str, typed: str) -> None:
    assert found(text, "phone") == [(typed, "+353209101234")]


@pytest.mark.parametrize(
    "text",
    ["A-10042", "10042", "482913", "GC99310042", "03/11/2026", "0.5", "it took 0 days", "0000000000000000"],
)
def test_no_phone(text: str) -> None:
    assert found(text, "phone") == []
