"""When humans answer: the hours of the support team, in the shop's own time."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from actions.calendar.public_holidays import is_public_holiday
from actions.language.phrases import day
from crm_store.clock import SHOP_ZONE

_WORKDAY, _SATURDAY, _SUNDAY = (time(8), time(20)), (time(9), time(17)), None
HOURS = (*[_WORKDAY] * 5, _SATURDAY, _SUNDAY)
"""(opens, closes) by weekday, Monday first; None: closed."""


def hours_on(when: date) -> tuple[time, time] | None:
    """(opens, closes) of a day; None when nobody is there."""
    return None if is_public_holiday(when) else HOURS[when.weekday()]


def is_open(moment: datetime) -> bool:
    """Whether somebody is there at `moment` (timezone-aware)."""
    local = moment.astimezone(SHOP_ZONE)
    hours = hours_on(local.date())
    return hours is not None and hours[0] <= local.time() < hours[1]


def next_opening(moment: datetime) -> datetime:
    """When somebody is there again after `moment`, in the shop's time."""
    local = moment.astimezone(SHOP_ZONE)
    for ahead in range(14):
        when = local.date() + timedelta(days=ahead)
        hours = hours_on(when)
        if hours is None:
            continue
        opens = datetime.combine(when, hours[0], SHOP_ZONE)
        if opens > local:
            return opens
    raise ValueError("The office hours leave no day on which somebody answers.")


def closing_time(moment: datetime) -> str:
    """Until when somebody is there today, e.g. `20:00`; empty when nobody is."""
    hours = hours_on(moment.astimezone(SHOP_ZONE).date())
    return f"{hours[1]:%H:%M}" if hours and is_open(moment) else ""


def opening_words(moment: datetime) -> str:
    """When somebody is there again: `today at 8:00`, `tomorrow at 9:00`, `on Monday 23 November at 8:00`."""
    opens, today = next_opening(moment), moment.astimezone(SHOP_ZONE).date()
    near = {today: "today", today + timedelta(days=1): "tomorrow"}
    return f"{near.get(opens.date(), f'on {day(opens)}')} at {opens.hour}:{opens:%M}"
