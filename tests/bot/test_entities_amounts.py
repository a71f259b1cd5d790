"""Quantities, ratings and reasons."""

from __future__ import annotations

import pytest

from crm_store.models import ReturnReason
from tests.bot.entities import found


@pytest.mark.parametrize(
    ("text", "values"),
    [
        ("2", ["2"]),
        ("two please", ["2"]),
        ("just the one", ["1"]),
        ("2x", ["2"]),
        ("mugs x3", ["3"]),
        ("3 mugs and two tents", ["3", "2"]),
        ("two black mugs", ["2"]),
        ("a dozen mugs", ["12"]),
        ("make it two instead of one", ["2", "1"]),
        ("three of those", ["3"]),
        ("one of each", ["1"]),
        ("3 pairs of socks", ["3"]),
        ("all five", ["5"]),
        ("redeem 200 points", ["200"]),
        ("two hundred points", ["200"]),
        ("spend 1,000 points", ["1000"]),
        ("I count 2", ["2"]),
        ("I ordered two mugs and only one was in the box", ["2"]),
    ],
)
def test_quantity(text: str, values: list[str]) -> None:
    assert [v for _, v in found(text, "quantity")] == values


@pytest.mark.parametrize(
    "text",
    [
        "this one",
        "the blue one",
        "which one is better",
        "one of the mugs is broken",
        "no one answers",
        "one moment",
        "two weeks",
        "20 euro",
        "€20",
        "15% off",
        "4.95",
        "12-14",
        "at number 14",
        "the second one",
        "5 stars",
        "size 9",
        "A-10042",
        "3/4",
        "99999999999999999999",
    ],
)
def test_no_quantity(text: str) -> None:
    assert found(text, "quantity") == []


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("5 stars", ("5", "5")),
        ("five-star boots", ("five", "5")),
        ("4/5", ("4/5", "4/5")),
        ("4 out of 5 stars", ("4", "4/5")),
        ("8 out of 10", ("8", "8/10")),
        ("10/10", ("10/10", "10/10")),
        ("I'd give it a 3", ("3", "3")),
        ("rate it four", ("four", "4")),
        ("★★★★☆", ("★★★★", "4")),
        ("⭐⭐⭐", ("⭐⭐⭐", "3")),
    ],
)
def test_rating(text: str, rating: tuple[str, str]) -> None:
    assert found(text, "rating") == [rating]
    assert found(text, "quantity") == []


def test_two_ratings() -> None:
    assert [v for _, v in found("change my rating from 2 to 4", "rating")] == ["2", "4"]


@pytest.mark.parametrize(
    "text", ["11/10", "3/4", "give me 2 mugs", "from 2 to 4 mugs", "a starter", "1/5/2026"]
)
def test_no_rating(text: str) -> None:
    assert found(text, "rating") == []


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("it's too small", ReturnReason.TOO_SMALL),
        ("way too tight on me", ReturnReason.TOO_SMALL),
        ("they’re too big", ReturnReason.TOO_LARGE),
        ("bigger than I thought", ReturnReason.TOO_LARGE),
        ("it arrived damaged", ReturnReason.DAMAGED),
        ("you sent me the wrong item", ReturnReason.WRONG_ITEM),
        ("I changed my mind", ReturnReason.CHANGED_MIND),
        ("ordered by mistake", ReturnReason.CHANGED_MIND),
        ("not as described", ReturnReason.NOT_AS_DESCRIBED),
        ("poor quality", ReturnReason.QUALITY),
        ("it arrived too late", ReturnReason.ARRIVED_LATE),
    ],
)
def test_reason(text: str, reason: ReturnReason) -> None:
    assert [v for _, v in found(text, "reason")] == [reason.value]


@pytest.mark.parametrize(
    "text",
    [
        "would a 38 be too tight",
        "is it too late to cancel",
        "it takes too long to arrive",
        "I feel ripped off",
        "where is it",
        "breaking news",
    ],
)
def test_no_reason(text: str) -> None:
    assert found(text, "reason") == []
