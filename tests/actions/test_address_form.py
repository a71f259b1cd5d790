"""Sending an order elsewhere: which one, where to, the confirmation, and what instead when it is too late."""

from __future__ import annotations

from typing import Any

import pytest

from actions.addresses.address_finish import FinishAddress
from actions.addresses.address_form import ADDRESS, CONFIRM, ORDER, AddressForm
from actions.addresses.address_questions import AskAddressConfirm, AskAddressOrder, AskNewAddress
from crm_store import orders
from crm_store.models import Customer, DeliveryMethod, Order, OrderStatus
from crm_store.session import Store
from tests.actions.form_play import FormPlay
from tests.actions.order_cases import HOME, order, signed_in
from tests.actions.stage import Stage
from tests.crm_store.builders import make_customer

WISH = "change_delivery_address"


def play_on(stage: Stage) -> FormPlay:
    questions = {ORDER: AskAddressOrder(), ADDRESS: AskNewAddress(), CONFIRM: AskAddressConfirm()}
    return FormPlay(stage, AddressForm(), questions, FinishAddress())


async def begin(store: Store) -> tuple[FormPlay, Customer]:
    stage, customer = await signed_in(store)
    return play_on(stage), customer


async def sent_to(store: Store, customer: Customer, number: str) -> Order:
    async with store.reading() as session:
        return await orders.get_order(session, customer_id=customer.id, number=number)


async def test_a_whole_address_is_confirmed_and_written(store: Store) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001")
    asked = await play.say("wrong address on my order", WISH)
    assert "Ada Byrne, 14 Quay Street, Galway, H91 X2Y3, Ireland at the moment" in asked.text
    sure = await play.say("12 Main Street, Cork, T12 X7Y2")
    assert "Ada Byrne, 12 Main Street, Cork, T12 X7Y2, Ireland" in sure.text
    done = await play.say("yes", "affirm")
    assert "A-10001 now goes to Ada Byrne, 12 Main Street, Cork, T12 X7Y2" in done.text
    made = await sent_to(store, customer, "A-10001")
    assert (made.ship_name, made.ship_address, made.ship_postcode) == (
        "Ada Byrne",
        "12 Main Street",
        "T12 X7Y2",
    )
    assert play.stage.slots[ADDRESS] is None


async def test_address_and_order_may_come_with_the_wish(store: Store) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001")
    await order(store, customer, "A-10002")
    wish = "send A-10001 to Bob Daly, 5 Green Lane, Naas, W91 X4Y5 please"
    sure = await play.say(wish, WISH, order_number="A-10001", color="Green")
    assert "A-10001" in sure.text
    assert "Bob Daly, 5 Green Lane, Naas, W91 X4Y5, Ireland" in sure.text


async def test_what_is_missing_is_asked_for_and_an_eircode_may_be_unknown(store: Store) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001")
    await play.say("deliver it somewhere else", WISH)
    assert "town" in (await play.say("12 Main Street")).text
    rest = await play.say("Cork")
    assert "Eircode or postcode" in rest.text
    sure = await play.say("", "inform", code="none")
    assert "12 Main Street, Cork, Ireland" in sure.text
    await play.say("yes", "affirm")
    assert (await sent_to(store, customer, "A-10001")).ship_postcode == ""
    assert "I don't know it" in rest.buttons


async def test_abroad_a_postcode_is_needed(store: Store) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001", ship_country="DE", ship_city="Berlin", ship_postcode="10119")
    await play.say("deliver it somewhere else", WISH)
    rest = await play.say("Torstraße 5, Hamburg")
    assert rest.buttons == {}
    assert "Eircode or postcode" in (await play.say("I don't know it")).text
    assert "Torstraße 5, Hamburg, 20095" in (await play.say("20095")).text


async def test_a_house_number_alone_corrects_the_address_and_a_no_keeps_the_old_one(store: Store) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001")
    await play.say("the house number is missing", WISH)
    assert "41 Quay Street" in (await play.say("it should be 41")).text
    assert "43 Quay Street" in (await play.say("no, 43", "deny")).text
    kept = await play.say("no", "deny")
    assert "nothing was changed: A-10001 still goes to Ada Byrne, 14 Quay Street" in kept.text
    assert (await sent_to(store, customer, "A-10001")).ship_address == "14 Quay Street"


async def test_no_address_is_asked_again_then_a_human_helps(store: Store) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001")
    await play.say("change the address", WISH)
    again = await play.say("the blue house behind the church")
    assert "Where should it go instead" in again.text
    assert (await play.say("you know, the old one")).followup == "action_handoff"


async def test_several_orders_one_of_them_for_the_store(store: Store) -> None:
    play, customer = await begin(store)
    for number in ("A-10001", "A-10002"):
        await order(store, customer, number)
    await order(store, customer, "A-10003", delivery_method=DeliveryMethod.PICKUP)
    asked = await play.say("change an address please", WISH)
    assert len(asked.buttons) == 2
    assert "Where should it go" in (await play.say("A-10002", order_number="A-10002")).text
    changed_mind = await play.say("no, A-10001 I mean", "deny", order_number="A-10001")
    assert "A-10001 goes to" in changed_mind.text


async def test_home_is_the_address_of_the_account(store: Store) -> None:
    play, customer = await begin(store)
    async with store.unit() as session:
        known = await session.merge(customer)
        known.address_line, known.postcode, known.city, known.country = (
            "1 Elm Park",
            "V94 A1B2",
            "Limerick",
            "IE",
        )
    await order(store, customer, "A-10001")
    await play.say("wrong address", WISH)
    assert "1 Elm Park, Limerick, V94 A1B2" in (await play.say("to my home address")).text


@pytest.mark.parametrize("text", ["10 Downing Street, London, UK", "10 Downing Street, London SW1A 2AA"])
async def test_another_country_needs_a_human(store: Store, text: str) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001")
    await play.say("wrong address", WISH)
    said = await play.say(text)
    assert "United Kingdom" in said.text
    assert "/talk_to_human" in said.buttons.values()
    assert (await sent_to(store, customer, "A-10001")).ship_city == "Galway"


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({"status": OrderStatus.PACKED}, "can't change the label"),
        ({"status": OrderStatus.SHIPPED}, "collecting it at the depot"),
        ({"status": OrderStatus.DELIVERED}, "already been delivered"),
        ({"status": OrderStatus.CANCELLED}, "was cancelled"),
        ({"status": OrderStatus.LOST}, "was lost"),
        ({"status": OrderStatus.PAID, "delivery_method": DeliveryMethod.PICKUP}, "collect it in the store"),
        ({"status": OrderStatus.PAID, "delivery_method": DeliveryMethod.DIGITAL}, "comes by e-mail"),
    ],
)
async def test_too_late_says_what_instead(store: Store, fields: dict[str, Any], words: str) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001", **fields)
    said = await play.say("change the address of A-10001", WISH, order_number="A-10001")
    assert words in said.text
    assert not play.open


async def test_someone_elses_order_is_not_found_and_stays(store: Store) -> None:
    play, _ = await begin(store)
    async with store.unit() as session:
        other = await make_customer(session, "C-0002")
    await order(store, other, "A-10009")
    said = await play.say("send A-10009 to 12 Main Street, Cork, T12 X7Y2", WISH, order_number="A-10009")
    assert "I can't find A-10009" in said.text
    assert "Quay" not in said.text
    assert (await sent_to(store, other, "A-10009")).ship_address == HOME["ship_address"]


async def test_a_stranger_proves_first(store: Store) -> None:
    said = await play_on(Stage(store)).say("change my address", WISH)
    assert said.followup == "verification_form"
