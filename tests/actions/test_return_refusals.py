"""What may not come back: the rule is named, what can be done instead is offered, and the rest goes on."""

from __future__ import annotations

from actions.language.phrases import day
from crm_store import orders
from crm_store.models import Order, OrderStatus, PaymentStatus
from crm_store.returns import window_ends
from crm_store.session import Store
from tests.actions.return_play import returning
from tests.actions.stage import Stage
from tests.crm_store.builders import Line, make_customer, make_delivered, make_order


async def delivered_at(shop: Store, play_number: str, number: str) -> Order:
    stage = Stage(shop)
    customer_id = await stage.sign_in(play_number)
    async with shop.reading() as session:
        return await orders.get_order(session, customer_id=customer_id, number=number)


async def test_the_window_is_closed_since_a_named_day(shop: Store) -> None:
    play = await returning(shop, "C-0006")
    order = await delivered_at(shop, "C-0006", "A-10563")
    refused = await play.say("return the cushions", "return_item", product="cushions")
    arrived = order.shipments[0].delivered_at
    assert arrived is not None
    assert f"ended on {day(window_ends(arrived))}" in refused.text
    assert "guarantee" in refused.text
    assert "Talk to a human" in refused.buttons
    assert not play.open


async def test_the_last_day_still_counts(shop: Store) -> None:
    play = await returning(shop, "C-0006")
    items = await play.say("return a10568", "return_item", order_number="a10568")
    assert "Connemara Roll-Neck Jumper" in items.text
    assert play.open


async def test_an_order_of_everything_that_may_not_come_back(shop: Store) -> None:
    play = await returning(shop, "C-0006")
    partly = await play.say("I'm returning everything from a10772", "return_item", order_number="a10772")
    for words in (
        "Corrib Cord Trousers",
        "final sale",
        "Goldcrest Merino Briefs",
        "hygiene",
        "E-Book",
        "digital",
    ):
        assert words in partly.text
    assert "The rest is no problem: Inis Wool Beanie, red" in partly.text
    assert "What's the reason for sending back Inis Wool Beanie, red?" in partly.text
    await play.say("too big")
    confirm = await play.say("paypal")
    assert "€25.00 back to your PayPal account" in confirm.text
    assert "Corrib" not in confirm.text


async def test_final_sale_may_come_back_when_it_is_damaged(shop: Store) -> None:
    play = await returning(shop, "C-0003")
    refused = await play.say(
        "the half zip is not my style", "return_item", product="half zip", reason="not my style"
    )
    assert "final sale" in refused.text
    how = await play.press("damaged", refused)
    assert "€45.00" in how.text
    assert "(damaged or faulty)" in (await play.say("to my card")).text


async def test_saying_that_it_is_damaged_is_enough(shop: Store) -> None:
    play = await returning(shop, "C-0003")
    await play.say("return the half zip", "return_item", product="half zip")
    assert "€45.00" in (await play.say("it came with a hole", "report_damaged_item")).text


async def test_a_reason_that_changes_back_is_refused_after_all(shop: Store) -> None:
    play = await returning(shop, "C-0003")
    await play.say("the half zip is torn", "return_item", product="half zip", reason="torn")
    refused = await play.say("actually I just don't like it")
    assert "final sale" in refused.text
    assert "What would you like to send back" in refused.text


async def test_hygiene_goods_may_come_back_when_they_are_damaged(shop: Store) -> None:
    play = await returning(shop, "C-0004")
    how = await play.say("the boxer shorts are torn", "return_item", product="boxer shorts", reason="torn")
    assert "€36.00" in how.text


async def test_what_is_on_its_way_can_be_tracked(shop: Store) -> None:
    play = await returning(shop, "C-0004")
    refused = await play.say("return the tumbler", "return_item", product="tumbler")
    assert "not with you yet" in refused.text
    assert refused.buttons["Where is it?"] == '/track_order{"order_number": "A-10864"}'


async def test_what_is_not_packed_can_be_cancelled(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    which = await play.say("I want my money back", "request_refund")
    assert any(title.startswith("A-10922") for title in which.buttons)
    instead = await play.press("A-10922", which)
    assert "cancel it free of charge" in instead.text
    assert instead.buttons["Cancel this order"] == '/cancel_order{"order_number": "A-10922"}'
    assert not play.open


async def test_a_refund_that_is_there_already_is_told(shop: Store) -> None:
    play = await returning(shop, "C-0004")
    told = await play.say("refund A-10678 please", "request_refund", order_number="A-10678")
    assert "€149.00" in told.text
    assert "R-5057" in told.text
    assert "Return something else" in told.buttons
    assert not play.open


async def test_a_refund_of_what_may_still_come_back_goes_on(shop: Store) -> None:
    play = await returning(shop, "C-0004")
    asked = await play.say("refund the wagtail pack", "request_refund", product="wagtail pack")
    assert "What's the reason for sending back Wagtail Running Pack, blue?" in asked.text
    how = await play.say("useless thing")
    assert list(how.buttons) == ["€89.00 back", "€97.90 store credit"]


async def test_a_cancelled_order_has_its_refund(shop: Store) -> None:
    play = await returning(shop, "C-0005")
    told = await play.say("refund a10865", "request_refund", order_number="a10865")
    assert "€71.00 for order A-10865" in told.text


async def test_a_lost_parcel_is_not_sent_back(shop: Store) -> None:
    play = await returning(shop, "C-0007")
    told = await play.say("return my sleeping bag", "return_item", product="sleeping bag")
    assert "was lost on its way" in told.text
    assert "Report it missing" in told.buttons


async def test_what_was_returned_before_is_not_returned_twice(shop: Store) -> None:
    play = await returning(shop, "C-0004")
    told = await play.say("return the skylark jacket", "return_item", product="skylark jacket")
    assert "there's a return for that already" in told.text
    assert "Return status" in told.buttons


async def test_who_never_ordered_is_told_so(store: Store) -> None:
    async with store.unit() as session:
        await make_customer(session, "C-0001")
    play = await returning(store, "C-0001")
    told = await play.say("return something", "return_item")
    assert "can't see an order" in told.text
    assert not play.open


async def test_what_was_not_paid_is_for_a_human(store: Store) -> None:
    async with store.unit() as session:
        customer = await make_customer(session, "C-0001")
        await make_delivered(session, customer, payment_status=PaymentStatus.PENDING)
    play = await returning(store, "C-0001")
    told = await play.say("return it", "return_item")
    assert "isn't paid" in told.text
    assert "Talk to a human" in told.buttons


async def test_an_order_cancelled_unpaid_gives_nothing_back(store: Store) -> None:
    async with store.unit() as session:
        customer = await make_customer(session, "C-0001")
        await make_order(session, customer, status=OrderStatus.CANCELLED, payment_status=PaymentStatus.FAILED)
    play = await returning(store, "C-0001")
    told = await play.say("refund A-10042", "request_refund", order_number="A-10042")
    assert "nothing was paid" in told.text


async def test_one_line_of_an_imported_history_can_be_returned(store: Store) -> None:
    async with store.unit() as session:
        customer = await make_customer(session, "C-0001")
        await make_delivered(session, customer, Line(title="CD"))
    play = await returning(store, "C-0001")
    assert (
        "What's the reason for sending back CD?" in (await play.say("return something", "return_item")).text
    )
    how = await play.say("changed my mind")
    assert list(how.buttons) == ["€100.00 back", "€110.00 store credit"]
    no_other = await play.say("exchange it", "exchange_item")
    assert "can't exchange it" in no_other.text
