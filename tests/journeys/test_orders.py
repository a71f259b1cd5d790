"""Orders in whole conversations: where they are, cancelling, sending elsewhere, changing what is in them."""

from __future__ import annotations

from crm_store import orders
from crm_store.models import Order, OrderStatus
from tests.conversation import Talk


async def order_of(talk: Talk, customer_id: int, number: str) -> Order:
    async with talk.store.reading() as session:
        return await orders.get_order(session, customer_id=customer_id, number=number)


async def test_a_stranger_proves_one_order_and_sees_its_status_only(talk: Talk) -> None:
    assert "order number" in await talk.say("where is my order"), talk
    assert "e-mail address" in await talk.say("A-10922"), talk
    said = await talk.say("niamh.gallagher@example.com")
    assert "A-10922" in said, talk
    assert "waits to be packed" in said, talk
    assert "Rosebank" not in said, talk
    other = await talk.say("where is A-10780")
    assert "e-mail address" in other, talk
    assert "Lapwing" not in other, talk


async def test_a_wrong_proof_tells_nothing(talk: Talk) -> None:
    await talk.say("where is my order A-10922")
    said = await talk.say("somebody.else@example.com")
    assert "can't find an order with that number and that e-mail address" in said, talk
    assert "Liffey" not in said, talk


async def test_two_open_orders_one_of_them_late(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    assert "more than one order" in await talk.say("where is my parcel"), talk
    said = await talk.press("A-10780")
    assert "days late" in said, talk
    assert "Arrived at the depot" in said, talk
    assert "Talk to a human" in said.buttons, talk


async def test_a_typed_choice_is_as_good_as_a_pressed_one(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    await talk.say("where is my parcel")
    assert "A-10780" in await talk.say("the second one"), talk


async def test_the_neighbour_is_named(talk: Talk) -> None:
    await talk.sign_in("C-0007")
    said = await talk.say("what is the status of A-10801")
    assert "handed to a neighbour" in said, talk
    assert "Kearns, number 14" in said, talk


async def test_an_order_in_several_parts(talk: Talk) -> None:
    await talk.sign_in("C-0007")
    said = await talk.say("where is order A-10843")
    assert "comes in several parts" in said, talk


async def test_what_waits_in_the_store(talk: Talk) -> None:
    await talk.sign_in("C-0003")
    said = await talk.say("where is order A-10857")
    assert "Wanderlark Galway, 11 Quay Street" in said, talk


async def test_someone_elses_number_is_not_found(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    said = await talk.say("where is my order A-10801")
    assert "can't find A-10801 among your orders" in said, talk
    assert "neighbour" not in said, talk


async def test_cancelling_with_a_code_a_question_in_between_and_it(talk: Talk) -> None:
    await talk.say("cancel order A-10922 please")
    await talk.say("niamh.gallagher@example.com")
    said = await talk.say(await talk.code_from_mail())
    assert "Shall I cancel A-10922" in said, talk
    assert "€129.00 goes back to your card" in said, talk
    aside = await talk.say("which payment methods do you accept?")
    assert "Shall I cancel A-10922" in aside, talk
    assert "A-10922 is cancelled" in await talk.say("yes please"), talk
    again = await talk.say("cancel it")
    assert "already cancelled" in again, talk


async def test_cancelling_nothing_after_all(talk: Talk) -> None:
    customer_id = await talk.sign_in("C-0001")
    await talk.say("I want to cancel my order")
    said = await talk.say("no, never mind")
    assert "nothing was" in said, talk
    assert (await order_of(talk, customer_id, "A-10922")).status is OrderStatus.PAID


async def test_cancelling_too_late_offers_the_return(talk: Talk) -> None:
    customer_id = await talk.sign_in("C-0005")
    said = await talk.say("cancel order A-10891")
    assert "already packed" in said, talk
    assert "refuse the parcel" in said, talk
    assert "Send it back" in said.buttons, talk
    assert (await order_of(talk, customer_id, "A-10891")).status is OrderStatus.PACKED


async def test_cancelling_one_of_two_and_another_wish_instead(talk: Talk) -> None:
    await talk.sign_in("C-0005")
    assert len((await talk.say("please cancel my order")).buttons) == 2, talk
    assert "Shall I cancel A-10917" in await talk.press("A-10917"), talk
    said = await talk.say("change the delivery address of my order")
    assert "Where should it go instead" in said, talk


async def test_an_address_in_two_steps_and_a_correction(talk: Talk) -> None:
    customer_id = await talk.sign_in("C-0001")
    assert "27 Rosebank Terrace" in await talk.say("my order has the wrong delivery address"), talk
    assert "Eircode" in await talk.say("5 Oak Road, Naas"), talk
    assert "5 Oak Road, Naas, W91 X4Y5" in await talk.say("w91x4y5"), talk
    assert "7 Oak Road" in await talk.say("no, it's number 7"), talk
    assert "now goes to" in await talk.press("Yes"), talk
    made = await order_of(talk, customer_id, "A-10922")
    assert (made.ship_address, made.ship_city, made.ship_postcode) == ("7 Oak Road", "Naas", "W91 X4Y5")


async def test_an_address_after_packing(talk: Talk) -> None:
    await talk.sign_in("C-0005")
    said = await talk.say("send order A-10891 to another address")
    assert "can't change the label" in said, talk
    assert "Talk to a human" in said.buttons, talk


async def test_what_is_no_address_twice_brings_a_human(talk: Talk) -> None:
    customer_id = await talk.sign_in("C-0001")
    await talk.say("change the delivery address for my order")
    assert "Where should it go instead" in await talk.say("the blue house behind the church"), talk
    assert "colleague" in await talk.say("the one with the green door"), talk
    assert (await order_of(talk, customer_id, "A-10922")).ship_address == "27 Rosebank Terrace"


async def test_an_address_left_as_it_was(talk: Talk) -> None:
    customer_id = await talk.sign_in("C-0001")
    await talk.say("send A-10922 to 12 Main Street, Cork, T12 X7Y2")
    assert "A-10922 still goes to" in await talk.say("no"), talk
    assert (await order_of(talk, customer_id, "A-10922")).ship_city == "Dublin"


async def test_changing_an_order_leads_to_a_cancellation(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    assert "isn't packed yet" in await talk.say("I want to change my order"), talk
    assert "Shall I cancel A-10922" in await talk.press("Cancel and reorder"), talk
    assert "A-10922 is cancelled" in await talk.press("Yes"), talk


async def test_changing_a_packed_order(talk: Talk) -> None:
    await talk.sign_in("C-0005")
    said = await talk.say("can I add a mug to order A-10891?")
    assert "already packed" in said, talk
    assert "Exchange an item" in said.buttons, talk


async def test_a_bare_number_shows_the_order(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    assert "waits to be packed" in await talk.say("10922"), talk
    assert "Shall I cancel A-10922" in await talk.say("cancel it"), talk
