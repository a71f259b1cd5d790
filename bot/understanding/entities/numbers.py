"""Small numbers in words."""

from __future__ import annotations

import re
from typing import Final

_IN_ORDER: Final = (
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
NUMBERS: Final = {word: number for number, word in enumerate(re.findall(r"\w+", _IN_ORDER))} | {
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "dozen": 12,
}

SMALL: Final = "|".join(word for word, number in NUMBERS.items() if 1 <= number <= 12)
"""For patterns: one to twelve."""


def number(word: str) -> int | None:
    """`two` and `2` are 2; None for any other word, and for a number nobody types by hand."""
    if word.isascii() and word.isdecimal():
        return int(word) if len(word) <= 6 else None
    return NUMBERS.get(word)
