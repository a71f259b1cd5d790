"""A parcel in words: what is in it, what the carrier said last, and on which day it comes or came."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date, datetime, timedelta
from typing import Final

from actions.calendar.public_holidays import is_public_holiday
from actions.language.phrases import counted, day, listed
from crm_store import clock
from crm_store.clock import SHOP_ZONE
from crm_store.delivery import Goods, ParcelState
from crm_store.models import ShipmentStatus

STORE: Final = "store"
"""The "carrier" of what waits in a store."""
BY_MAIL: Final = "email"
"""The "carrier" of digital goods."""
NAMED: Final = 3
"""Goods that are named before the rest is counted."""
_SATURDAY: Final = 5
_NEIGHBOUR: Final = re.compile(r"neighbou?r\b\W*(?P<name>.*)", re.IGNORECASE)


def goods(things: Iterable[Goods]) -> str:
    """`2 × Puffin Enamel Mug, red; Cairn Tent; Head Torch and 2 more things`."""
    each = [thing.title if thing.quantity == 1 else f"{thing.quantity} × {thing.title}" for thing in things]
    if len(each) > NAMED + 1:
        each = [*each[:NAMED], f"{len(each) - NAMED} more things"]
    # Titles hold commas themselves: `Heron Jacket, grey, L`.
    return listed(["; ".join(each[:-1]), each[-1]]) if len(each) > 1 else listed(each)


def on_day(moment: datetime | None) -> str:
    """`today`, `tomorrow, Sunday 22 November`, `on Tuesday 24 November`; vague for an unknown day."""
    if moment is None:
        return "in the next few days"
    away = (_shop_day(moment) - _shop_day(clock.now())).days
    near = {-1: f"yesterday, {day(moment)}", 0: "today", 1: f"tomorrow, {day(moment)}"}
    return near.get(away, f"on {day(moment)}")


def at_time(moment: datetime) -> str:
    """`today at 14:05`, `on Friday 20 November at 9:30`, in the shop's time."""
    local = moment.astimezone(SHOP_ZONE)
    return f"{on_day(moment).split(',')[0]} at {local.hour}:{local:%M}"


def working_days_since(moment: datetime) -> int:
    """Mondays to Fridays without public holidays after the day of `moment`, today included."""
    since, today = _shop_day(moment), _shop_day(clock.now())
    days = (since + timedelta(days=step) for step in range(1, (today - since).days + 1))
    return sum(one.weekday() < _SATURDAY and not is_public_holiday(one) for one in days)


def carrier(parcel: ParcelState) -> str:
    """`An Post (tracking number WL1)`."""
    number = f" (tracking number {parcel.tracking_number})" if parcel.tracking_number else ""
    return f"{parcel.carrier}{number}"


def news(parcel: ParcelState) -> str:
    """What the carrier said last, where and when: `“Sorted at the hub” (Portlaoise hub, today at 14:05)`."""
    if parcel.last_event_at is None:
        return "that there is no scan yet"
    place = ", ".join(filter(None, (parcel.last_location, at_time(parcel.last_event_at))))
    return f"“{parcel.last_event.rstrip('. ')}” ({place})"


def proof(parcel: ParcelState) -> str:
    """How it was handed over: `“Delivered and signed for” (Cork)`; something plain when that is not known."""
    if not parcel.last_event:
        return "delivered"
    place = f" ({parcel.last_location})" if parcel.last_location else ""
    return f"“{parcel.last_event.rstrip('. ')}”{place}"


def late(parcel: ParcelState) -> str:
    """`3 days`."""
    return counted(parcel.days_late, "day", "days")


def neighbour(parcel: ParcelState) -> str | None:
    """The neighbour who has the parcel, as the carrier named them; None when nobody has it."""
    found = _NEIGHBOUR.search(parcel.last_event) if parcel.status is ShipmentStatus.DELIVERED else None
    return found and found["name"].strip(" .:")


def _shop_day(moment: datetime) -> date:
    return moment.astimezone(SHOP_ZONE).date()
