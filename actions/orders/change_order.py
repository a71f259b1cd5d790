"""Changing what is in an order: the bot cannot, so it says what can be done instead."""

from __future__ import annotations

from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import Button, button
from actions.orders import order_choice
from actions.orders.order_choice import CURRENT_ORDER
from actions.orders.order_steps import HUMAN
from actions.orders.order_telling import offer_orders, tell_unknown
from actions.orders.order_words import everything
from actions.turn import Turn
from crm_store import orders
from crm_store.models import DeliveryMethod, Order, OrderStatus
from crm_store.models.order import CHANGEABLE


class ChangeOrder(ShopAction):
    """Explains how an order's items can still become others."""

    action_name: ClassVar[str] = "action_change_order"
    intents: ClassVar[tuple[str, ...]] = ("change_order",)
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Find the order, then explain."""
        customer_id = turn.verified_id
        if customer_id is None:
            return self.ask_who(say, tracker, heard)
        meant = await order_choice.named(turn, customer_id, heard)
        if meant.unknown and not meant.orders:
            await tell_unknown(turn, customer_id, meant.unknown[0], "change_order", say)
            return []
        found = meant.orders or await _without_number(
            turn, customer_id, heard, tracker.get_slot(CURRENT_ORDER)
        )
        if len(found) == 1:
            return _explain(found[0], say)
        changeable = found or await _changeable(turn, customer_id)
        if changeable:
            offer_orders(changeable, "change_order", say, "utter_which_order_to_change")
        else:
            say.utter_message(response="utter_no_orders")
        return []


async def _without_number(turn: Turn, customer_id: int, heard: Heard, current: str | None) -> list[Order]:
    """The order that is meant. A product may be what is to be added, so it only decides between several."""
    unnamed = Heard(heard.text, heard.intent, heard.confidence, ())
    found = await order_choice.first_choice(turn, customer_id, unnamed, fits=_is_changeable, current=current)
    if found:
        return found
    holding = await order_choice.with_thing(turn, customer_id, order_choice.thing_in(heard))
    changeable = [order for order in holding if _is_changeable(order)]
    return changeable if len(changeable) == 1 else []


async def _changeable(turn: Turn, customer_id: int) -> list[Order]:
    return [o for o in await orders.open_orders(turn.session, customer_id=customer_id) if _is_changeable(o)]


def _is_changeable(order: Order) -> bool:
    return order.status in CHANGEABLE and order.delivery_method is not DeliveryMethod.DIGITAL


def _explain(order: Order, say: CollectingDispatcher) -> list[Event]:
    response, buttons = _way(order)
    say.utter_message(response=response, buttons=buttons, number=order.number, items=everything(order))
    return [SlotSet(CURRENT_ORDER, order.number)]


def _way(order: Order) -> tuple[str, list[Button]]:
    """The response that explains what can be done, and its buttons."""
    about = {"order_number": order.number}
    if order.delivery_method is DeliveryMethod.DIGITAL:
        return "utter_change_digital", [HUMAN]
    if order.status in CHANGEABLE:
        return "utter_change_before_packing", [button("Cancel and reorder", "cancel_order", **about), HUMAN]
    if order.status is OrderStatus.CANCELLED:
        return "utter_change_cancelled", [button("Order something new", "place_order")]
    exchange = [
        button("Exchange an item", "exchange_item", **about),
        button("Send something back", "return_item", **about),
    ]
    if order.status in {OrderStatus.DELIVERED, OrderStatus.PARTIALLY_RETURNED, OrderStatus.RETURNED}:
        return "utter_change_delivered", exchange
    return "utter_change_too_late", [button("Where is it?", "track_order", **about), *exchange]
