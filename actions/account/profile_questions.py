"""The questions of the account form that depend on the detail."""

from __future__ import annotations

from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.account.profile_form import FIELD, VALUE
from actions.account.profile_reading import BIRTHDAY, TITLES, birthday_words
from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import button
from actions.turn import Turn


class AskAccountValue(ShopAction):
    """Asks what the detail is to be."""

    action_name: ClassVar[str] = "action_ask_account_value"

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask, with an example where one helps."""
        say.utter_message(response=f"utter_ask_account_{tracker.get_slot(FIELD)}")
        return []


class AskAccountConfirm(ShopAction):
    """Names what will be changed, and asks for a yes."""

    action_name: ClassVar[str] = "action_ask_account_confirm"

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        field, value = str(tracker.get_slot(FIELD)), str(tracker.get_slot(VALUE) or "")
        say.utter_message(
            response="utter_ask_account_sure" if value else "utter_ask_account_remove",
            what=TITLES[field],
            value=birthday_words(value) if value and field == BIRTHDAY else value,
            buttons=[button("Yes, that's right", "affirm"), button("No, leave it", "deny")],
        )
        return []
