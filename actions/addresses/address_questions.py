"""The questions of the address form."""

from __future__ import annotations

from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.addresses.address import Address
from actions.addresses.address_form import ADDRESS, ORDER, readdressable
from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import button, listed
from actions.orders.order_choice import CURRENT_ORDER
from actions.orders.order_telling import offer_orders
from actions.orders.order_words import everything
from actions.turn import Turn
from crm_store import orders
from crm_store.models import Order


class AskAddressOrder(ShopAction):
    """Asks which order, with those to press that can still go elsewhere."""

    action_name: ClassVar[str] = "action_ask_address_order"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        if turn.verified_id is None:
            return self.ask_who(say, tracker, heard)
        found = await readdressable(turn, turn.verified_id)
        typed = Address(**(tracker.get_slot(ADDRESS) or {}))
        response = "utter_which_order_to_readdress" if typed == Address() else "utter_which_order_goes_there"
        offer_orders(found, "change_delivery_address", say, response, address=typed.in_words())
        return []


class AskNewAddress(ShopAction):
    """Asks for the address, or for what is missing of it."""

    action_name: ClassVar[str] = "action_ask_new_address"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        if turn.verified_id is None:
            return self.ask_who(say, tracker, heard)
        number = tracker.get_slot(ORDER)
        order = await orders.get_order(turn.session, customer_id=turn.verified_id, number=number)
        typed = Address(**(tracker.get_slot(ADDRESS) or {}))
        if typed == Address():
            say.utter_message(
                response="utter_new_address", number=order.number, current=Address.of(order).in_words()
            )
            return [SlotSet(CURRENT_ORDER, order.number)]
        # In Ireland, a parcel also arrives without its Eircode.
        optional = typed.missing == ("Eircode or postcode",) and order.ship_country == "IE"
        say.utter_message(
            response="utter_new_address_rest",
            number=order.number,
            address=typed.in_words(),
            missing=listed(typed.missing),
            buttons=[button("I don't know it", "inform", code="none")] if optional else [],
        )
        return []


class AskAddressConfirm(ShopAction):
    """Shows the whole new address and asks for a yes."""

    action_name: ClassVar[str] = "action_ask_address_confirm"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        if turn.verified_id is None:
            return self.ask_who(say, tracker, heard)
        number = tracker.get_slot(ORDER)
        order = await orders.get_order(turn.session, customer_id=turn.verified_id, number=number)
        say.utter_message(
            response="utter_address_sure",
            number=order.number,
            items=everything(order),
            address=on_label(order, Address(**tracker.get_slot(ADDRESS))),
            buttons=[button("Yes, send it there", "affirm"), button("No, leave it", "deny")],
        )
        return [SlotSet(CURRENT_ORDER, order.number)]


def on_label(order: Order, typed: Address) -> str:
    """The new address as it will stand on the parcel: what was not typed stays as it is."""
    return typed.over(Address(name=order.ship_name, country=order.ship_country)).in_words()
