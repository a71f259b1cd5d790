"""The dialogue state stays small and loses nothing that the next turn needs."""

from __future__ import annotations

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, ActiveLoop, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.dialogue_store import CUT_ABOVE_TURNS, recent_events, told_once

DOMAIN = Domain.from_dict(
    {
        "slots": {"color": {"type": "any", "mappings": [{"type": "custom"}]}},
        "forms": {"form": {"required_slots": ["color"]}},
    }
)


def tracker_of(turns: int) -> DialogueStateTracker:
    events = [ActionExecuted("action_listen"), SlotSet("color", "blue"), ActiveLoop("form")]
    for number in range(turns):
        events += [UserUttered(f"message {number}"), ActionExecuted("form"), ActionExecuted("action_listen")]
    return DialogueStateTracker.from_events("somebody", events, [AnySlot("color", [{"type": "custom"}])])


def test_a_long_dialogue_is_cut_and_keeps_its_slots_and_its_form() -> None:
    tracker = tracker_of(40)
    kept = recent_events(tracker, DOMAIN)
    assert len(kept) < 30
    again = DialogueStateTracker.from_events("somebody", kept, DOMAIN.slots)
    assert again.get_slot("color") == "blue"
    assert again.active_loop_name == "form"
    assert again.latest_message.text == "message 39"
    assert again.latest_action_name == "action_listen"


def test_a_short_dialogue_is_kept_whole() -> None:
    tracker = tracker_of(CUT_ABOVE_TURNS)
    assert recent_events(tracker, DOMAIN) == list(tracker.events)


def test_a_slot_that_is_set_to_what_it_is_is_told_once() -> None:
    events = [SlotSet("a", None), SlotSet("a", 1), SlotSet("a", 1), ActionExecuted("x"), SlotSet("a", None)]
    assert told_once(events) == [SlotSet("a", 1), ActionExecuted("x"), SlotSet("a", None)]
