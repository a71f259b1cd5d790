"""What the customer said in this turn, as an action wants to read it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from rasa_sdk import Tracker

PENDING = "pending_request"
"""The slot that keeps a request while its author proves who they are."""


@dataclass(frozen=True)
class Heard:
    """One message: its text, its intent and its entities, in order."""

    text: str
    intent: str
    confidence: float
    entities: tuple[tuple[str, str], ...]
    ranking: tuple[tuple[str, float], ...] = ()

    @classmethod
    def from_tracker(cls, tracker: Tracker) -> Heard:
        """The newest message; or the request that waited for a proof, when that is what is being resumed."""
        waiting = tracker.get_slot(PENDING)
        if waiting and waiting.get("resumed"):
            return cls(waiting["text"], waiting["intent"], 1.0, tuple((n, v) for n, v in waiting["entities"]))
        message = tracker.latest_message
        intent = message.get("intent") or {}
        return cls(
            text=_text_without_payload(message),
            intent=intent.get("name") or "",
            confidence=float(intent.get("confidence") or 0.0),
            entities=_entities(message),
            ranking=tuple((r["name"], float(r["confidence"])) for r in message.get("intent_ranking") or []),
        )

    def entity(self, name: str) -> str | None:
        """The first value of entity `name`."""
        return next((value for entity, value in self.entities if entity == name), None)

    def all(self, name: str) -> list[str]:
        """Every value of entity `name`, in order."""
        return [value for entity, value in self.entities if entity == name]

    def as_request(self, action: str) -> dict[str, Any]:
        """What slot `PENDING` keeps so that `action` can go on with this message later."""
        return {
            "action": action,
            "text": self.text,
            "intent": self.intent,
            "entities": [list(e) for e in self.entities],
        }


def _entities(message: dict[str, Any]) -> tuple[tuple[str, str], ...]:
    return tuple((e["entity"], str(e["value"])) for e in message.get("entities") or [])


def _text_without_payload(message: dict[str, Any]) -> str:
    text = message.get("text") or ""
    return "" if text.startswith("/") else text


def is_fresh(tracker: Tracker, form: str) -> bool:
    """Whether the newest message still waits for `form`: no other action has dealt with it."""
    return set(_actions_since_message(tracker)) <= {form, "action_listen", "action_extract_slots"}


def is_first_hearing(tracker: Tracker, form: str) -> bool:
    """Whether `form` hears the newest message for the first time, whatever started the form.

    A form that ended and starts anew in the same turn (its own execution is the last event) has heard it.
    """
    return _actions_since_message(tracker).count(form) <= 1


def _actions_since_message(tracker: Tracker) -> list[str]:
    names: list[str] = []
    for event in reversed(tracker.events):
        if event.get("event") == "user":
            break
        if event.get("event") == "action":
            names.append(str(event.get("name")))
    return names
