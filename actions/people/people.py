"""Getting a human."""

from __future__ import annotations

from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.digression import leave_forms
from actions.heard import Heard
from actions.people.handoff import open_ticket, tell_when
from actions.turn import Turn

NEXT = {
    "complaint": "utter_next_complaint",
    "payment_issue": "utter_next_payment",
}
"""What the customer hears about the next step, by wish."""


class HandOff(ShopAction):
    """Hands the conversation to a human; the ticket makes a human its owner, so the bot is silent then."""

    action_name: ClassVar[str] = "action_handoff"
    intents: ClassVar[tuple[str, ...]] = ("talk_to_human", "complaint")
    keeps_request: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Open the ticket, say what happens next, and leave any form."""
        ticket = await open_ticket(turn, heard, tracker)
        tell_when(ticket, say)
        if heard.intent in NEXT:
            say.utter_message(response=NEXT[heard.intent])
        if turn.verified_id is None and ticket.order_id is None:
            say.utter_message(response="utter_next_who")
        # Whatever led here, a remembered story must not go on: a human has the word.
        return [*leave_forms(), FollowupAction("action_listen")]
