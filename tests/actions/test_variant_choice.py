"""Which size and colour words mean."""

from __future__ import annotations

import pytest

from actions.shopping.variant_choice import Wish, is_other_color, sizes_of, wish
from crm_store.models import Variant


def made_in(sizes: list[str], colors: list[str]) -> list[Variant]:
    return [Variant(size=size, color=color) for color in colors for size in sizes]


SHOES = made_in([str(size) for size in range(41, 46)], ["grey", "black", "forest green"])
JACKETS = made_in(["XXL", "L", "XS", "M", "S", "XL"], ["navy", "blue", "red"])
GREY_42 = next(one for one in SHOES if (one.size, one.color) == ("42", "grey"))
NAVY_M = next(one for one in JACKETS if (one.size, one.color) == ("M", "navy"))


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("43 in black", Wish("43", "black")),
        ("I have a 42 and need a 43", Wish("43", None)),
        ("the black one", Wish(None, "black")),
        ("same size in black", Wish("42", "black")),
        ("one size up", Wish("43", None)),
        ("something bigger", Wish("43", None)),
        ("two sizes bigger", Wish("44", None)),
        ("one size smaller", Wish("41", None)),
        ("green", Wish(None, "forest green")),
        ("blck", Wish(None, "black")),
        ("gray 44", Wish("44", "grey")),
        ("the same again", Wish("42", "grey")),
        ("48", Wish(unknown="48")),
        ("it's too small", Wish()),
        ("hello", Wish()),
        ("I want to send it back", Wish()),
    ],
)
def test_shoes(text: str, wanted: Wish) -> None:
    assert wish(text, SHOES, GREY_42) == wanted


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("extra large", Wish("XL", None)),
        ("x-large in blue", Wish("XL", "blue")),
        ("I'm an m but want an l", Wish("L", None)),
        ("the jacket is too small, exchange please", Wish()),
        ("too large, a small please", Wish("S", None)),
        ("XXXL", Wish(unknown="XXXL")),
    ],
)
def test_jackets(text: str, wanted: Wish) -> None:
    assert wish(text, JACKETS, NAVY_M) == wanted


def test_a_colour_that_was_recognised_and_is_not_made() -> None:
    assert wish("L in purple", JACKETS, NAVY_M, named_colors=["lilac"]) == Wish("L", None, "lilac")
    assert is_other_color("another colour, please")


def test_sizes_go_from_small_to_large() -> None:
    assert sizes_of(JACKETS) == ["XS", "S", "M", "L", "XL", "XXL"]
    assert sizes_of(SHOES) == ["41", "42", "43", "44", "45"]
