"""Getting a human."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.digression import leave_forms
from actions.heard import Heard
from actions.orders.order_telling import tell_order
from actions.orders.track_order import is_waited_for
from actions.people.handoff import open_ticket, tell_when
from actions.talk.dialogue import exchanges
from actions.turn import Turn
from crm_store import orders
from crm_store.models import Order, OrderStatus

NEXT = {
    "complaint": "utter_next_complaint",
    "report_missing_parcel": "utter_next_missing_parcel",
    "report_damaged_item": "utter_next_damaged_item",
    "payment_issue": "utter_next_payment",
}
"""What the customer hears about the next step, by wish."""


class HandOff(ShopAction):
    """Hands the conversation to a human; the ticket makes a human its owner, so the bot is silent then."""

    action_name: ClassVar[str] = "action_handoff"
    intents: ClassVar[tuple[str, ...]] = ("talk_to_human", *NEXT)
    keeps_request: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Open the ticket, say what happens next, and leave any form."""
        unpaid = await _unpaid_order(turn, heard, tracker)
        if unpaid is not None:
            return [*leave_forms(), *await tell_order(turn, unpaid, say)]
        ticket = await open_ticket(turn, heard, tracker)
        tell_when(ticket, say)
        if heard.intent in NEXT:
            say.utter_message(response=NEXT[heard.intent])
        if turn.verified_id is None and ticket.order_id is None:
            say.utter_message(response="utter_next_who")
        # Whatever led here, a remembered story must not go on: a human has the word.
        return [*leave_forms(), FollowupAction("action_listen")]


_DID_IT_PASS: Final = re.compile(
    r"\b(?:pending|fail\w*|declin\w*|reject\w*|(?:go|goes|going|gone|went) th\w+|work\w*|accept\w*)\b",
    re.IGNORECASE,
)
"""A payment that did not pass; not one that was taken twice or too high."""


async def _unpaid_order(turn: Turn, heard: Heard, tracker: Tracker) -> Order | None:
    """The only order whose payment is open, when that explains what is asked: the bot can tell that itself.

    None when it was told just before: who asks again wants a human.
    """
    if turn.verified_id is None or heard.intent != "payment_issue" or not _DID_IT_PASS.search(heard.text):
        return None
    if any(said.intent == heard.intent for said in exchanges(tracker)[:-1]):
        return None
    waiting = await orders.open_orders(turn.session, customer_id=turn.verified_id)
    open_payment = {OrderStatus.PENDING_PAYMENT, OrderStatus.PAYMENT_FAILED}
    unpaid = [order for order in waiting if order.status in open_payment and is_waited_for(order)]
    return unpaid[0] if len(unpaid) == 1 else None
