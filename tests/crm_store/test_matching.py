"""Fitting typed words to things in the shop."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crm_store.matching import closeness, scores, words

SHOP = {
    1: [("Skylark Rain Jacket", 1.0), ("blue navy", 0.7)],
    2: [("Wren Headtorch", 1.0), ("light camping", 0.8)],
    3: [("Puffin Enamel Mug", 1.0), ("green", 0.7)],
    4: [("Gannet Storm Jacket", 1.0), ("red", 0.7)],
}


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("the rain jacket i bought", 1),
        ("rian jaket", 1),
        ("blue jacket", 1),
        ("red jackets", 4),
        ("head torch", 2),
        ("MUG!", 3),
        ("my grean mug please", 3),
        ("Skylàrk", 1),
    ],
)
def test_the_right_thing_is_first(text: str, best: int) -> None:
    fits = scores(text, SHOP)
    assert max(fits, key=lambda key: fits[key]) == best


@pytest.mark.parametrize("text", ["", "unicorn", "the one I ordered", "1", "🧥", "bug"])
def test_what_fits_nothing_finds_nothing(text: str) -> None:
    assert scores(text, SHOP) == {}


def test_filler_words_and_accents_are_left_out() -> None:
    assert words("The café-mug, please") == ["cafe", "mug"]


@given(st.text(max_size=12), st.text(max_size=12))
def test_closeness_is_between_nothing_and_the_same_word(one: str, other: str) -> None:
    assert 0.0 <= closeness(one, other) <= 1.0
    assert closeness(one, one) == 1.0


@given(st.text(max_size=80))
def test_no_text_breaks_the_search(text: str) -> None:
    assert all(0.0 < fit <= 1.0 for fit in scores(text, SHOP).values())
