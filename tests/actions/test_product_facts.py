"""What the catalogue says of a product, and that it says nothing more."""

from __future__ import annotations

import pytest

from actions.heard import Heard
from actions.shopping.product_facts import about
from actions.shopping.reasons import asked_tags, reason
from actions.shopping.wishes import read_wish
from crm_store.models import Product, Variant

THROW = Product(
    name="Meadow Throw",
    description="A soft throw of lambswool. It weighs 900 grams.",
    tags=["wool", "warm", "home", "gift"],
    variants=[Variant(color="green"), Variant(color="grey")],
)


@pytest.mark.parametrize(
    ("question", "words"),
    [
        ("is it warm?", "Yes, it's warm."),
        ("is it waterproof", "doesn't call it waterproof; it does call it warm."),
        ("what is it made of", "wool and lambswool"),
        ("is it vegan?", "No, there is wool and lambswool in it."),
        ("which colours?", "green and grey"),
        ("how heavy is it", "It weighs 900 grams."),
    ],
)
def test_told(question: str, words: str) -> None:
    told = about(THROW, question)
    assert told is not None
    assert words in told.words


@pytest.mark.parametrize(
    "question", ["can I wash it?", "does it have pockets", "how many litres does it hold"]
)
def test_nothing_is_made_up(question: str) -> None:
    told = about(THROW, question)
    assert told is not None
    assert told.words == ""


def test_nothing_in_particular_is_asked() -> None:
    assert about(THROW, "tell me more") is None


@pytest.mark.parametrize(
    ("wish", "why"),
    [
        ("something cosy for the sofa", "warm and for the home"),
        ("a birthday present", "a good gift"),
        ("for running in the rain", ""),
    ],
)
def test_reasons(wish: str, why: str) -> None:
    assert reason(THROW, asked_tags(wish)) == why


@pytest.mark.parametrize(
    ("text", "least", "most", "tells"),
    [
        ("something warm between 20 and 50 euro", 2000, 5000, True),
        ("a jacket over €100", 10000, None, True),
        ("a gift for my dad under 40 euros", None, 4000, True),
        ("recommend me something", None, None, False),
        ("what should I get my dad", None, None, False),
        ("", None, None, False),
    ],
)
def test_wishes(text: str, least: int | None, most: int | None, tells: bool) -> None:
    wish = read_wish(Heard(text, "recommend_product", 1.0, ()))
    assert (wish.least_cents, wish.most_cents, wish.tells) == (least, most, tells)
