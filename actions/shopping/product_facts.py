"""What the catalogue itself says of a product when somebody asks about one thing. Pure."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from actions.language.phrases import listed
from actions.shopping.variant_choice import colors_of
from crm_store import matching
from crm_store.models import Product

_MATERIALS: Final = (
    *("merino", "wool", "lambswool", "down", "synthetic", "cotton", "linen", "leather", "suede", "fleece"),
    *(
        "rubber",
        "cork",
        "foam",
        "steel",
        "titanium",
        "enamel",
        "silicone",
        "beech",
        "beeswax",
        "soy",
        "cedar",
    ),
    *("canvas", "softshell", "mesh"),
)
_OF_ANIMALS: Final = frozenset({"merino", "wool", "lambswool", "down", "leather", "suede", "beeswax"})
_SENTENCE: Final = re.compile(r"(?<=[.!?])\s+")
_NUMBER: Final = r"(?:\d+(?:[.,]\d+)?|half a|a|an|one|two|three|four|five|six)[ -]"
_MEASURED: Final = (
    (
        r"\b(?:weigh\w*|weight|heavy|light is|grams?|kilos?)\b",
        rf"{_NUMBER}(?:kilos?|kg|grams?|g)\b|\bgrams\b",
    ),
    (r"\b(?:litres?|liters?|volume|capacity|hold|how much does it fit)\b", rf"{_NUMBER}(?:litres?|ml)\b"),
    (r"\b(?:temperature|degrees?|minus|rated|comfort)\b", r"\bdegrees\b"),
    (
        r"\b(?:big|large|dimensions?|measure\w*|wide|long|thick|size of)\b",
        rf"{_NUMBER}(?:metres?|centimetres?|cm|mm|inch|litres?|by-)|metres?\b|centimetres\b",
    ),
    (r"\b(?:lumens?|bright|battery|charge|usb)\b", r"\b(?:lumens|charges|usb)\b"),
    (r"\b(?:pockets?|sleeve|compartments?)\b", r"\b(?:pockets?|sleeve)\b"),
    (r"\b(?:hood)\b", r"\b(?:hood|hooded)\b"),
    (r"\b(?:wash\w*|iron|tumble|dry(?:er)?|dishwasher|clean\w*|care)\b", r"\b(?:wash\w*|wipe\w*|clean)\b"),
)
"""What is asked, and what a sentence of the description that answers it must hold."""


@dataclass(frozen=True)
class Told:
    """The answer; empty where something was asked of which the catalogue says nothing."""

    words: str


def about(product: Product, question: str) -> Told | None:
    """What the catalogue says to the question; None when it asks for nothing in particular."""
    for asked, answer in _ANSWERS:
        if asked.search(question):
            return answer(product, question)
    for words, needs in _MEASURED:
        if re.search(words, question, re.I):
            found = [one for one in _SENTENCE.split(product.description) if re.search(needs, one, re.I)]
            return Told(" ".join(found))
    return None


def _has(product: Product, word: str) -> bool:
    texts = [product.name, product.description, *map(str, product.tags)]
    return word in matching.words(" ".join(texts).replace("-", " ")) or word in map(str, product.tags)


def _quality(word: str) -> Callable[[Product, str], Told]:
    def answer(product: Product, question: str) -> Told:
        if _has(product, word):
            return Told(f"Yes, it's {word}.")
        others = [tag for tag in ("waterproof", "windproof", "warm", "packable") if tag in product.tags]
        rather = f"; it does call it {listed(others)}" if others else ""
        return Told(f"Our catalogue doesn't call it {word}{rather}.")

    return answer


def _materials(product: Product, question: str) -> Told:
    found = _materials_of(product)
    return Told(f"What the catalogue names is {listed(found)}." if found else "")


def _materials_of(product: Product) -> list[str]:
    return [word for word in _MATERIALS if _has(product, word)]


def _animals(product: Product, question: str) -> Told:
    found = [word for word in _materials_of(product) if word in _OF_ANIMALS]
    return Told(f"No, there is {listed(found)} in it." if found else "")


def _colors(product: Product, question: str) -> Told:
    found = [color for color in colors_of(product.variants) if color]
    return Told(f"It comes in {listed(found)}." if found else "It comes in one colour only.")


_ANSWERS: Final[tuple[tuple[re.Pattern[str], Callable[[Product, str], Told]], ...]] = (
    (re.compile(r"\b(?:vegan|animal)\b", re.I), _animals),
    (
        re.compile(r"\b(?:waterproof|rain ?proof|watertight|keep (?:the )?(?:rain|water) out)\b", re.I),
        _quality("waterproof"),
    ),
    (re.compile(r"\bwind ?proof\b", re.I), _quality("windproof")),
    (re.compile(r"\b(?:warm|warmth)\b", re.I), _quality("warm")),
    (re.compile(r"\bpack(?:able|s? (?:down|small))\b", re.I), _quality("packable")),
    (
        re.compile(
            r"\b(?:made (?:of|from|out of)|materials?|fabric|lined with|lining|filling|leather|wool)\b", re.I
        ),
        _materials,
    ),
    (re.compile(r"\bcolou?rs?\b", re.I), _colors),
)
