"""The public holidays of Ireland, on which nobody answers."""

from __future__ import annotations

from datetime import date, timedelta

MONDAY, FRIDAY = 0, 4
_FIXED = frozenset({(1, 1), (3, 17), (12, 25), (12, 26)})
_FIRST_MONDAYS = (5, 6, 8)


def is_public_holiday(day: date) -> bool:
    """Whether `day` is one. A fixed day that falls on a weekend stays where it is."""
    return (day.month, day.day) in _FIXED or day in _moving(day.year)


def _moving(year: int) -> set[date]:
    october = _monday_from(date(year, 10, 25))
    first_mondays = {_monday_from(date(year, month, 1)) for month in _FIRST_MONDAYS}
    return {_saint_brigid(year), easter(year) + timedelta(days=1), october, *first_mondays}


def _saint_brigid(year: int) -> date:
    """The first Monday of February, or the first of the month itself when it is a Friday."""
    first = date(year, 2, 1)
    return first if first.weekday() == FRIDAY else _monday_from(first)


def _monday_from(day: date) -> date:
    """`day` when it is a Monday, else the next one."""
    return day + timedelta(days=(MONDAY - day.weekday()) % 7)


def easter(year: int) -> date:
    """Easter Sunday of the Gregorian calendar (the method of Meeus, Jones and Butcher)."""
    a, (b, c) = year % 19, divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * a + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    m = (32 + 2 * e + 2 * i - h - k) % 7
    n = (a + 11 * h + 22 * m) // 451
    month, day = divmod(h + m - 7 * n + 114, 31)
    return date(year, month, day + 1)
