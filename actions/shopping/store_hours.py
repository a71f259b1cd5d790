"""When a shop is open and where it is, from the shops' own data and the calendar."""

from __future__ import annotations

import re
from datetime import date, datetime, time, timedelta
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.calendar.public_holidays import easter
from actions.calendar.shop_hours import clock_words, hours_on, is_open, is_special, next_open_day
from actions.heard import Heard
from actions.language.phrases import button, day
from actions.shopping.goods import named_shop, shops
from actions.shopping.stock_words import city
from actions.talk.articles import say_article
from actions.talk.menu import HUMAN, wish_button
from actions.turn import Turn
from crm_store import clock
from crm_store.clock import SHOP_ZONE
from crm_store.models import Location

ARTICLE: Final = "store-hours"
_WEEKDAYS: Final = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WEEKDAY: Final = re.compile(r"\b(mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:days?)?\b", re.I)
_EXACT: Final = re.compile(r"\d|\bnext\b", re.I)
"""A weekday beside a date, or a week on, says no more than the date."""
_FEAST: Final = re.compile(r"\b(good friday|easter monday|easter|(?:st\.?|saint) patrick)", re.I)
_WEEKEND: Final = re.compile(r"\bweekends?\b", re.I)
_NOW: Final = re.compile(r"\b(?:now|still open|today|tonight|this (?:morning|afternoon|evening))\b", re.I)
_GENERAL: Final = re.compile(
    r"\b(?:bank|public) holidays?|\b(?:park|parking|bus|luas|train|wheelchair|accessible|dogs?|lunch"
    r"|directions|how (?:do|can) i get|how many|which towns|limerick|belfast|waterford|outside ireland"
    r"|physical|everywhere|permanently)\b",
    re.I,
)
"""What only the article tells, if anything does."""


class StoreHours(ShopAction):
    """Tells the hours of the day that was asked for, today where none was, with holidays counted in."""

    action_name: ClassVar[str] = "action_store_hours"
    intents: ClassVar[tuple[str, ...]] = ("store_hours",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Answer for one shop or all of them; what is no matter of hours the article answers."""
        with_door = await shops(turn)
        shop = named_shop(heard, with_door)
        days = asked_days(heard)
        general = _GENERAL.search(heard.text) or (shop is None and bool(heard.text))
        article = turn.house.help_desk.get(ARTICLE)
        if not with_door or (general and not days and not _NOW.search(heard.text)):
            if article is None:
                say.utter_message(response="utter_no_article", buttons=[wish_button(HUMAN)])
                return []
            say_article(article, say, buttons=[_shop_button(place) for place in with_door])
            return []
        for when in days or [_today()]:
            _tell(when, [shop] if shop else with_door, say)
        return []


def _tell(when: date, places: list[Location], say: CollectingDispatcher) -> None:
    one = places[0] if len(places) == 1 else None
    say.utter_message(
        response="utter_store_hours" if one else "utter_stores_hours",
        shop=city(one) if one else "",
        address=one.address if one else "",
        phone=one.phone if one else "",
        hours=_words(one, when) if one else "",
        usual=one.opens if one else "",
        day=_day_words(when),
        lines="\n".join(f"- {city(place)}: {_words(place, when)}" for place in places),
        buttons=[] if one else [_shop_button(place) for place in places],
    )


def _words(place: Location, when: date) -> str:
    hours = hours_on(place.opens, when)
    if hours is None:
        again = next_open_day(place.opens, when)
        return f"closed{f', open again {_day_words(again)}' if again else ''}"
    open_now = when == _today() and is_open(place.opens, clock.now())
    return f"{clock_words(hours)}{', open now' if open_now else ''}{_why(when)}"


def _why(when: date) -> str:
    return " (special hours that day)" if is_special(when) else ""


def _day_words(when: date) -> str:
    """`today`, `tomorrow`, `on Sunday 22 November`."""
    near = {_today(): "today", _today() + timedelta(days=1): "tomorrow"}
    return near.get(when, f"on {day(datetime.combine(when, time(12), SHOP_ZONE))}")


def asked_days(heard: Heard) -> list[date]:
    """The days that are meant, none where nothing is said: a date from today on, a weekday, the weekend."""
    today = _today()
    if _WEEKEND.search(heard.text):
        saturday = today + timedelta(days=(5 - today.weekday()) % 7)
        return [saturday, saturday + timedelta(days=1)]
    named = _named_day(heard.entity("date"))
    if found := _FEAST.search(heard.text):
        return [_feast(found[1].lower(), today)]
    found = None if _EXACT.search(heard.text) else _WEEKDAY.search(heard.text)
    if found is None and named is not None and named >= today:
        return [named]
    if found is not None:
        wanted = next(n for n, name in enumerate(_WEEKDAYS) if name.startswith(found[1].lower()))
        return [today + timedelta(days=(wanted - today.weekday()) % 7)]
    return []


def _named_day(value: str | None) -> date | None:
    try:
        return date.fromisoformat(value or "")
    except ValueError:
        return None


def _feast(words: str, today: date) -> date:
    """The next one of its name."""
    days = (_feast_in(words, year) for year in (today.year, today.year + 1))
    return next(when for when in days if when >= today)


def _feast_in(words: str, year: int) -> date:
    if "patrick" in words:
        return date(year, 3, 17)
    return easter(year) + timedelta(days={"good friday": -2, "easter monday": 1}.get(words, 0))


def _today() -> date:
    return clock.now().astimezone(SHOP_ZONE).date()


def _shop_button(place: Location) -> dict[str, str]:
    return button(f"{city(place)} today", "store_hours", store=place.slug)
