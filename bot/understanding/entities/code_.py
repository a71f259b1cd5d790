"""Codes: the six digits that prove an identity, vouchers and gift cards."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.entities.span import Span
from bot.understanding.entities.text import Text

_START: Final = r"(?<![\w#@.,/+€$£-])"
_END: Final = r"(?![\w@€$£%]|[.,/:-][0-9])"
_SIX: Final = re.compile(rf"{_START}[0-9]{{3}}[ -]?[0-9]{{3}}{_END}", re.ASCII)
_ORDER_BEFORE: Final = re.compile(
    r"\b(?:order|purchase)\s?(?:number|no\.?|nr\.?|id)?\s?(?:is|:)?\s?#?$", re.IGNORECASE
)
_VOUCHER: Final = re.compile(
    rf"{_START}(?=[A-Z0-9-]*[0-9])[A-Z][A-Z0-9]{{1,11}}(?:-[A-Z0-9]{{2,10}}){{1,4}}{_END}",
    re.IGNORECASE | re.ASCII,
)
_GROUP: Final = re.compile(r"(?=.*[0-9])[A-Z0-9]{4,}", re.IGNORECASE)
_STOCK: Final = frozenset({"WL", "SKU", "EAN"})
_ONE_WORD: Final = re.compile(rf"{_START}(?:GC|LARK)[A-Z0-9]{{4,12}}{_END}", re.IGNORECASE | re.ASCII)
_AFTER_CODE: Final = re.compile(
    rf"\b(?:code|voucher|coupon)(?: number)?(?: is| was|:)? ?(?P<code>(?=[A-Z]*[0-9])[A-Z0-9]{{4,16}}){_END}",
    re.IGNORECASE | re.ASCII,
)


def find(text: Text) -> Iterator[Span]:
    """Every code; the value is in capitals and without the space that people put into six digits."""
    raw = text.raw
    if not any(letter.isdigit() for letter in raw):
        return
    for found in _SIX.finditer(raw):
        if not _ORDER_BEFORE.search(raw, 0, found.start()):
            yield _span(re.sub(r"[ -]", "", found[0]), found.start(), found.end())
    for found in _VOUCHER.finditer(raw):
        if _is_code(found[0]):
            yield _span(found[0], found.start(), found.end())
    for found in _ONE_WORD.finditer(raw):
        if any(letter.isdigit() for letter in found[0]):
            yield _span(found[0], found.start(), found.end())
    for found in _AFTER_CODE.finditer(raw):
        yield _span(found["code"], found.start("code"), found.end("code"))


def _is_code(written: str) -> bool:
    """Not `t-shirt2`, nor a stock number such as `WL-001-NVY-XS`."""
    groups = written.split("-")
    if groups[0].upper() in _STOCK:
        return False
    return any(_GROUP.fullmatch(group) for group in groups[1:]) or (len(groups) > 2 and written.isupper())


def _span(value: str, start: int, end: int) -> Span:
    return Span("code", value.upper(), start, end)
