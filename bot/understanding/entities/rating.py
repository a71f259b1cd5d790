"""Ratings: stars and marks."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.entities.numbers import number
from bot.understanding.entities.span import Span
from bot.understanding.entities.text import Text

_WORDS: Final = r"one|two|three|four|five"
_MARK: Final = rf"(?P<mark>10|[0-9]|{_WORDS})"
_NO_COUNT: Final = r"(?![\w/%€]|[.,:-][0-9]| (?:euros?|days?|weeks?|times?|items?|mugs?|pairs?|points?|of)\b)"
_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        r"(?<![\w/.-])(?P<mark>10|[0-9])\s?(?:/)\s?(?P<of>10|5)(?![\w/]|[.,-][0-9])",
        rf"(?<![\w/.,-]){_MARK} (?:stars? )?out of (?P<of>10|5|ten|five)\b",
        rf"(?<![\w/.,-])(?<!out of ){_MARK}[ -]?(?:stars?\b|★|⭐)",
        rf"\brat(?:e|ed|ing)\b[^.!?\n]{{0,60}}? (?:a |an |with |as |at |of )?{_MARK}{_NO_COUNT}",
        rf"\bgive\b[^.!?\n]{{0,60}}? an? {_MARK}(?![\w/%€-]|[.,:][0-9]| \w)",
    )
)
_ABOUT_RATING: Final = re.compile(r"\brat(?:e|ed|ing)\b|\bstars?\b", re.IGNORECASE)
_STARS: Final = re.compile(r"[★⭐](?:\ufe0f?[★⭐]){0,4}")
_CHANGED: Final = re.compile(r"\bfrom (?P<old>[0-9]|10) to (?P<new>10|[0-9])\b", re.IGNORECASE | re.ASCII)


def find(text: Text) -> Iterator[Span]:
    """Every rating; the value is `4`, or `8/10` where the scale is said."""
    raw = text.raw
    if _ABOUT_RATING.search(raw):
        for found in _CHANGED.finditer(raw):
            for name in ("old", "new"):
                yield Span("rating", found[name], found.start(name), found.end(name))
    for pattern in _PATTERNS:
        for found in pattern.finditer(raw):
            yield _span(found)
    for found in _STARS.finditer(raw):
        count = sum(letter in "★⭐" for letter in found[0])
        yield Span("rating", str(count), found.start(), found.end())


def _span(found: re.Match[str]) -> Span:
    mark = number(found["mark"].lower())
    of = found.groupdict().get("of")
    value = f"{mark}/{number(of.lower())}" if of else str(mark)
    together = of is not None and "/" in found[0]
    end = found.end() if together else found.end("mark")
    return Span("rating", value, found.start("mark"), end)
