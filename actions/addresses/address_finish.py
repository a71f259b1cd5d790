"""The end of the address form: sends the order elsewhere, or says why that cannot be done."""

from __future__ import annotations

from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.addresses.address import COUNTRIES, Address
from actions.addresses.address_form import ADDRESS, CONFIRM, ORDER, AddressForm, can_be_readdressed
from actions.addresses.address_questions import on_label
from actions.base import Event, ShopAction
from actions.form import cleared
from actions.heard import Heard
from actions.language.phrases import Button, button
from actions.orders.order_choice import CURRENT_ORDER
from actions.orders.order_forms import left_undone
from actions.orders.order_steps import HUMAN
from actions.orders.order_words import everything
from actions.turn import Turn
from crm_store import orders
from crm_store.errors import NotAllowed, NotFound
from crm_store.models import DeliveryMethod, Order, OrderStatus

_OVER: Final = frozenset({OrderStatus.DELIVERED, OrderStatus.PARTIALLY_RETURNED, OrderStatus.RETURNED})


class FinishAddress(ShopAction):
    """Changes the address that was confirmed."""

    action_name: ClassVar[str] = "action_address_finish"

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Act on what the form found out."""
        undone = left_undone(AddressForm, turn, heard, tracker)
        if undone is not None or turn.verified_id is None:
            return undone or []
        number = tracker.get_slot(ORDER)
        address = Address(**(tracker.get_slot(ADDRESS) or {}))
        if not number:
            await _tell_no_order(turn, turn.verified_id, say)
            return cleared(AddressForm)
        try:
            order = await orders.get_order(turn.session, customer_id=turn.verified_id, number=number)
            await _finish(turn, order, address, say, sure=tracker.get_slot(CONFIRM))
        except NotFound:
            say.utter_message(response="utter_order_unknown", number=number)
        return [*cleared(AddressForm), SlotSet(CURRENT_ORDER, number)]


async def _tell_no_order(turn: Turn, customer_id: int, say: CollectingDispatcher) -> None:
    any_order = await orders.latest_order(turn.session, customer_id=customer_id)
    say.utter_message(response="utter_address_none" if any_order else "utter_no_orders")


async def _finish(
    turn: Turn, order: Order, address: Address, say: CollectingDispatcher, *, sure: bool | None
) -> None:
    if sure is False:
        say.utter_message(
            response="utter_address_kept", number=order.number, address=Address.of(order).in_words()
        )
    elif not can_be_readdressed(order):
        _tell_why_not(order, say)
    elif address.is_abroad(order):
        country = COUNTRIES.get(address.country, address.country)
        say.utter_message(
            response="utter_address_abroad", number=order.number, country=country, buttons=[HUMAN]
        )
    elif sure:
        await _change(turn, order, address, say)


async def _change(turn: Turn, order: Order, address: Address, say: CollectingDispatcher) -> None:
    try:
        changed = await orders.change_address(
            turn.session,
            customer_id=order.customer_id,
            number=order.number,
            address_line=address.line,
            postcode=address.postcode,
            city=address.city,
            name=address.name or None,
        )
    except NotAllowed:
        # Packed or cancelled by somebody else in this very moment.
        _tell_why_not(order, say)
        return
    label = on_label(changed, address)
    card = {"type": "address", "number": changed.number, "address": label}
    say.utter_message(response="utter_address_done", number=changed.number, address=label, json_message=card)


def _tell_why_not(order: Order, say: CollectingDispatcher) -> None:
    response, buttons = _instead(order)
    say.utter_message(response=response, number=order.number, items=everything(order), buttons=buttons)


def _instead(order: Order) -> tuple[str, list[Button]]:
    """The response that says what can be done instead, and its buttons."""
    about = {"order_number": order.number}
    track = button("Where is it?", "track_order", **about)
    if order.delivery_method is DeliveryMethod.DIGITAL:
        return "utter_address_digital", []
    if order.status is OrderStatus.CANCELLED:
        return "utter_address_cancelled", []
    if order.status in _OVER:
        return "utter_address_delivered", [button("I don't have it", "report_missing_parcel", **about)]
    if order.status is OrderStatus.LOST:
        return "utter_address_lost", [HUMAN]
    if order.delivery_method is DeliveryMethod.PICKUP:
        return "utter_address_pickup", [track, HUMAN]
    packed = order.status is OrderStatus.PACKED
    return "utter_address_packed" if packed else "utter_address_shipped", [track, HUMAN]
