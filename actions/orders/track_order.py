"""Where is my order? The verified customer hears of any of theirs, one who proved an order of that one."""

from __future__ import annotations

from datetime import timedelta
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.account.verification import PROVEN_ORDERS
from actions.base import Event, ShopAction
from actions.heard import PENDING, Heard
from actions.orders import order_choice
from actions.orders.order_choice import CURRENT_ORDER
from actions.orders.order_telling import offer_orders, tell_order, tell_unknown
from actions.turn import Turn
from crm_store import clock, orders
from crm_store.errors import NotFound
from crm_store.models import Order, OrderStatus, PaymentStatus
from crm_store.models.order import OPEN

FORGOTTEN: Final = timedelta(days=14)
"""An order that was not paid for so long is not being waited for."""


class TrackOrder(ShopAction):
    """Tells where an order stands, or offers the open ones."""

    action_name: ClassVar[str] = "action_track_order"
    intents: ClassVar[tuple[str, ...]] = ("track_order",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Find the order that is meant among those this contact point may see."""
        if turn.verified_id is not None:
            return await _any_order(turn, turn.verified_id, heard, say, tracker.get_slot(CURRENT_ORDER))
        order = await _proven_order(turn, heard, tracker)
        if order is None:
            return self.ask_who(say, tracker, heard)
        return await tell_order(turn, order, say, discreet=True)


async def _any_order(
    turn: Turn, customer_id: int, heard: Heard, say: CollectingDispatcher, current: str | None
) -> list[Event]:
    meant = await order_choice.named(turn, customer_id, heard)
    for number in meant.unknown:
        await tell_unknown(turn, customer_id, number, "track_order", say)
    if not meant.orders and not meant.unknown:
        return await _without_number(turn, customer_id, heard, say, current)
    return [event for order in meant.orders for event in await tell_order(turn, order, say)]


async def _without_number(
    turn: Turn, customer_id: int, heard: Heard, say: CollectingDispatcher, current: str | None
) -> list[Event]:
    if thing := order_choice.thing_in(heard):
        found = await order_choice.with_thing(turn, customer_id, thing)
        waiting = [order for order in found if is_waited_for(order)] or found[:1]
        if not waiting:
            return await _no_such_thing(turn, customer_id, thing, say)
        return await _tell_or_offer(turn, waiting, say)
    meant = await order_choice.first_choice(turn, customer_id, heard, fits=is_waited_for, current=current)
    if not meant:
        meant = [
            o for o in await orders.open_orders(turn.session, customer_id=customer_id) if is_waited_for(o)
        ]
    if not meant:
        say.utter_message(response="utter_no_orders")
        return []
    return await _tell_or_offer(turn, meant, say)


async def _tell_or_offer(turn: Turn, found: list[Order], say: CollectingDispatcher) -> list[Event]:
    if len(found) == 1:
        return await tell_order(turn, found[0], say)
    offer_orders(found, "track_order", say, "utter_which_order")
    return []


async def _no_such_thing(turn: Turn, customer_id: int, thing: str, say: CollectingDispatcher) -> list[Event]:
    recent = await orders.list_orders(turn.session, customer_id=customer_id, limit=3)
    if recent:
        offer_orders(recent, "track_order", say, "utter_thing_not_ordered", thing=thing[:60])
    else:
        say.utter_message(response="utter_no_orders")
    return []


async def _proven_order(turn: Turn, heard: Heard, tracker: Tracker) -> Order | None:
    """The order that is meant, if this contact point proved it; None leads to a proof."""
    customer_id, proven = turn.contact_point.customer_id, tracker.get_slot(PROVEN_ORDERS) or []
    if customer_id is None or not proven:
        return None
    just_proven = bool((tracker.get_slot(PENDING) or {}).get("resumed"))
    typed = [] if just_proven else order_choice.numbers_in(heard)
    if not typed and not just_proven and (thing := order_choice.thing_in(heard)):
        found = await order_choice.with_thing(turn, customer_id, thing)
        typed = [order.number for order in found if order.number in proven][:1] or [thing]
    current = tracker.get_slot(CURRENT_ORDER)
    number = typed[0] if typed else current if current in proven and not just_proven else proven[-1]
    if number not in proven:
        return None
    try:
        return await orders.get_order(turn.session, customer_id=customer_id, number=number)
    except NotFound:
        return None


def is_waited_for(order: Order) -> bool:
    """Whether the customer still expects something of this order."""
    if order.status is OrderStatus.LOST:
        return order.payment_status is not PaymentStatus.REFUNDED
    unpaid = order.status in {OrderStatus.PENDING_PAYMENT, OrderStatus.PAYMENT_FAILED}
    return order.status in OPEN and not (unpaid and order.placed_at < clock.now() - FORGOTTEN)
