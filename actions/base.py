"""The base of every action: it gives the turn, what was heard, and asks for a proof of identity where one is
due.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from typing import Any, ClassVar

from rasa_sdk import Action, Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.heard import PENDING, Heard
from actions.turn import Turn, current_turn

Event = dict[str, Any]
VERIFICATION_FORM = "verification_form"


class ShopAction(Action, ABC):
    """One thing the bot can do.

    `action_name`: Rasa's name of it. `intents`: the intents it answers, also as a digression in the middle of
    a form. `verified`: only the proven customer may have the answer. `keeps_request`: deals with the waiting
    request itself.
    """

    action_name: ClassVar[str]
    intents: ClassVar[tuple[str, ...]] = ()
    verified: ClassVar[bool] = False
    keeps_request: ClassVar[bool] = False

    def name(self) -> str:
        """Rasa's name of the action."""
        return self.action_name

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]
    ) -> list[Event]:
        """Run `act`, or first ask who is there."""
        turn, heard = current_turn(), Heard.from_tracker(tracker)
        if self.verified and turn.verified_id is None:
            return self.ask_who(dispatcher, tracker, heard)
        events = await self.act(turn, heard, dispatcher, tracker)
        if self._request_is_done(tracker):
            events = [SlotSet(PENDING, None), *events]
        return events

    def _request_is_done(self, tracker: Tracker) -> bool:
        waiting = tracker.get_slot(PENDING)
        return bool(waiting) and not self.keeps_request and tracker.active_loop_name != VERIFICATION_FORM

    def ask_who(self, dispatcher: CollectingDispatcher, tracker: Tracker, heard: Heard) -> list[Event]:
        """Keep the request and start the proof; in the middle of one, say that it comes first."""
        if tracker.active_loop_name == VERIFICATION_FORM:
            dispatcher.utter_message(response="utter_verify_first")
            return []
        return [SlotSet(PENDING, heard.as_request(self.action_name)), FollowupAction(VERIFICATION_FORM)]

    @abstractmethod
    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Do it. Returns Rasa events; speaks through `say`."""
