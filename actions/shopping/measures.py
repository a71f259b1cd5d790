"""What a customer says about their body and the sizes they wear, read from their words. Pure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_N: Final = r"(\d{1,3}(?:[.,]\d{1,2})?|\d{1,2}\s?½)"
_METRES: Final = re.compile(r"\b([12][.,]\d{2})\s*m?\b(?!\s*(?:kg|cm|euro|€))", re.I)
_FEET: Final = re.compile(
    r"\b([4-6])\s*(?:'|’|ft|foot|feet)\s*(\d{1,2})?(?:\s*(?:\"|”|''|in(?:ch(?:es)?)?))?", re.I
)
_CM: Final = re.compile(rf"\b{_N}\s*(?:cm|centimet(?:re|er)s?)\b", re.I)
_KG: Final = re.compile(rf"\b{_N}\s*(?:kg|kgs|kilos?|kilograms?)\b", re.I)
_STONE: Final = re.compile(r"\b(\d{1,2})\s*(?:st|stone)\b(?:\s*(\d{1,2})\s*(?:lbs?|pounds?)?)?", re.I)
_POUNDS: Final = re.compile(r"\b(\d{2,3})\s*(?:lbs?|pounds)\b", re.I)
_INCH: Final = re.compile(rf"\b{_N}\s*(?:\"|”|in\b|inch(?:es)?)", re.I)
_BARE: Final = re.compile(r"\b(chest|waist)\b[\s:=]*(?:is |of |about |around )*(\d{2,3})\b", re.I)
"""A measure without its unit is taken for centimetres."""
_PART: Final = {
    "chest": re.compile(r"\b(?:chest|bust)\b", re.I),
    "waist": re.compile(r"\bwaist\b", re.I),
    "foot": re.compile(r"\b(?:foot|feet|soles?)\b", re.I),
}
_SHOE: Final = re.compile(
    rf"\b(?P<sys>uk|us|usa|eu|eur|european|italian)\s*(?:(?:shoe\s*)?size|sizes?)?\s*(?P<n>{_N})\b"
    rf"|\b(?P<n2>{_N})\s*(?:in\s*)?(?P<sys2>uk|us|usa|eu|eur)\b",
    re.I,
)
_WOMEN: Final = re.compile(r"\b(?:women'?s?|woman'?s?|ladies'?|lady'?s|girls?|female)\b", re.I)
_PLAIN: Final = re.compile(
    r"\b(?:wear|take|usually|normally|i'?m|am|size)\b(?: a| an| size| in)*\s+(\d{1,2}(?:[.,]5)?)\b", re.I
)
_INCH_CM: Final = 2.54
_LEAST_CM: Final = 60
_NEAR: Final = 24
"""Characters between a number and the part of the body that it measures."""


@dataclass(frozen=True)
class Measures:
    """What is known of somebody, in centimetres and kilograms; None where nothing was said."""

    height: float | None = None
    weight: float | None = None
    chest: float | None = None
    waist: float | None = None
    foot: float | None = None
    shoe: tuple[str, float] | None = None
    """(system, number): `uk`, `us_men`, `us_women` or `eu`."""
    plain: float | None = None
    """A number worn, without its system: `I usually take a 12`."""

    @property
    def of_body(self) -> bool:
        """Whether anything about the body above the feet is known."""
        return any((self.height, self.weight, self.chest, self.waist))


def read_measures(text: str) -> Measures:
    """Everything that `text` says."""
    parts: dict[str, float] = {}
    height = _height(text)
    for pattern, factor in ((_CM, 1.0), (_INCH, _INCH_CM)):
        for found in pattern.finditer(text):
            value = number(found[1]) * factor
            part = _part_near(text, found)
            if part:
                parts.setdefault(part, value)
            elif factor == 1.0 and height is None and 130 <= value <= 220:
                height = value
            elif factor == 1.0 and 20 <= value <= 33:
                parts.setdefault("foot", value)
    for found in _BARE.finditer(text):
        if float(found[2]) >= _LEAST_CM:
            parts.setdefault(found[1].lower(), float(found[2]))
    plain = _PLAIN.search(text)
    shoe = _shoe(text)
    return Measures(
        height=height,
        weight=_weight(text),
        chest=parts.get("chest"),
        waist=parts.get("waist"),
        foot=parts.get("foot"),
        shoe=shoe,
        plain=number(plain[1]) if plain and not shoe else None,
    )


def number(text: str) -> float:
    """`9½`, `9,5` and `9.5`."""
    return float(text.replace(",", ".").replace("½", ".5").replace(" ", ""))


def _height(text: str) -> float | None:
    if found := _METRES.search(text):
        return number(found[1]) * 100
    if found := _FEET.search(text):
        return (int(found[1]) * 12 + int(found[2] or 0)) * _INCH_CM
    return None


def _weight(text: str) -> float | None:
    if found := _KG.search(text):
        return number(found[1])
    if found := _STONE.search(text):
        return (int(found[1]) * 14 + int(found[2] or 0)) * 0.4536
    if found := _POUNDS.search(text):
        return int(found[1]) * 0.4536
    return None


def _part_near(text: str, found: re.Match[str]) -> str | None:
    around = {
        part: min(
            (
                abs(word.start() - found.end())
                if word.start() > found.start()
                else abs(found.start() - word.end())
            )
            for word in pattern.finditer(text)
        )
        for part, pattern in _PART.items()
        if pattern.search(text)
    }
    nearest = min(around, key=lambda part: around[part], default=None)
    return nearest if nearest is not None and around[nearest] <= _NEAR else None


def _shoe(text: str) -> tuple[str, float] | None:
    found = _SHOE.search(text)
    if found is None:
        return None
    system, value = (found["sys"] or found["sys2"]).lower(), number(found["n"] or found["n2"])
    if system in {"us", "usa"}:
        return ("us_women" if _WOMEN.search(text) else "us_men"), value
    return ("uk" if system == "uk" else "eu"), value
