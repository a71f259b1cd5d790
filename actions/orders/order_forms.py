"""What the forms about an order share: leaving them undone, and what an answer to a confirmation says."""

from __future__ import annotations

import re
from typing import Final

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet

from actions.base import VERIFICATION_FORM, Event
from actions.form import CONFIDENT, NOT_ASIDES, OUTCOME, STUCK, GuidedForm, cleared, yes_or_no
from actions.heard import PENDING, Heard
from actions.turn import Turn

_AGREES: Final = re.compile(
    r"^\W*(?:yes|yep|yup|yeah|yea|ya|aye|sure|ok|okay|please do|go ahead|do it|confirm\w*|correct|right"
    r"|perfect)\b",
    re.IGNORECASE,
)
_REFUSES: Final = re.compile(
    r"^\W*(?:(?:actually|oh|ah|hmm|well|sorry|wait)\W+)?"
    r"(?:no|nope|nah|don'?t|do not|keep|leave|stop|wait|hold on)\b"
    r"|\bkeep (?:it|them|the order|my order)\b"
    r"|\b(?:don'?t|do not) (?:cancel|change)\b|\b(?:chang\w+|other) my mind\b",
    re.IGNORECASE,
)
_ASKS: Final = re.compile(
    r"^\W*(?:(?:ok|okay|oh|ah|hmm|well|sorry|wait|hold on|and|but)\W+)*"
    r"(?:how|what|when|where|who|why|which|is|are|does|do (?:i|you|they)|will|would|can|could)\b.*\?",
    re.IGNORECASE,
)
"""`wait, is it free?` is neither."""
_BUT: Final = re.compile(r"\b(?:but|except|however|instead|unless|only if|first)\b", re.IGNORECASE)
"""A yes with a condition is no yes."""
_NUMBER: Final = re.compile(r"#?\b(?:a[ -]?)?\d+\b", re.IGNORECASE)
FEW_WORDS: Final = 1
"""Besides a number; with so few, nobody asks anything."""


def left_undone(form: type[GuidedForm], turn: Turn, heard: Heard, tracker: Tracker) -> list[Event] | None:
    """Where a form ended early: prove who you are first, or let a human help. None: it can be finished."""
    if turn.verified_id is None:
        return [SlotSet(PENDING, heard.as_request(form.form)), FollowupAction(VERIFICATION_FORM)]
    if tracker.get_slot(OUTCOME) == STUCK:
        return [*cleared(form), FollowupAction("action_handoff")]
    return None


def agreement(heard: Heard) -> bool | None:
    """Yes, no, or neither; also in a longer sentence. What speaks against it weighs more."""
    if _ASKS.search(heard.text):
        return None
    if _REFUSES.search(heard.text):
        return False
    if _BUT.search(heard.text):
        return None
    return True if _AGREES.search(heard.text) else yes_or_no(heard)


def is_aside(heard: Heard, form: type[GuidedForm]) -> bool:
    """Whether a message has a clear wish of its own, so that it is no answer to the form's question.

    `where is A-10042?` in the middle of a cancellation asks about that order; a bare `A-10042` picks it.
    """
    known = NOT_ASIDES | form.own_intents | {"deny"}
    clear = heard.intent not in known and heard.confidence >= CONFIDENT
    others = _NUMBER.sub(" ", heard.text).split()
    return clear and not (heard.text and len(others) <= FEW_WORDS)
