"""Rasa's tracker store over the dialogue state of the running turn. Reads and writes memory only; the turn
saves it.
"""

from __future__ import annotations

from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any

from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

KEEP_TURNS = 3
"""Turns of dialogue kept: more than the policies' history and every rule about "last time" need."""

CUT_ABOVE_TURNS = 5
"""Cutting replays the dialogue, so it is done every few turns only."""

KEEP_RANKING = 5
"""Intents of a ranking kept in the state; the message itself keeps the best one."""

SerialisedEvents = list[dict[str, Any]]

state: ContextVar[SerialisedEvents] = ContextVar("dialogue_state")
"""The running turn's events; set before Rasa is asked, read after."""


class TurnTrackerStore(TrackerStore):
    """Gives Rasa the tracker of the running turn."""

    def __init__(self, domain: Domain) -> None:
        super().__init__(domain)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The tracker of the running turn; None at the start of a conversation."""
        events = state.get()
        if not events:
            return None
        return DialogueStateTracker.from_dict(sender_id, events, self.domain.slots)

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keep the tracker's recent events for the turn to store."""
        state.set([_serialised(event) for event in told_once(recent_events(tracker, self.domain))])

    async def keys(self) -> Iterable[str]:
        """Rasa lists conversations only in its own server."""
        return []


def recent_events(tracker: DialogueStateTracker, domain: Domain) -> list[Any]:
    """The events of the last turns, preceded by what they rest on: the slots and the
    form as they were then.
    """
    events = list(tracker.events)
    starts = [index for index, event in enumerate(events) if isinstance(event, UserUttered)]
    if len(starts) <= CUT_ABOVE_TURNS:
        return events
    cut = starts[-KEEP_TURNS]
    before = DialogueStateTracker.from_events(tracker.sender_id, events[:cut], domain.slots)
    moment = events[cut].timestamp
    rests: list[Any] = [
        SlotSet(slot.name, slot.value, timestamp=moment)
        for slot in before.slots.values()
        if slot.value != slot.initial_value
    ]
    if before.active_loop_name:
        rests.insert(0, ActiveLoop(before.active_loop_name, timestamp=moment))
    rests.append(ActionExecuted("action_listen", timestamp=moment))
    return rests + events[cut:]


def told_once(events: list[Any]) -> list[Any]:
    """The events without those that set a slot to what it is (a form that ends clears all its slots)."""
    values: dict[str, Any] = {}
    kept = []
    for event in events:
        if isinstance(event, SlotSet):
            if values.get(event.key) == event.value:
                continue
            values[event.key] = event.value
        kept.append(event)
    return kept


def _serialised(event: Any) -> dict[str, Any]:
    data: dict[str, Any] = event.as_dict()
    ranking = data.get("parse_data", {}).get("intent_ranking")
    if ranking:
        data["parse_data"] = {**data["parse_data"], "intent_ranking": ranking[:KEEP_RANKING]}
    return data
