"""Small talk: hello, thanks, goodbye, insults, and words that answer nothing."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.talk.dialogue import exchanges
from actions.talk.follow_up import follow_up
from actions.talk.menu import HUMAN, main_buttons, wish_button
from actions.talk.said_button import last_text, only_button, press
from actions.talk.small_talk import kind_of, small_talk
from actions.turn import Turn
from crm_store import customers


async def first_name(turn: Turn) -> str:
    """The first name of the proven customer; empty for anybody else."""
    if turn.verified_id is None:
        return ""
    customer = await customers.get(turn.session, customer_id=turn.verified_id)
    return customer.name.partition(" ")[0]


class Greet(ShopAction):
    """Says hello, and at the first contact who is speaking."""

    action_name: ClassVar[str] = "action_greet"
    intents: ClassVar[tuple[str, ...]] = ("greet",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """By first name where it is known; in the middle of a form only in passing."""
        if tracker.active_loop_name is not None:
            say.utter_message(response="utter_greet_inside")
            return []
        if kind_of(heard.text) == "how_are_you":
            small_talk(heard.text, say, buttons=main_buttons())
            return []
        name = await first_name(turn)
        met = len(exchanges(tracker)) > 1
        response = f"utter_greet{'_again' if met else ''}{'_name' if name else ''}"
        say.utter_message(
            response=response, first_name=name, shop=turn.house.shop_name, buttons=main_buttons()
        )
        return []


class Goodbye(ShopAction):
    """Says goodbye."""

    action_name: ClassVar[str] = "action_goodbye"
    intents: ClassVar[tuple[str, ...]] = ("goodbye",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """By first name where it is known."""
        name = await first_name(turn)
        say.utter_message(response="utter_goodbye_name" if name else "utter_goodbye", first_name=name)
        return []


class Thank(ShopAction):
    """Takes thanks."""

    action_name: ClassVar[str] = "action_thank"
    intents: ClassVar[tuple[str, ...]] = ("thank",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """You're welcome."""
        inside = tracker.active_loop_name is not None
        if kind_of(heard.text) == "compliment" and small_talk(heard.text, say):
            return []
        say.utter_message(response="utter_welcome_inside" if inside else "utter_welcome")
        return []


class BotChallenge(ShopAction):
    """Says honestly what is speaking."""

    action_name: ClassVar[str] = "action_bot_challenge"
    intents: ClassVar[tuple[str, ...]] = ("bot_challenge",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """A bot; a human is one word away. Whatever else was asked of it comes after that."""
        say.utter_message(
            response="utter_i_am_a_bot", shop=turn.house.shop_name, buttons=[wish_button(HUMAN)]
        )
        if kind_of(heard.text) in {"maker", "name", "feelings"}:
            small_talk(heard.text, say)
        return []


class Abuse(ShopAction):
    """Stays calm; the second insult in a row brings a human."""

    action_name: ClassVar[str] = "action_abuse"
    intents: ClassVar[tuple[str, ...]] = ("abuse",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Offer help first. In the middle of a form its question follows, so there the offer is repeated."""
        recent = exchanges(tracker)
        again = len(recent) > 1 and recent[-2].intent == heard.intent
        inside = tracker.active_loop_name is not None
        if again and not inside:
            return [FollowupAction("action_handoff")]
        say.utter_message(
            response="utter_calm_inside" if inside else "utter_calm", buttons=[wish_button(HUMAN)]
        )
        return []


_WANTS: Final = re.compile(
    r"\b(?:y|ye|ya|yes|yess|yep|yup|yeah|yeh|yea|aye|do|go|please|pls|proceed|confirm\w*|continue)\b",
    re.IGNORECASE,
)
"""More than an `ok`: something is to be done."""


class BareAnswer(ShopAction):
    """A yes or a no to nothing."""

    action_name: ClassVar[str] = "action_bare_answer"
    intents: ClassVar[tuple[str, ...]] = ("affirm", "deny")

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """A yes presses the only button there was, else it is asked what for; a no ends the matter.

        An `ok` to what was no question only says that it was read.
        """
        following = follow_up(tracker, heard)
        if following is not None:
            return await press(following, turn, say, tracker)
        was_asked = any(line.rstrip().endswith("?") for line in last_text(tracker).splitlines())
        only_read = bool(heard.text) and not _WANTS.search(heard.text) and not was_asked
        offered = only_button(tracker) if heard.intent == "affirm" and not only_read else None
        if offered is not None:
            return await press(offered, turn, say, tracker)
        if heard.intent == "deny":
            say.utter_message(response="utter_fine")
        elif only_read:
            say.utter_message(response="utter_good")
        else:
            say.utter_message(response="utter_yes_to_what", buttons=main_buttons())
        return []
