"""Problems with a payment: what the shop itself knows is told; the rest is for a human."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import VERIFICATION_FORM, Event, ShopAction
from actions.digression import leave_forms
from actions.heard import PENDING, Heard
from actions.language.phrases import HUMAN, button, day
from actions.orders import order_choice
from actions.orders.order_choice import CURRENT_ORDER
from actions.orders.order_telling import offer_orders
from actions.orders.order_words import everything
from actions.orders.parcel_words import on_day
from actions.orders.track_order import FORGOTTEN, is_waited_for
from actions.paying.payment_methods import WAYS
from actions.talk.dialogue import exchanges
from actions.turn import Turn
from crm_store import orders
from crm_store.models import Order, OrderStatus, PaymentStatus
from crm_store.money import format_money

_DID_IT_PASS: Final = re.compile(
    r"\b(?:pending|fail\w*|declin\w*|refus\w*|reject\w*|(?:go|goes|going|gone|went) th\w+|work\w*|accept\w*"
    r"|unpaid|error|turned down|pay again|stuck|authoris\w*|authoriz\w*)\b",
    re.IGNORECASE,
)
"""A payment that did not pass; not one that was taken twice or too high."""
_TAKEN: Final = re.compile(
    r"\b(?:twice|two times|three times|double|duplicate|two identical|billed|overcharged|charged me more"
    r"|too much|wrong amount|recogni[sz]e|unexpected|theft|took|debited)\b",
    re.IGNORECASE,
)
"""Money that went when it should not have."""
_UNPAID: Final = frozenset({OrderStatus.PENDING_PAYMENT, OrderStatus.PAYMENT_FAILED})


class PaymentIssue(ShopAction):
    """Tells of the customer's own unpaid orders; everything else goes to a human."""

    action_name: ClassVar[str] = "action_payment_issue"
    intents: ClassVar[tuple[str, ...]] = ("payment_issue",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Look, tell, or hand over; who asks again wants a human."""
        again = any(said.intent == heard.intent for said in exchanges(tracker)[:-1])
        failed = not heard.text or (_DID_IT_PASS.search(heard.text) and not _TAKEN.search(heard.text))
        if turn.verified_id is None:
            if tracker.active_loop_name == VERIFICATION_FORM or failed:
                return self.ask_who(say, tracker, heard)
            return _to_a_human()
        resumed = bool((tracker.get_slot(PENDING) or {}).get("resumed"))
        if not failed or (again and not resumed):
            return _to_a_human()
        named = await order_choice.named(turn, turn.verified_id, heard)
        waiting = await orders.open_orders(turn.session, customer_id=turn.verified_id)
        unpaid = [order for order in waiting if order.status in _UNPAID and is_waited_for(order)]
        if named.orders:
            return [*leave_forms(), *await _tell_named(turn, turn.verified_id, named.orders[0], say)]
        if len(unpaid) > 1:
            offer_orders(unpaid, "payment_issue", say, "utter_payment_which")
            return leave_forms()
        if not unpaid:
            return _to_a_human()
        return [*leave_forms(), *await _tell_unpaid(turn, turn.verified_id, unpaid[0], say)]


def _to_a_human() -> list[Event]:
    return [FollowupAction("action_handoff")]


async def _tell_named(turn: Turn, customer_id: int, order: Order, say: CollectingDispatcher) -> list[Event]:
    if order.status in _UNPAID:
        return await _tell_unpaid(turn, customer_id, order, say)
    failed = order.payment_status in {PaymentStatus.FAILED, PaymentStatus.PENDING}
    say.utter_message(
        response="utter_payment_never" if failed else "utter_payment_passed",
        buttons=[HUMAN],
        **_about(order),
    )
    return [SlotSet(CURRENT_ORDER, order.number)]


async def _tell_unpaid(turn: Turn, customer_id: int, order: Order, say: CollectingDispatcher) -> list[Event]:
    """What happened, that nothing was charged, and how to pay; or that it was ordered again and is paid."""
    again = await _paid_again(turn, customer_id, order)
    response = f"utter_payment_{order.status.value}"
    if again is not None:
        response = "utter_payment_paid_again"
    say.utter_message(
        response=response,
        again=again.number if again else "",
        until=day(order.placed_at + FORGOTTEN),
        buttons=[button("Cancel this order", "cancel_order", order_number=order.number), HUMAN],
        **_about(order),
    )
    if turn.house.demo and again is None:
        say.utter_message(response="utter_payment_demo")
    return [SlotSet(CURRENT_ORDER, order.number)]


async def _paid_again(turn: Turn, customer_id: int, order: Order) -> Order | None:
    """A later order of the same things that was paid."""
    recent = await orders.list_orders(turn.session, customer_id=customer_id, limit=10)
    goods = sorted((item.title, item.quantity) for item in order.items)
    return next(
        (
            other
            for other in recent
            if other.placed_at > order.placed_at
            and other.payment_status is PaymentStatus.PAID
            and sorted((item.title, item.quantity) for item in other.items) == goods
        ),
        None,
    )


def _about(order: Order) -> dict[str, str]:
    return {
        "number": order.number,
        "items": everything(order),
        "amount": format_money(order.total_cents, order.currency),
        "way": WAYS.get(order.payment_method, "in the way you chose"),
        "placed": on_day(order.placed_at),
    }
