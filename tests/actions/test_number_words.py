"""Numbers and places in typed text."""

from __future__ import annotations

import pytest

from actions.language.number_words import number, positions


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("1 and 3", [1, 3]),
        ("1,3", [1, 3]),
        ("1-3", [1, 2, 3]),
        ("2 to 3 please", [2, 3]),
        ("the second one", [2]),
        ("number two please", [2]),
        ("the 3rd", [3]),
        ("the first and the last one", [1, 3]),
        ("first two", [1, 2]),
        ("the last two", [2, 3]),
        ("the middle one", [2]),
        ("one", [1]),
        ("The first one is too small", [1]),
    ],
)
def test_places_in_a_list_of_three(text: str, places: list[int]) -> None:
    assert positions(text, 3) == places


@pytest.mark.parametrize(
    "text",
    [
        "",
        "7",
        "just one",
        "2 mugs",
        "size 42",
        "first of all I want my money",
        "last week",
        "hello",
        "1 and 9",
    ],
)
def test_no_places(text: str) -> None:
    assert positions(text, 3) == []


@pytest.mark.parametrize(
    ("text", "value"),
    [("just two", 2), ("3", 3), ("a couple", 2), ("two, yes two", 2), ("one or two", None), ("none", None)],
)
def test_the_only_number(text: str, value: int | None) -> None:
    assert number(text) == value


def test_a_long_row_of_digits_is_harmless() -> None:
    assert positions("9" * 8000, 3) == []
