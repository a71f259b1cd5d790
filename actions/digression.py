"""What happens around forms: questions in the middle, changes of mind, and leaving one."""

from __future__ import annotations

from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.events import ActiveLoop, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.form import MISSES, OUTCOME, REQUESTED, GuidedForm
from actions.heard import PENDING, Heard
from actions.turn import Turn


def leave_forms() -> list[Event]:
    """The events that end any form and leave nothing of it behind."""
    slots = {slot for form in GuidedForm.__subclasses__() for slot in form.slots} | {
        MISSES,
        OUTCOME,
        PENDING,
        REQUESTED,
    }
    return [ActiveLoop(None), *(SlotSet(slot, None) for slot in sorted(slots))]


class AnswerAside(ShopAction):
    """Answers a question in the middle of a form, by the action that answers it elsewhere."""

    action_name: ClassVar[str] = "action_digression"
    keeps_request: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Find the action by intent and run it; what it would start stays unstarted, the form goes on."""
        action = _answering(heard.intent)
        if action.verified and turn.verified_id is None:
            return action.ask_who(say, tracker, heard)
        events = await action.act(turn, heard, say, tracker)
        return [event for event in events if event["event"] not in {"followup", "active_loop"}]


def _answering(intent: str) -> ShopAction:
    """The action that answers `intent`. Raises LookupError for an intent that no action claims."""
    for action in ShopAction.__subclasses__():
        if intent in action.intents:
            found: ShopAction = action()
            return found
    raise LookupError(f"No action answers intent {intent!r}.")


class DropForm(ShopAction):
    """The customer changed their mind: nothing was done."""

    action_name: ClassVar[str] = "action_drop_form"
    keeps_request: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Leave the form."""
        say.utter_message(response="utter_dropped")
        return leave_forms()


STARTS = {
    "return_item": "return_form",
    "exchange_item": "return_form",
    "request_refund": "return_form",
    "cancel_order": "cancel_form",
    "change_delivery_address": "address_form",
    "redeem_points": "redeem_form",
    "report_missing_parcel": "claim_form",
    "report_damaged_item": "claim_form",
    "edit_account": "account_form",
    "delete_account": "delete_form",
    "leave_review": "review_form",
}
"""The form that each intent starts."""


class SwitchForm(ShopAction):
    """In the middle of one form the customer wants something that needs another."""

    action_name: ClassVar[str] = "action_switch_form"
    keeps_request: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Put the form aside and start the other one."""
        say.utter_message(response="utter_put_aside")
        return [*leave_forms(), FollowupAction(STARTS[heard.intent])]
