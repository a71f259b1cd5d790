"""Guided forms: Rasa forms whose questions, answers and order are decided by one class each.

Rasa keeps the loop (`active_loop`, `requested_slot`) and calls `validate_<form>` at the start, after each
answer and after a digression. `GuidedForm` turns that into three questions for its subclass: what did the
first message already say (`volunteered`), what does this answer mean (`understand`), and what is asked next
(`next_slot`). An answer that means nothing here but is a question of its own makes the form step aside: Rasa
then takes the digression's rule and comes back. A question that only the help centre knows is answered in
passing.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event
from actions.heard import PENDING, Heard, is_first_hearing, is_fresh
from actions.talk.articles import answered
from actions.talk.small_talk import small_talk
from actions.turn import Turn, current_turn

REQUESTED = "requested_slot"
MISSES = "form_misses"
OUTCOME = "form_outcome"
MAX_MISSES = 2
"""Answers in a row that were not understood before a human takes over."""

STUCK = "stuck"
CONFIDENT = 0.5
"""An intent at least this sure may interrupt a form."""

NOT_ASIDES = frozenset({"", "inform", "affirm", "nlu_fallback", "out_of_scope"})
"""Intents that are (at best) an attempt to answer the form's question."""

Slots = dict[str, Any]


class GuidedForm(Action, ABC):
    """Base of `validate_<form>` actions.

    `slots`: every slot of the form, cleared when it ends. `reads`: slots of the dialogue that it looks at
    besides.
    """

    form: ClassVar[str]
    slots: ClassVar[tuple[str, ...]]
    reads: ClassVar[tuple[str, ...]] = ()
    own_intents: ClassVar[frozenset[str]] = frozenset()
    """Intents that start this form; said inside it, they are attempts to answer."""

    def name(self) -> str:
        """Rasa's name of the validation action."""
        return f"validate_{self.form}"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Event]:
        """Take the newest message in, and say what is asked next (no slot: the form is done)."""
        turn, heard = current_turn(), Heard.from_tracker(tracker)
        state: Slots = {slot: tracker.get_slot(slot) for slot in (*self.slots, *self.reads, MISSES, OUTCOME)}
        requested = tracker.get_slot(REQUESTED)
        filled: Slots = {}
        if requested is None:
            if is_first_hearing(tracker, self.form):
                filled = await self.volunteered(turn, heard, state, dispatcher)
        elif is_fresh(tracker, self.form):
            understood = await self._answer(turn, requested, heard, state, dispatcher)
            if understood is None:
                return []
            filled = understood
        state |= filled
        following = None if state[OUTCOME] else await self.next_slot(turn, state)
        said = [SlotSet(slot, value) for slot, value in filled.items()]
        return [*self._request_taken(tracker), *said, SlotSet(REQUESTED, following)]

    def _request_taken(self, tracker: Tracker) -> list[Event]:
        """A request that waited for a proof of identity and started this form waits no longer."""
        waiting = tracker.get_slot(PENDING)
        return [SlotSet(PENDING, None)] if waiting and waiting.get("resumed") else []

    async def _answer(
        self, turn: Turn, requested: str, heard: Heard, state: Slots, say: CollectingDispatcher
    ) -> Slots | None:
        """None: not for this form. What was filled before outlives an answer that was not understood."""
        filled = await self.understand(turn, requested, heard, state, say)
        if filled is not None:
            return {**filled, MISSES: 0}
        if heard.intent not in NOT_ASIDES | self.own_intents and heard.confidence >= CONFIDENT:
            return None
        misses = int(state[MISSES] or 0)
        if _HESITATES.match(heard.text):
            say.utter_message(response="utter_take_your_time")
            return {MISSES: misses}
        if heard.intent == "nlu_fallback" and answered(turn, heard.text, say):
            return {MISSES: misses}
        if small_talk(heard.text, say):
            return {MISSES: misses}
        misses += 1
        if misses >= MAX_MISSES:
            return {MISSES: misses, OUTCOME: STUCK}
        say.utter_message(response="utter_not_understood_in_form")
        return {MISSES: misses}

    @abstractmethod
    async def volunteered(self, turn: Turn, heard: Heard, state: Slots, say: CollectingDispatcher) -> Slots:
        """Slots that the first message already fills."""

    @abstractmethod
    async def understand(
        self, turn: Turn, requested: str, heard: Heard, state: Slots, say: CollectingDispatcher
    ) -> Slots | None:
        """Slots that this answer to `requested` fills; None when it is no answer.

        An answer that was understood but cannot be used fills the slot with None and says why through `say`.
        """

    @abstractmethod
    async def next_slot(self, turn: Turn, state: Slots) -> str | None:
        """The slot to ask for, or None when the form is complete or cannot go on."""


def cleared(form: type[GuidedForm]) -> list[Event]:
    """The events that leave nothing of `form` behind."""
    return [SlotSet(slot, None) for slot in (*form.slots, MISSES, OUTCOME)]


def yes_or_no(heard: Heard) -> bool | None:
    """What a confirmation says: yes, no, or neither."""
    if _HESITATES.match(heard.text):
        return None
    if heard.intent in {"affirm", "deny"} and heard.confidence >= CONFIDENT:
        return heard.intent == "affirm"
    word = heard.text.strip().lower().strip(".!,? ")
    if word in _YES:
        return True
    return False if word in _NO else None


_HESITATES = re.compile(
    r"\W*(?:h+m+|u+h*m+|u+h+|e+r+m*|eh+|well|maybe|perhaps|possibly|not sure|dunno|let me (?:think|see))\b"
    r"(?!.*\b(?:yes|no|ok|okay|don'?t|do it)\b)",
    re.IGNORECASE,
)
"""`hmm` sounds like a yes, and is none: what follows a yes often cannot be undone."""

_YES = frozenset(
    {
        "yes",
        "y",
        "yep",
        "yeah",
        "ya",
        "ok",
        "okay",
        "sure",
        "1",
        "confirm",
        "do it",
        "please do",
        "go ahead",
        "correct",
    }
)
_NO = frozenset(
    {"no", "n", "nope", "nah", "2", "stop", "don't", "dont", "never mind", "nevermind", "not now", "leave it"}
)
