"""Which of a few listed things words mean."""

from __future__ import annotations

import pytest

from actions.language.item_choice import Choice, Listed, choose

RUNNING = [
    Listed(1, "Dart Running Shorts, blue, M", texts=(("running light", 0.8),)),
    Listed(2, "Bunting Running Shirt, orange, M"),
    Listed(3, "Inis Wool Beanie, yellow", texts=(("hat warm", 0.8),)),
]
JACKETS = [
    Listed(1, "Skylark Rain Jacket, red, S"),
    Listed(2, "Skylark Rain Jacket, blue, M"),
    Listed(3, "Puffin Enamel Mug, blue", quantity=2),
    Listed(4, "Burren Waterproof Boots, grey, 42"),
]


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("the shirt", (2,)),
        ("the shrit", (2,)),
        ("shorts and beanie", (1, 3)),
        ("the hat", (3,)),
        ("the orange one", (2,)),
        ("1 and 3", (1, 3)),
        ("second one please", (2,)),
        ("the last one", (3,)),
        ("2. Bunting Running Shirt, orange, M", (2,)),
        ("inis wool beanie, yellow", (3,)),
        ("everything", (1, 2, 3)),
        ("all of it", (1, 2, 3)),
        ("all three", (1, 2, 3)),
        ("everything except the shirt", (1, 3)),
        ("all but the hat please", (1, 2)),
        ("I'll keep the beanie, send back the rest", (1, 2)),
        ("not the shorts", (2, 3)),
        ("the shorts, not the shirt", (1,)),
    ],
)
def test_things_that_differ(text: str, picked: tuple[int, ...]) -> None:
    assert choose(text, RUNNING).picked == picked


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("the blue jacket", (2,)),
        ("the red", (1,)),
        ("the red and the blue jacket", (1, 2)),
        ("both jackets", (1, 2)),
        ("jackets", (1, 2)),
        ("jackets and mug", (1, 2, 3)),
        ("boots", (4,)),
        ("the 42 ones", (4,)),
    ],
)
def test_things_of_one_kind(text: str, picked: tuple[int, ...]) -> None:
    assert choose(text, JACKETS).picked == picked


@pytest.mark.parametrize(
    ("text", "unclear"), [("the jacket", (1, 2)), ("the blue one", (2, 3)), ("both", (1, 2, 3, 4))]
)
def test_words_that_leave_it_open(text: str, unclear: tuple[int, ...]) -> None:
    assert choose(text, JACKETS) == Choice(unclear=unclear)


@pytest.mark.parametrize("text", ["", "hello there", "I don't know", "all right", "what can I return?"])
def test_words_that_mean_nothing(text: str) -> None:
    assert not choose(text, RUNNING)


def test_it_means_the_only_thing() -> None:
    assert choose("that one", RUNNING[:1]).picked == (1,)
    assert not choose("that one", RUNNING)


@pytest.mark.parametrize(
    ("text", "picked"),
    [
        ("I want to return the boots because the soles are thin", (4,)),
        ("exchange the red jackt please", (1,)),
        ("I'd like to return the whole order", (1, 2, 3, 4)),
        ("I want to return something", ()),
        ("the second one", ()),
        ("hi, I'm sending it back", ()),
    ],
)
def test_in_a_text_about_anything_only_names_count(text: str, picked: tuple[int, ...]) -> None:
    assert choose(text, JACKETS, strict=True).picked == picked


def test_everything_means_every_piece() -> None:
    assert choose("all of it", JACKETS).whole
    assert not choose("the mug", JACKETS).whole
