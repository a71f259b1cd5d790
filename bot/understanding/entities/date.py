"""Dates, absolute and relative. The value is the day in the shop's time zone, in ISO form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from typing import Final

from bot.understanding.entities import date_reading as read
from bot.understanding.entities.numbers import SMALL
from bot.understanding.entities.span import Span
from bot.understanding.entities.text import Text
from crm_store import clock

_WEEKDAY: Final = "|".join(read.WEEKDAYS)
_FULL_MONTH: Final = "january|february|april|june|july|august|september|october|november|december"
_MONTH: Final = f"{_FULL_MONTH}|march|may|jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec"
_DAY: Final = "[0-3]?[0-9](?:st|nd|rd|th)?"
_YEAR: Final = r"(?:,? 20[0-9]{2}\b)?"
_COUNT: Final = rf"(?P<count>[0-9]{{1,3}}|{'|'.join(read.SOME)}|{SMALL})"
_UNIT: Final = r"(?P<unit>minute|hour|day|week|fortnight|month|year)s?"
_FEAST: Final = "|".join(read.FEASTS)

Reader = Callable[[re.Match[str], date, bool | None], date | None]

_PATTERNS: Final[tuple[tuple[re.Pattern[str], Reader], ...]] = tuple(
    (re.compile(pattern, re.IGNORECASE | re.ASCII), reader)
    for pattern, reader in (
        (r"(?<![\w.-])(?P<date>20[0-9]{2}-(?:0?[1-9]|1[0-2])-[0-3]?[0-9])(?![\w-])", read.written),
        (
            r"(?<![\w./-])(?P<date>[0-3]?[0-9][./-](?:0?[1-9]|1[0-2])[./-](?:20)?[0-9]{2})(?![\w/-])",
            read.written,
        ),
        (rf"(?<![\w.])(?P<date>{_DAY}(?: of)? (?:{_MONTH})\b{_YEAR})", read.written),
        (rf"\b(?P<date>(?:{_MONTH}) (?:the )?{_DAY}\b(?![.:][0-9]){_YEAR})", read.written),
        (rf"(?<!\w)(?P<date>{_COUNT} {_UNIT} ago)\b", read.counted),
        (rf"(?<!\w)(?P<date>in {_COUNT} {_UNIT})\b(?<!in a day)(?! (?:of|time|old))", read.counted),
        (r"\b(?P<date>the day (?:before yesterday|after tomorrow))\b", read.named),
        (r"\b(?P<date>yesterday|today|tomorrow|tonight|this (?:morning|afternoon|evening))\b", read.named),
        (
            r"\b(?<!good )(?<!black )(?<!cyber )"
            rf"(?P<date>(?P<which>last |this |next |coming )?(?P<day>{_WEEKDAY}))\b",
            read.weekday,
        ),
        (
            r"\b(?P<date>(?P<which>last|this|next|past|coming) (?P<unit>week|weekend|month|year))\b",
            read.stretch,
        ),
        (rf"\b(?P<date>(?:{_FEAST})(?:'s)?(?: eve| day)?)\b", read.feast),
        (rf"\b(?P<date>(?:{_FULL_MONTH})(?: (?P<year>20[0-9]{{2}}))?)\b", read.month),
        (
            r"\b(?:in|since|from|of|during|last|this) "
            r"(?P<date>(?:march|may)(?: (?P<year>20[0-9]{2}))?)\b(?! i\b)",
            read.month,
        ),
        (r"\bthe (?P<date>[0-3]?[0-9](?:st|nd|rd|th))\b(?! \w+)", read.written),
    )
)
_HINT: Final = re.compile(
    rf"[0-9]|day|morning|night|evening|afternoon|ago\b|tomorrow|week|month|year|{_FEAST}|\b(?:{_MONTH})",
    re.IGNORECASE,
)
"""Most texts name no date, and are not looked at fourteen times."""

_FUTURE: Final = re.compile(
    r"\b(?:will|by|until|till|before|going|arrives?|com(?:e|ing)|deliver|can|could|would|should|reserve|hold|keep|pick"
    r"|collect|opens?|opening|hours|closes?|next|for|if|may i|ordering|need|free|available)\b|'ll\b",
    re.IGNORECASE,
)
_PAST: Final = re.compile(
    r"\b(?:since|ordered|bought|came|got|received|delivered|sent|posted|dropped|shipped|collected|placed|made|was|were|been|supposed"
    r"|did|had|from|last|told|confirmed|said|promised|purchased?|paid|returned|meant|left|transactions?)\b",
    re.IGNORECASE,
)
_NEAR: Final = 80
"""Characters before a date that tell whether it is past or to come."""


def find(text: Text) -> Iterator[Span]:
    """Every day or stretch of time named; of a stretch (`last week`, `in May`) the value is its first day."""
    if not _HINT.search(text.raw):
        return
    today = clock.now().astimezone(clock.SHOP_ZONE).date()
    for pattern, reader in _PATTERNS:
        for found in pattern.finditer(text.raw):
            day = reader(found, today, _is_future(text.raw, found))
            if day is not None:
                yield Span("date", day.isoformat(), found.start("date"), found.end("date"))


def _is_future(raw: str, found: re.Match[str]) -> bool | None:
    """Whether the words around speak of what is to come; None when nothing tells."""
    before = raw[max(0, found.start() - _NEAR) : found.start()]
    past, future = _last(_PAST, before), _last(_FUTURE, before)
    if past == future == -1:
        return True if _FUTURE.search(raw, found.end(), found.end() + _NEAR) else None
    return future > past


def _last(pattern: re.Pattern[str], text: str) -> int:
    return max((found.start() for found in pattern.finditer(text)), default=-1)
