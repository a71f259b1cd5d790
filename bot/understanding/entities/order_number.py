"""Order numbers: `A-10042` in all the ways it is typed, and ids of orders taken over from another shop."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.entities.span import Span
from bot.understanding.entities.text import Text
from crm_store import order_numbers

_START: Final = r"(?<![\w#@./+€$£-])(?<!\b[0-9],)(?<!\b[0-9]{2},)(?<!\b[0-9]{3},)"
_END: Final = r"(?![\w@€$£%]|[./:-][0-9]|,[0-9]{1,3}(?![0-9]))"
_NO_COUNT: Final = r"(?!\s?(?:euros?|eur|points?|pts|pounds?|km|m|g|grams?|ml|cm|mm|steps|times)\b)"
_NAMED: Final = (
    r"(?:orders?|purchase|ref(?:erence)?)\s?(?:numbers?|no\.?|nr\.?|num|id|#)?\s?(?:is|was|:)?\s?#?\s?"
)

_NO_SHOP: Final = r"(?!(?:LARK|GC|WL|SKU|EAN|ISO|EN|DIN)[-0-9])"
_GROUPS: Final = r"[0-9]{1,8}(?:-[0-9]{1,8}){0,3}"

_PATTERNS: Final = tuple(
    re.compile(pattern, re.IGNORECASE | re.ASCII)
    for pattern in (
        # A-10042, a10042, A.10042; with a space only five digits and more, for `A 2000` may be a price.
        rf"{_START}#?\s?(?P<own>A(?:[-–—_.]\s?|#)?[0-9]{{4,6}}){_END}",
        rf"{_START}(?P<own>A [#-]?\s?[0-9]{{5,6}}){_END}{_NO_COUNT}",
        rf"(?<![\w&])(?P<own>#\s?[0-9]{{4,6}}){_END}",
        rf"\b{_NAMED}(?P<own>[0-9]{{4,6}}){_END}{_NO_COUNT}",
        rf"{_START}(?P<own>[0-9]{{5}}){_END}{_NO_COUNT}",
        # Another shop's: letters, then groups of digits, five digits or more in all.
        rf"{_START}#?(?P<other>{_NO_SHOP}[A-Z]{{2,6}}-(?=[0-9-]{{5}}){_GROUPS}){_END}",
        rf"{_START}(?P<other>ORD(?:ER)?-?[0-9]{{4,12}}){_END}",
    )
)


def find(text: Text) -> Iterator[Span]:
    """Every order number; the value is as the store keeps it, e.g. `A-10042`."""
    if not any(letter.isdigit() for letter in text.raw):
        return
    for pattern in _PATTERNS:
        for found in pattern.finditer(text.raw):
            kind = "own" if "own" in pattern.groupindex else "other"
            start = found.start() if found[0][0] == "#" else found.start(kind)
            yield Span("order_number", order_numbers.normalise(found[kind]), start, found.end(kind))
