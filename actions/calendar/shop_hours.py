"""When a shop with a door is open: its own hours by weekday, and the days that are different.

A shop's hours are text as people write them, `Mon-Sat 09:30-18:30; Sun 12:00-17:00`.
"""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from functools import cache
from typing import Final

from actions.calendar.public_holidays import easter, is_public_holiday
from crm_store.clock import SHOP_ZONE

Hours = tuple[time, time]
"""(opens, closes)"""

_DAYS: Final = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
_PART: Final = re.compile(
    r"\s*(?P<first>[A-Za-z]{3})[a-z]*(?:\s*-\s*(?P<last>[A-Za-z]{3})[a-z]*)?"
    r"\s+(?P<opens>\d{1,2}:\d{2})\s*-\s*(?P<closes>\d{1,2}:\d{2})\s*"
)
_HOLIDAY: Final = time(12), time(17)
_EARLY_CLOSE: Final = time(16)
_CLOSED: Final = frozenset({(1, 1), (12, 25), (12, 26)})
_EARLY: Final = frozenset({(12, 24), (12, 31)})
_LOOKED_AHEAD: Final = 14


def hours_on(opens: str, when: date) -> Hours | None:
    """(opens, closes) of the day; None when the shop is closed, or its hours cannot be read."""
    usual = _week(opens).get(when.weekday())
    if usual is None or (when.month, when.day) in _CLOSED or when == easter(when.year):
        return None
    if is_public_holiday(when):
        return _HOLIDAY
    return (usual[0], min(usual[1], _EARLY_CLOSE)) if (when.month, when.day) in _EARLY else usual


def is_special(when: date) -> bool:
    """Whether the day has hours of its own: a public holiday, Easter Sunday, the last days of the year."""
    return is_public_holiday(when) or when == easter(when.year) or (when.month, when.day) in _EARLY


def is_open(opens: str, moment: datetime) -> bool:
    """Whether one can walk in at `moment` (timezone-aware)."""
    local = moment.astimezone(SHOP_ZONE)
    hours = hours_on(opens, local.date())
    return hours is not None and hours[0] <= local.time() < hours[1]


def next_open_day(opens: str, after: date) -> date | None:
    """The first day after `after` on which the shop opens; None when none of the next two weeks is one."""
    days = (after + timedelta(days=ahead) for ahead in range(1, _LOOKED_AHEAD + 1))
    return next((day for day in days if hours_on(opens, day)), None)


def closing_of_next_day(opens: str, moment: datetime) -> datetime | None:
    """When the shop closes on its next day after today: so long it keeps something. None without one."""
    day = next_open_day(opens, moment.astimezone(SHOP_ZONE).date())
    hours = hours_on(opens, day) if day else None
    return datetime.combine(day, hours[1], SHOP_ZONE) if day and hours else None


def clock_words(hours: Hours) -> str:
    """`9:30 to 18:30`."""
    return " to ".join(f"{one.hour}:{one:%M}" for one in hours)


@cache
def _week(opens: str) -> dict[int, Hours]:
    """By weekday, Monday 0; parts that cannot be read are left out."""
    week: dict[int, Hours] = {}
    for part in opens.split(";"):
        found = _PART.fullmatch(part)
        if found is None:
            continue
        first, last = found["first"].lower(), (found["last"] or found["first"]).lower()
        if first not in _DAYS or last not in _DAYS:
            continue
        hours = _time(found["opens"]), _time(found["closes"])
        week |= dict.fromkeys(range(_DAYS.index(first), _DAYS.index(last) + 1), hours)
    return week


def _time(text: str) -> time:
    hour, minute = text.split(":")
    return time(int(hour) % 24, int(minute) % 60)
