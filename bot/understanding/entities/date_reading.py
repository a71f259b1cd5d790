"""What the words of a date mean, seen from `today`. Each reader takes the pattern's match, with the date's
own words in the group `date`, and whether the text speaks of what is to come (None: nothing tells).
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta
from typing import Final

import dateparser

from bot.understanding.entities.numbers import number

WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SOME: Final = {"a": 1, "an": 1, "a couple of": 2, "a few": 3}
FEASTS: Final = {"christmas": (12, 25), "xmas": (12, 25), "new year": (1, 1), "halloween": (10, 31)}
_UNIT_DAYS: Final = {"minute": 0, "hour": 0, "day": 1, "week": 7, "fortnight": 14, "month": 30, "year": 365}
_STEPS: Final = {"last": -1, "past": -1, "this": 0, "coming": 0, "next": 1}
_SOON: Final = timedelta(days=60)
_NAMED: Final = {"yesterday": -1, "tomorrow": 1}


def named(found: re.Match[str], today: date, future: bool | None) -> date | None:
    """`today`, `tonight`, `the day after tomorrow`."""
    words = found["date"].lower()
    step = _NAMED.get(words.split()[-1], 0)
    return today + timedelta(days=step * (2 if words.startswith("the day") else 1))


def counted(found: re.Match[str], today: date, future: bool | None) -> date | None:
    """`3 days ago`, `in two weeks`."""
    words = found["count"].lower()
    count = SOME.get(words) or number(words)
    if count is None:
        return None
    days = count * _UNIT_DAYS[found["unit"].lower()]
    return today + timedelta(days=days if found["date"].lower().startswith("in ") else -days)


def weekday(found: re.Match[str], today: date, future: bool | None) -> date | None:
    """`Monday`, `last Friday`: never today itself when `last` or `next` is said."""
    wanted = WEEKDAYS.index(found["day"].lower())
    which = (found["which"] or "").lower().strip()
    if which == "last" or (not which and not future):
        return today - timedelta(days=(today.weekday() - wanted) % 7 or (7 if which else 0))
    return today + timedelta(days=(wanted - today.weekday()) % 7 or (7 if which == "next" else 0))


def stretch(found: re.Match[str], today: date, future: bool | None) -> date | None:
    """The first day of `last week`, `this month`, `next year`; the Saturday of a weekend."""
    step, unit = _STEPS[found["which"].lower()], found["unit"].lower()
    if unit in {"week", "weekend"}:
        monday = today + timedelta(weeks=step, days=-today.weekday())
        return monday + timedelta(days=5 if unit == "weekend" else 0)
    if unit == "month":
        months = today.year * 12 + today.month - 1 + step
        return date(months // 12, months % 12 + 1, 1)
    return date(today.year + step, 1, 1)


def feast(found: re.Match[str], today: date, future: bool | None) -> date | None:
    """The next `Christmas`, `New Year's Eve`."""
    words = found["date"].lower()
    month, day = FEASTS[re.sub(r"'s|\s+(?:day|eve)", "", words)]
    before = timedelta(days=1 if words.endswith("eve") else 0)
    this_year = date(today.year, month, day) - before
    return this_year if this_year >= today else date(today.year + 1, month, day) - before


def month(found: re.Match[str], today: date, future: bool | None) -> date | None:
    """The first day of `May`, `October 2025`."""
    return _parsed(f"1 {found['date']}", today, future)


def written(found: re.Match[str], today: date, future: bool | None) -> date | None:
    """`3 May`, `14th of October`, `03/11/2026`, `the 21st`."""
    return _parsed(found["date"], today, future)


def _parsed(words: str, today: date, future: bool | None) -> date | None:
    """Let dateparser read it. Where nothing tells, a date is past unless it is soon."""
    ahead = _read(words, today, True) if future is not False else None
    if future or (ahead and ahead - today <= _SOON):
        return ahead
    return _read(words, today, False)


def _read(words: str, today: date, future: bool) -> date | None:
    """The day comes before the month, as in Ireland."""
    settings = {
        "DATE_ORDER": "YMD" if re.match(r"[0-9]{4}", words) else "DMY",
        "PREFER_DATES_FROM": "future" if future else "past",
        "RELATIVE_BASE": datetime(today.year, today.month, today.day),  # noqa: DTZ001 - dateparser wants it bare
        "PARSERS": ["absolute-time"],
    }
    try:
        found: datetime | None = dateparser.parse(words, languages=["en"], settings=settings)
    except (ValueError, OverflowError):
        return None
    return found.date() if found else None
