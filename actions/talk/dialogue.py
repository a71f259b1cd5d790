"""Reading the recent dialogue: what was said, what the bot did about it, which form stands half filled."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Tracker

from actions.form import GuidedForm
from actions.talk.intent_titles import title_of

FAILURES = frozenset(
    {"utter_out_of_scope", "utter_not_understood", "utter_did_you_mean", "utter_still_not_understood"}
)
"""What the bot says when it has no answer."""

MAX_SAID = 300
"""Characters of one message that are repeated to a human."""


@dataclass
class Exchange:
    """One thing the customer said and everything that followed it."""

    text: str
    intent: str
    entities: tuple[tuple[str, str], ...] = ()
    actions: list[str] = field(default_factory=list)
    responses: list[str] = field(default_factory=list)
    """Names of what the bot said, e.g. `utter_did_you_mean`."""

    @property
    def failed(self) -> bool:
        """Whether the bot had no answer."""
        return not FAILURES.isdisjoint(self.responses)

    @property
    def words(self) -> str:
        """What was said, as people read it: a pressed button by what stood on it."""
        said = title_of(self.intent) if self.text.startswith("/") else self.text
        return said if len(said) <= MAX_SAID else f"{said[:MAX_SAID]}…"


def exchanges(tracker: Tracker) -> list[Exchange]:
    """The recent exchanges, oldest first; the last one is going on."""
    found: list[Exchange] = []
    for event in tracker.events:
        kind = event.get("event")
        if kind == "user":
            found.append(_said(event))
        elif found and kind == "action":
            found[-1].actions.append(str(event.get("name")))
        elif found and kind == "bot":
            found[-1].responses.append(str((event.get("metadata") or {}).get("utter_action") or ""))
    return found


def _said(event: Mapping[str, Any]) -> Exchange:
    parsed = event.get("parse_data") or {}
    entities = tuple((e["entity"], str(e["value"])) for e in parsed.get("entities") or [])
    return Exchange(event.get("text") or "", (parsed.get("intent") or {}).get("name") or "", entities)


@dataclass(frozen=True)
class HalfFilled:
    """A form that was going on in this turn, and what it knew."""

    form: str
    slots: Mapping[str, Any]


def half_filled(tracker: Tracker) -> HalfFilled | None:
    """The form that is going on, or that ended in this very turn (its slots may be cleared by now)."""
    form, active, events_of_form = "", False, list[Any]()
    for event in tracker.events:
        if event.get("event") == "active_loop":
            active = bool(event.get("name"))
            form, events_of_form = (event["name"], []) if active else (form, events_of_form)
        elif event.get("event") == "user" and not active:
            form = ""
        events_of_form.append(event)
    if not form:
        return None
    return HalfFilled(form, _slots(form, events_of_form, tracker))


def _slots(form: str, events: list[Any], tracker: Tracker) -> dict[str, Any]:
    names = next((known.slots for known in GuidedForm.__subclasses__() if known.form == form), ())
    now = ((name, tracker.get_slot(name)) for name in names)
    return {name: value for name, value in [*now, *_set(events, names)] if value is not None}


def _set(events: list[Any], names: tuple[str, ...]) -> Iterator[tuple[str, Any]]:
    for event in events:
        if event.get("event") == "slot" and event.get("name") in names:
            yield event["name"], event.get("value")
