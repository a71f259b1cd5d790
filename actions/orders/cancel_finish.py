"""The end of the cancel form: does what was confirmed, or says why it cannot be done."""

from __future__ import annotations

from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.form import cleared
from actions.heard import Heard
from actions.orders.cancel import CONFIRM, ORDERS, CancelForm, can_be_cancelled
from actions.orders.cancel_words import due_cents, tell_cancelled, tell_why_not
from actions.orders.order_choice import CURRENT_ORDER
from actions.orders.order_forms import left_undone
from actions.turn import Turn
from crm_store import orders
from crm_store.errors import NotAllowed, NotFound
from crm_store.models import DeliveryMethod, Order, OrderStatus

_REASONS: Final = {
    OrderStatus.CANCELLED: "cancelled",
    OrderStatus.PACKED: "packed",
    OrderStatus.PARTIALLY_SHIPPED: "shipped",
    OrderStatus.SHIPPED: "shipped",
    OrderStatus.OUT_FOR_DELIVERY: "shipped",
    OrderStatus.LOST: "lost",
    OrderStatus.RETURNED: "returned",
}


class FinishCancel(ShopAction):
    """Cancels what was confirmed."""

    action_name: ClassVar[str] = "action_cancel_finish"

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Act on what the form found out."""
        undone = left_undone(CancelForm, turn, heard, tracker)
        if undone is not None or turn.verified_id is None:
            return undone or []
        numbers, sure = tracker.get_slot(ORDERS) or [], tracker.get_slot(CONFIRM)
        if not numbers:
            await _tell_nothing_to_cancel(turn, turn.verified_id, say)
        elif sure is False:
            say.utter_message(response="utter_cancel_kept", number=" and ".join(numbers))
        for number in numbers if sure is not False else []:
            await _finish(turn, turn.verified_id, number, say, sure=sure is True)
        return [*cleared(CancelForm), *([SlotSet(CURRENT_ORDER, numbers[-1])] if numbers else [])]


async def _tell_nothing_to_cancel(turn: Turn, customer_id: int, say: CollectingDispatcher) -> None:
    any_order = await orders.latest_order(turn.session, customer_id=customer_id)
    say.utter_message(response="utter_cancel_none" if any_order else "utter_no_orders")


async def _finish(
    turn: Turn, customer_id: int, number: str, say: CollectingDispatcher, *, sure: bool
) -> None:
    """Cancel one order, or say why not. Nothing is cancelled unless the customer is `sure`."""
    try:
        order = await orders.get_order(turn.session, customer_id=customer_id, number=number)
        if not sure or not can_be_cancelled(order):
            tell_why_not(order, why_not(order), say)
            return
        cents = await due_cents(turn, order)
        tell_cancelled(await orders.cancel(turn.session, customer_id=customer_id, number=number), cents, say)
    except NotFound:
        say.utter_message(response="utter_order_unknown", number=number)
    except NotAllowed as refusal:
        # Packed or cancelled by somebody else in this very moment.
        tell_why_not(order, refusal.reason, say)


def why_not(order: Order) -> str:
    """The reason that `orders.cancel` would give for refusing."""
    if order.status is OrderStatus.PAID and order.delivery_method is DeliveryMethod.DIGITAL:
        return "digital"
    if order.delivery_method is DeliveryMethod.DIGITAL and order.status is OrderStatus.DELIVERED:
        return "digital"
    return _REASONS.get(order.status, "delivered")
