"""Which products suit a wish in the customer's own words, and how much they may cost."""

from __future__ import annotations

import re
from collections.abc import Sequence

from crm_store import matching
from crm_store.models import Product

BUDGET = re.compile(
    r"\b(?:under|below|less than|max(?:imum)?|up to|within|no more than|around|about)\s*(?:€|eur(?:os?)?)?"
    r"\s*(\d{1,5})|(?:€|\beur(?:os?)?)\s*(\d{1,5})|(\d{1,5})\s*(?:€|(?:eur(?:os?)?|quid|max)\b)",
    re.IGNORECASE,
)
_EMPTY = frozenset({"all", "best", "day", "days", "good", "home", "new", "nice", "set", "way"})
"""Words of product names that mean something else in a sentence."""

_MEANS = {"present": "gift", "wellie": "wellington", "welly": "wellington", "sneaker": "trainer"}
_FOR_OTHERS = re.compile(
    r"\b(gifts?|presents?|birthday|santa|wedding|christmas|(for|get|my) (my |an? )?(dad|father|mum|mam|mother"
    r"|sons?|daughter|wife|husband|partner|boyfriend|girlfriend|brother|sister|friend|kids?|girl|boy|him|her|them"
    r"|someone))\b",
    re.IGNORECASE,
)
_SAME = 0.85


def budget_cents(text: str) -> int | None:
    """The most that may be spent, in minor units; None when nothing is said about it."""
    found = BUDGET.search(text)
    return int(found[1] or found[2] or found[3]) * 100 if found else None


def is_for_somebody_else(text: str) -> bool:
    """Whether it is to be given away, so that the customer's own taste says little."""
    return _FOR_OTHERS.search(text) is not None


def as_catalogued(text: str) -> str:
    """The telling words of a wish, as the catalogue says them."""
    return " ".join(_MEANS.get(word, word) for word in map(_singular, matching.words(text)))


def ranked(products: Sequence[Product], called: str, text: str) -> list[Product]:
    """Those that suit, the best first: `called` is what the customer named, `text` all they said.

    Where they named something, products that are all of it go before others. Where they did not, only
    products whose very words stand in the text suit: a sentence is full of words that look like others.
    """
    named = matching.words(called)
    whole = [product for product in products if all(_is_like(word, product) for word in named)]
    said = set(as_catalogued(text).split()) - _EMPTY
    hits = {product.id: len(said & _vocabulary(product)) for product in products}
    suiting = (whole or products) if named else [product for product in products if hits[product.id]]
    return sorted(suiting, key=lambda product: -hits[product.id])


def _is_like(word: str, product: Product) -> bool:
    return any(matching.closeness(_singular(word), own) >= _SAME for own in _vocabulary(product))


def _vocabulary(product: Product) -> set[str]:
    texts = [product.name, product.category.name, *map(str, product.tags)]
    colors = [variant.color for variant in product.variants]
    return {_singular(word) for word in matching.words(" ".join([*texts, *colors]))}


def _singular(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word
