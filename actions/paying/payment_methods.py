"""Ways to pay: the shop's, or how an order of one's own was paid."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.orders import order_choice
from actions.orders.order_choice import CURRENT_ORDER
from actions.orders.order_words import everything
from actions.talk.help_centre import AskHelpCentre
from actions.turn import Turn
from crm_store import orders
from crm_store.models import Order, PaymentStatus
from crm_store.money import format_money

WAYS: Final = {
    "card": "by card",
    "apple_pay": "with Apple Pay",
    "google_pay": "with Google Pay",
    "paypal": "with PayPal",
    "klarna": "with Klarna",
    "gift_card": "with a gift card",
    "replacement": "by nobody: it replaces something and costs nothing",
}
_OWN: Final = re.compile(
    r"\b(?:how|with what|what|which (?:card|way|method)|where)\b.*"
    r"\b(?:did|have|was|were) (?:i|we|it|this|my)\b",
    re.IGNORECASE,
)


class PaymentMethods(ShopAction):
    """The help centre's answer; about an own order, what is known of that."""

    action_name: ClassVar[str] = "action_payment_methods"
    intents: ClassVar[tuple[str, ...]] = ("payment_methods",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Answer."""
        if not order_choice.numbers_in(heard) and not _OWN.search(heard.text):
            return await AskHelpCentre().act(turn, heard, say, tracker)
        if turn.verified_id is None:
            return self.ask_who(say, tracker, heard)
        meant = await order_choice.named(turn, turn.verified_id, heard)
        for number in meant.unknown:
            say.utter_message(response="utter_order_unknown", number=number)
        found = meant.orders
        if not found and not meant.unknown:
            current = tracker.get_slot(CURRENT_ORDER)
            found = await order_choice.first_choice(
                turn, turn.verified_id, heard, fits=lambda order: order.number == current, current=current
            )
            newest = await orders.latest_order(turn.session, customer_id=turn.verified_id)
            found = found[:1] or [order for order in [newest] if order is not None]
        for order in found:
            _tell(order, say)
        return [SlotSet(CURRENT_ORDER, order.number) for order in found[-1:]]


def _tell(order: Order, say: CollectingDispatcher) -> None:
    unpaid = order.payment_status in {PaymentStatus.PENDING, PaymentStatus.FAILED}
    say.utter_message(
        response="utter_paid_how_unpaid" if unpaid else "utter_paid_how",
        number=order.number,
        items=everything(order),
        amount=format_money(order.total_cents, order.currency),
        way=WAYS.get(order.payment_method, "in a way I have no note of"),
    )
