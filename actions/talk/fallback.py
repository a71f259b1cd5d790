"""What to say when a message was not understood: the help centre, then "did you mean", then a human."""

from __future__ import annotations

from itertools import takewhile
from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.calendar.office_hours import is_open, opening_words
from actions.heard import Heard
from actions.people.feedback import GiveFeedback, bare_stars, is_asked_for_stars
from actions.shopping.added_detail import with_detail
from actions.talk.articles import find_articles, say_article
from actions.talk.dialogue import exchanges
from actions.talk.follow_up import follow_up
from actions.talk.intent_titles import TITLES
from actions.talk.menu import HUMAN, main_buttons, wish_button
from actions.talk.said_button import as_pressed, press
from actions.talk.small_talk import small_talk
from actions.turn import Turn
from crm_store import clock

GUESSES = 3
LIKELY = 0.08
"""How sure an intent must be to be asked about."""


class FallbackAnswer(ShopAction):
    """Tries to find out what is meant; the second time in a row a human does, if one is there."""

    action_name: ClassVar[str] = "action_fallback"
    intents: ClassVar[tuple[str, ...]] = ("nlu_fallback", "out_of_scope")

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Answer what can be answered."""
        meant = as_pressed(tracker, heard.text) or with_detail(tracker, heard)
        if meant is not None:
            return await press(meant, turn, say, tracker)
        if (stars := bare_stars(heard)) is not None and await is_asked_for_stars(turn):
            return await GiveFeedback().act(turn, stars, say, tracker)
        if (following := follow_up(tracker, heard)) is not None:
            return await press(following, turn, say, tracker)
        if small_talk(heard.text, say, buttons=main_buttons()):
            return []
        articles = [] if heard.intent == "out_of_scope" else find_articles(turn, heard.text)
        if articles:
            say_article(articles[0], say, related=articles[1:], buttons=[wish_button(HUMAN)])
            return []
        missed = _missed(tracker)
        if missed > 1 or (missed and is_open(clock.now())):
            return [FollowupAction("action_handoff")]
        if missed:
            # From a hand-over on, the bot is silent: while nobody is there, that is theirs to choose.
            say.utter_message(
                response="utter_still_not_understood",
                opens=opening_words(clock.now()),
                buttons=main_buttons(),
            )
        elif heard.intent == "out_of_scope":
            say.utter_message(response="utter_out_of_scope", buttons=main_buttons())
        else:
            _guess(heard, say)
        return []


def _missed(tracker: Tracker) -> int:
    """How many messages in a row, before this one, had no answer."""
    earlier = reversed(exchanges(tracker)[:-1])
    return sum(1 for _ in takewhile(lambda exchange: exchange.failed, earlier))


def _guess(heard: Heard, say: CollectingDispatcher) -> None:
    """Did you mean: the likeliest wishes, and a human."""
    likely = [
        intent for intent, sure in heard.ranking if sure >= LIKELY and intent in TITLES and intent != HUMAN
    ]
    if not likely:
        say.utter_message(response="utter_not_understood", buttons=main_buttons())
        return
    buttons = [wish_button(intent) for intent in [*likely[:GUESSES], HUMAN]]
    say.utter_message(response="utter_did_you_mean", buttons=buttons)
