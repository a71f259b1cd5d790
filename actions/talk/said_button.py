"""A typed answer to the buttons of the bot's last message: `the second one`, `Galway`, `my points`, `yes`."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.digression import STARTS
from actions.heard import PENDING, Heard
from actions.language.item_choice import Listed, choose
from actions.language.number_words import positions
from actions.turn import Turn
from crm_store import matching

_PAYLOAD = re.compile(r"/(?P<intent>\w+)(?P<entities>\{.*\})?", re.DOTALL)
_SAME = 0.85
"""How close a typed word must come to one of the title."""

_ASKS = re.compile(r"^\W*(?:how|what|when|where|who|why|does|do|did|is|are)\b", re.IGNORECASE)
"""`when does the second part come` picks no button."""

_SHARE = 0.5
"""How many of the typed words must stand on the button."""


def as_pressed(tracker: Tracker, text: str) -> Heard | None:
    """The message that the meant button would have been; None when the words mean none, or more than one."""
    buttons = last_buttons(tracker)
    titles = [str(button.get("title") or "") for button in buttons]
    place = _place(text, titles)
    return None if place is None else read(buttons[place])


def only_button(tracker: Tracker) -> Heard | None:
    """What a plain yes means: the button, where there was only one below a question or an offer of help."""
    buttons, text = last_buttons(tracker), last_text(tracker)
    offered = text.rstrip().endswith("?") or "colleague" in text
    return read(buttons[0]) if len(buttons) == 1 and offered else None


def last_text(tracker: Tracker) -> str:
    """What the bot said last; empty before it said anything."""
    texts = [str(event.get("text") or "") for event in tracker.events if event.get("event") == "bot"]
    return texts[-1] if texts else ""


def read(button: Mapping[str, Any]) -> Heard | None:
    """The message that pressing the button says; None for a payload that is none."""
    found = _PAYLOAD.fullmatch(str(button.get("payload") or ""))
    if found is None:
        return None
    entities = tuple((name, str(value)) for name, value in json.loads(found["entities"] or "{}").items())
    return Heard("", found["intent"], 1.0, entities)


def last_buttons(tracker: Tracker) -> list[Mapping[str, Any]]:
    """The buttons that the bot's last turn ended with, before the message that is being answered."""
    said = [event for event in tracker.events if event.get("event") in {"user", "bot"}]
    while said and said[-1]["event"] == "bot":
        said.pop()
    for event in reversed(said[:-1]):
        if event["event"] == "user":
            return []
        if buttons := (event.get("data") or {}).get("buttons"):
            return list(buttons)
    return []


def words_of(tracker: Tracker, heard: Heard) -> str:
    """What the customer really did: the words typed, or what stood on the button that was pressed."""
    text = str(tracker.latest_message.get("text") or "")
    titles = [str(button.get("title")) for button in last_buttons(tracker) if button.get("payload") == text]
    if text.startswith("/"):
        return f"(button) {titles[0]}" if titles else "(button)"
    return heard.text or text


async def press(pressed: Heard, turn: Turn, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
    """Do what the button does."""
    if pressed.intent in STARTS:
        form = STARTS[pressed.intent]
        # The form hears what the button says, as it does a request that waited for a proof of identity.
        request = {**pressed.as_request(form), "resumed": True}
        return [SlotSet(PENDING, request), FollowupAction(form)]
    known: list[type[ShopAction]] = ShopAction.__subclasses__()
    action = next(action() for action in known if pressed.intent in action.intents)
    if action.verified and turn.verified_id is None:
        return action.ask_who(say, tracker, pressed)
    return await action.act(turn, pressed, say, tracker)


def _place(text: str, titles: list[str]) -> int | None:
    places = [] if _ASKS.search(text) else positions(text, len(titles))
    if len(places) == 1:
        return places[0] - 1
    picked = choose(text, [Listed(place, title) for place, title in enumerate(titles)], strict=True).picked
    return picked[0] if len(picked) == 1 and _covers(titles[picked[0]], text) else None


def _covers(title: str, text: str) -> bool:
    """Whether most of what was typed stands on the button: one shared word in a long question is chance."""
    typed, known = matching.words(text), matching.words(title)
    same = [word for word in typed if any(matching.closeness(word, own) >= _SAME for own in known)]
    return bool(typed) and len(same) >= _SHARE * len(typed)
