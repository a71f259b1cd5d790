"""The form that sends an order elsewhere: which one, where to, and whether that is right."""

from __future__ import annotations

import re
from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.addresses.address import Address
from actions.addresses.address_answers import read_answer, read_correction
from actions.addresses.address_reading import read_address
from actions.form import GuidedForm, Slots
from actions.heard import Heard
from actions.orders import order_choice
from actions.orders.order_choice import CURRENT_ORDER, LOOKED_AT
from actions.orders.order_forms import agreement, is_aside
from actions.turn import Turn
from crm_store import customers, orders
from crm_store.models import DeliveryMethod, Order
from crm_store.models.order import CHANGEABLE

ORDER, ADDRESS, CONFIRM = "address_order", "new_address", "address_confirm"
"""Slots: the number of the order, the address as far as it is known (`Address.as_slot`), and yes or no."""

_AT_HOME: Final = re.compile(
    r"\b(?:my|the) (?:home|profile|account|usual|own|billing) address\b|\bto my (?:home|house)\W*$",
    re.IGNORECASE,
)


class AddressForm(GuidedForm):
    """Finds the order and reads the address; asks before anything changes."""

    form = "address_form"
    slots = (ORDER, ADDRESS, CONFIRM)
    reads = (CURRENT_ORDER,)
    own_intents = frozenset({"change_delivery_address", "edit_account"})

    async def volunteered(self, turn: Turn, heard: Heard, state: Slots, say: CollectingDispatcher) -> Slots:
        """The order and the address that the wish itself holds."""
        customer_id = turn.verified_id
        if customer_id is None:
            return {}
        given = read_address(heard.text)
        found = await _numbered(turn, customer_id, heard, say, given)
        if found is None:
            # A street may hold a colour or a product's name: `5 Green Lane`.
            plain = Heard(heard.text, heard.intent, heard.confidence, () if given else heard.entities)
            found = await order_choice.first_choice(
                turn, customer_id, plain, fits=can_be_readdressed, current=state[CURRENT_ORDER]
            )
        address = {ADDRESS: given.as_slot()} if given is not None and given.line else {}
        return address | ({ORDER: found[0].number} if len(found) == 1 else {})

    async def understand(
        self, turn: Turn, requested: str, heard: Heard, state: Slots, say: CollectingDispatcher
    ) -> Slots | None:
        """Which order, the address or the rest of it; at the end yes, no, or a correction."""
        customer_id = turn.verified_id
        if customer_id is None:
            return {}
        given = await _address(turn, customer_id, requested, heard, state)
        if given is None and is_aside(heard, AddressForm):
            return None
        found = await _numbered(turn, customer_id, heard, say, given)
        if found is None and requested == ORDER and given is None:
            candidates = await readdressable(turn, customer_id)
            found = await order_choice.answer(turn, customer_id, heard, candidates, any_words=True)
        elif found == [] and given is None:
            return {requested: None}
        return _filled(requested, heard, state, found or [], given)

    async def next_slot(self, turn: Turn, state: Slots) -> str | None:
        """The order, the whole address, the confirmation; nothing where the order cannot be sent there."""
        if turn.verified_id is None:
            return None
        candidates = {order.number: order for order in await readdressable(turn, turn.verified_id)}
        if not state[ORDER]:
            return ORDER if candidates else None
        order, address = candidates.get(state[ORDER]), Address(**(state[ADDRESS] or {}))
        if state[CONFIRM] is not None or order is None or address.is_abroad(order):
            return None
        return ADDRESS if address.missing else CONFIRM


def _filled(
    requested: str, heard: Heard, state: Slots, found: list[Order], given: Address | None
) -> Slots | None:
    filled: Slots = {ADDRESS: given.as_slot()} if given is not None else {}
    if len(found) == 1 and found[0].number != state[ORDER]:
        filled[ORDER] = found[0].number
    if filled:
        return {**filled, CONFIRM: None}
    sure = agreement(heard) if requested == CONFIRM else None
    if sure is None:
        # The number of the order that it is about anyway: no answer, but nothing to apologise for.
        return {requested: state[requested]} if found else None
    return {CONFIRM: sure}


async def _address(
    turn: Turn, customer_id: int, requested: str, heard: Heard, state: Slots
) -> Address | None:
    """What the message says of the address."""
    if requested == ORDER:
        return read_address(heard.text)
    typed = Address(**(state[ADDRESS] or {}))
    if _AT_HOME.search(heard.text):
        customer = await customers.get(turn.session, customer_id=customer_id)
        return Address(customer.address_line, customer.postcode, customer.city, country=customer.country)
    if requested == CONFIRM:
        return read_correction(heard.text, typed)
    order = await orders.get_order(turn.session, customer_id=customer_id, number=state[ORDER])
    text = "no postcode" if heard.entity("code") == "none" else heard.text
    given = read_answer(text, typed, Address.of(order))
    # Elsewhere a parcel does not arrive without its postcode.
    return None if given and given.no_postcode and order.ship_country != "IE" else given


async def _numbered(
    turn: Turn, customer_id: int, heard: Heard, say: CollectingDispatcher, given: Address | None
) -> list[Order] | None:
    """The orders whose numbers were named; None when no number was. The numbers of an address are none."""
    digits = re.sub(r"\D", " ", given.in_words()).split() if given else []
    entities = tuple(
        (name, value) for name, value in heard.entities if re.sub(r"\D", "", value) not in digits
    )
    meant = await order_choice.named(
        turn, customer_id, Heard(heard.text, heard.intent, heard.confidence, entities)
    )
    for number in meant.unknown:
        say.utter_message(response="utter_order_unknown", number=number)
    return meant.orders if meant.orders or meant.unknown else None


def can_be_readdressed(order: Order) -> bool:
    """Not packed yet, and sent to an address at all."""
    return order.status in CHANGEABLE and order.delivery_method in {
        DeliveryMethod.STANDARD,
        DeliveryMethod.EXPRESS,
    }


async def readdressable(turn: Turn, customer_id: int) -> list[Order]:
    """The customer's orders that can still go elsewhere, newest first."""
    recent = await orders.list_orders(turn.session, customer_id=customer_id, limit=LOOKED_AT)
    return [order for order in recent if can_be_readdressed(order)]
