"""The form that takes a few words to a rating. Whoever wants something else gets that instead."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.form import GuidedForm, Slots, cleared, yes_or_no
from actions.heard import Heard
from actions.language.phrases import button
from actions.talk.intent_titles import title_of
from actions.talk.menu import HUMAN, wish_button
from actions.talk.said_button import press
from actions.turn import Turn
from crm_store import ratings

WORDS: Final = "rating_words"
"""Slot: what was said; `NONE` for nothing, `OTHER` when the message is another wish."""

NONE, OTHER = "", "/other"
_OPINIONS: Final = frozenset({"complaint", "give_feedback", "leave_review"})
_SURE: Final = 0.8
"""An intent at least this sure is a wish and no comment."""


class RatingForm(GuidedForm):
    """One question, one answer, whatever it is."""

    form = "rating_form"
    slots = (WORDS,)

    async def volunteered(self, turn: Turn, heard: Heard, state: Slots, say: CollectingDispatcher) -> Slots:
        """The stars were taken already."""
        return {}

    async def understand(
        self, turn: Turn, requested: str, heard: Heard, state: Slots, say: CollectingDispatcher
    ) -> Slots | None:
        """Words, nothing, or another wish."""
        if is_other_wish(heard):
            return {WORDS: OTHER}
        nothing = yes_or_no(heard) is False or heard.intent == "deny" or not heard.text.strip()
        return {WORDS: NONE if nothing else heard.text}

    async def next_slot(self, turn: Turn, state: Slots) -> str | None:
        """The words."""
        return WORDS if state[WORDS] is None else None


def is_other_wish(heard: Heard) -> bool:
    """Whether somebody who was asked for words wants something else: a pressed button, or a clear wish."""
    if heard.intent in _OPINIONS or not title_of(heard.intent):
        return False
    return not heard.text or heard.confidence >= _SURE


class FinishRating(ShopAction):
    """Keeps the words, or does what was wanted instead."""

    action_name: ClassVar[str] = "action_rating_finish"

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Thank, and go on."""
        words = tracker.get_slot(WORDS)
        if words == OTHER:
            return [*cleared(RatingForm), *await press(replace(heard, confidence=1.0), turn, say, tracker)]
        if words:
            await ratings.add_words(turn.session, conversation_id=turn.conversation.id, words=words)
        unhappy = bool(words) and heard.intent == "complaint"
        say.utter_message(
            response="utter_rating_words_kept" if words else "utter_fine",
            buttons=[wish_button(HUMAN)] if unhappy else [],
        )
        return cleared(RatingForm)


class AskRatingWords(ShopAction):
    """Asks for words, which nobody has to give."""

    action_name: ClassVar[str] = "action_ask_rating_words"

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        say.utter_message(
            response="utter_ask_rating_words", buttons=[button("No, that's all", "deny"), wish_button(HUMAN)]
        )
        return []
