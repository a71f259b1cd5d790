"""Telling the customer where an order stands, and offering orders to choose from."""

from __future__ import annotations

from collections.abc import Sequence

from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event
from actions.orders.order_choice import CURRENT_ORDER
from actions.orders.order_lists import MAX_BUTTONS, order_buttons, order_card, order_lines, orders_card
from actions.orders.order_steps import next_steps
from actions.orders.order_words import in_words
from actions.turn import Turn
from crm_store import catalogue, clock, delivery, orders
from crm_store.models import DeliveryMethod, Location, Order


async def tell_order(
    turn: Turn, order: Order, say: CollectingDispatcher, *, discreet: bool = False
) -> list[Event]:
    """Say where the order stands and remember it as the one spoken of.

    `discreet`: to someone who proved this order only.
    """
    state = delivery.describe(order, clock.now())
    words = in_words(order, state, store=await _store_of(turn, order), discreet=discreet)
    say.utter_message(
        response=words.response,
        buttons=next_steps(order, state),
        json_message=order_card(order, state, discreet=discreet),
        **words.variables,
    )
    return [SlotSet(CURRENT_ORDER, order.number)]


def offer_orders(
    found: Sequence[Order], intent: str, say: CollectingDispatcher, response: str, **variables: str
) -> None:
    """Say `response` with a list of orders (variable `orders`), each with a button that says `intent`."""
    shown = found[:MAX_BUTTONS]
    say.utter_message(
        response=response,
        buttons=order_buttons(shown, intent),
        json_message=orders_card(shown),
        orders=order_lines(shown),
        **variables,
    )


async def tell_unknown(
    turn: Turn, customer_id: int, number: str, intent: str, say: CollectingDispatcher
) -> None:
    """The number is none of the customer's orders; offer the newest ones."""
    recent = await orders.list_orders(turn.session, customer_id=customer_id, limit=MAX_BUTTONS)
    if recent:
        offer_orders(recent, intent, say, "utter_order_unknown_recent", number=number)
    else:
        say.utter_message(response="utter_order_unknown", number=number)


async def _store_of(turn: Turn, order: Order) -> Location | None:
    """The store where the order is collected."""
    if order.delivery_method is not DeliveryMethod.PICKUP:
        return None
    places = await catalogue.list_locations(turn.session)
    return next(
        (place for place in places if order.ship_address and order.ship_address in place.address), None
    )
