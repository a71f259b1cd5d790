"""Cancelling orders: which, the confirmation, and what is said when it cannot be done."""

from __future__ import annotations

from typing import Any

import pytest

from actions.form import OUTCOME
from actions.heard import PENDING
from actions.orders.cancel import CONFIRM, ORDERS, AskCancelConfirm, AskCancelOrder, CancelForm
from actions.orders.cancel_finish import FinishCancel
from crm_store import orders, refunds
from crm_store.clock import SHOP_ZONE
from crm_store.models import Customer, DeliveryMethod, OrderStatus, PaymentStatus
from crm_store.session import Store
from tests.actions.form_play import FormPlay
from tests.actions.order_cases import UNPAID, order, signed_in
from tests.actions.stage import Stage
from tests.crm_store.builders import days_ago, make_customer


def play_on(stage: Stage) -> FormPlay:
    questions = {ORDERS: AskCancelOrder(), CONFIRM: AskCancelConfirm()}
    return FormPlay(stage, CancelForm(), questions, FinishCancel())


async def begin(store: Store) -> tuple[FormPlay, Customer]:
    stage, customer = await signed_in(store)
    return play_on(stage), customer


async def status_of(store: Store, customer: Customer, number: str) -> OrderStatus:
    async with store.reading() as session:
        return (await orders.get_order(session, customer_id=customer.id, number=number)).status


async def test_the_only_open_order_is_cancelled_after_a_yes_and_refunded(store: Store) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001")
    asked = await play.say("cancel my order", "cancel_order")
    assert "A-10001" in asked.text
    assert "Skylark Rain Jacket" in asked.text
    assert "€100.00 goes back to your card" in asked.text
    done = await play.say("yes", "affirm")
    assert "A-10001 is cancelled. €100.00 goes back to your card" in done.text
    assert "5 working days" in done.text
    assert not play.open
    assert await status_of(store, customer, "A-10001") is OrderStatus.CANCELLED
    async with store.reading() as session:
        refunded = await refunds.list_refunds(session, customer_id=customer.id)
    assert [refund.amount_cents for refund in refunded] == [10_000]
    assert play.stage.slots["current_order"] == "A-10001"
    assert play.stage.slots[ORDERS] is None


async def test_a_no_changes_nothing(store: Store) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001")
    await play.say("cancel my order", "cancel_order")
    kept = await play.say("no, leave it", "deny")
    assert "Nothing was cancelled" in kept.text
    assert await status_of(store, customer, "A-10001") is OrderStatus.PAID


@pytest.mark.parametrize(
    ("words", "picked"),
    [
        ("the second one", "A-10001"),
        ("the tent", "A-10002"),
        ("a10001", "A-10001"),
        ("2", "A-10001"),
        ("the one from yesterday", "A-10002"),
        ("the latest", "A-10002"),
        ("the older one", "A-10001"),
    ],
)
async def test_several_orders_are_offered_and_can_be_picked_in_words(
    store: Store, words: str, picked: str
) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001", placed_at=days_ago(2))
    await order(store, customer, "A-10002", title="Cairn Tent, orange", placed_at=days_ago(1))
    await order(store, customer, "A-10003", OrderStatus.SHIPPED)
    asked = await play.say("please cancel an order", "cancel_order")
    assert list(asked.buttons.values()) == [
        '/cancel_order{"order_number": "A-10002"}',
        '/cancel_order{"order_number": "A-10001"}',
    ]
    assert "A-10003" not in asked.text
    dated = {"date": f"{days_ago(1).astimezone(SHOP_ZONE):%Y-%m-%d}"} if "yesterday" in words else {}
    assert f"Shall I cancel {picked}" in (await play.say(words, **dated)).text


async def test_the_one_that_was_not_paid(store: Store) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001")
    await order(store, customer, "A-10002", OrderStatus.PAYMENT_FAILED, **UNPAID)
    await play.say("cancel my order", "cancel_order")
    asked = await play.say("the one where the payment failed")
    assert "Shall I cancel A-10002" in asked.text
    assert "nothing is charged" in asked.text


async def test_will_i_get_my_money_back_is_answered_by_the_confirmation(store: Store) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001")
    await play.say("cancel my order", "cancel_order")
    again = await play.say("will I get my money back?", "request_refund")
    assert "€100.00 goes back to your card" in again.text
    assert play.open


async def test_both_are_confirmed_together_and_cancelled(store: Store) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001")
    await order(store, customer, "A-10002", OrderStatus.PAYMENT_FAILED, **UNPAID)
    asked = await play.say("cancel both of my orders", "cancel_order")
    assert "€100.00 goes back to your card" in asked.text
    assert "nothing was paid yet" in asked.text
    done = await play.say("yes please, cancel both", "cancel_order")
    assert "A-10001 is cancelled" in done.text
    assert "A-10002 is cancelled. Nothing was charged" in done.text


async def test_it_means_the_order_spoken_of_last(store: Store) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001")
    await order(store, customer, "A-10002")
    play.stage.slots["current_order"] = "A-10001"
    assert "Shall I cancel A-10001" in (await play.say("cancel it", "cancel_order")).text


async def test_a_changed_mind_at_the_confirmation(store: Store) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001")
    await order(store, customer, "A-10002")
    await play.say("cancel a-10001", "cancel_order", order_number="a-10001")
    assert "Shall I cancel A-10002" in (await play.say("no, the other one", "deny")).text
    again = await play.say("actually A-10001", "inform", order_number="A-10001")
    assert "Shall I cancel A-10001" in again.text
    assert "A-10001 is cancelled" in (await play.say("yes cancel it", "cancel_order")).text
    assert await status_of(store, customer, "A-10002") is OrderStatus.PAID


@pytest.mark.parametrize(
    ("fields", "words", "button"),
    [
        ({"status": OrderStatus.PACKED}, "already packed", "return_item"),
        ({"status": OrderStatus.SHIPPED}, "refuse the parcel", "return_item"),
        ({"status": OrderStatus.DELIVERED}, "send it back within 30 days", "return_item"),
        ({"status": OrderStatus.DELIVERED, "placed_at": days_ago(90)}, "more than 30 days ago", ""),
        ({"status": OrderStatus.LOST}, "was lost", "talk_to_human"),
        ({"status": OrderStatus.RETURNED}, "already sent", "track_return"),
        ({"status": OrderStatus.CANCELLED}, "already cancelled. The money is on its way", "track_refund"),
        (
            {"status": OrderStatus.CANCELLED, "payment_status": PaymentStatus.FAILED},
            "already cancelled. It had not been paid",
            "",
        ),
        (
            {"status": OrderStatus.PAID, "delivery_method": DeliveryMethod.DIGITAL},
            "is digital",
            "talk_to_human",
        ),
        (
            {"status": OrderStatus.PACKED, "delivery_method": DeliveryMethod.PICKUP},
            "needn't collect",
            "return",
        ),
    ],
)
async def test_too_late_says_why_and_what_instead(
    store: Store, fields: dict[str, Any], words: str, button: str
) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001", **fields)
    said = await play.say("cancel A-10001", "cancel_order", order_number="A-10001")
    assert words in said.text
    assert not play.open
    assert not button or any(button in payload for payload in said.buttons.values())
    assert await status_of(store, customer, "A-10001") is fields["status"]


async def test_packed_while_the_customer_thought_about_it(store: Store) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001")
    await play.say("cancel my order", "cancel_order")
    async with store.unit() as session:
        taken = await orders.take_order(session, customer_id=customer.id, number="A-10001")
        taken.status = OrderStatus.PACKED
    said = await play.say("yes", "affirm")
    assert "already packed" in said.text
    assert await status_of(store, customer, "A-10001") is OrderStatus.PACKED


async def test_someone_elses_order_is_not_found(store: Store) -> None:
    play, customer = await begin(store)
    async with store.unit() as session:
        other = await make_customer(session, "C-0002")
    await order(store, other, "A-10009")
    await order(store, customer, "A-10001")
    said = await play.say("cancel A-10009", "cancel_order", order_number="A-10009")
    assert "I can't find A-10009 among your orders" in said.text
    assert await status_of(store, other, "A-10009") is OrderStatus.PAID


async def test_nothing_to_cancel(store: Store) -> None:
    play, customer = await begin(store)
    assert "don't see any order" in (await play.say("cancel my order", "cancel_order")).text
    await order(store, customer, "A-10001", OrderStatus.SHIPPED)
    said = await play.say("cancel my order", "cancel_order")
    assert "A-10001" in said.text
    assert "already left us" in said.text


async def test_a_stranger_proves_first_and_the_form_keeps_what_it_has(store: Store) -> None:
    play = play_on(Stage(store))
    said = await play.say("cancel A-10001", "cancel_order", order_number="A-10001")
    assert said.text == ""
    assert said.followup == "verification_form"
    waiting = play.stage.slots[PENDING]
    assert waiting["action"] == "cancel_form"
    assert waiting["entities"] == [["order_number", "A-10001"]]


async def test_two_misses_bring_a_human_and_a_question_steps_aside(store: Store) -> None:
    play, customer = await begin(store)
    await order(store, customer, "A-10001")
    await play.say("cancel my order", "cancel_order")
    for text, intent in [
        ("when do you open on Sunday", "store_hours"),
        ("no, send it to another address instead", "change_delivery_address"),
        ("where is A-10001 now?", "track_order"),
    ]:
        assert (await play.say(text, intent)).events == []
    missed = await play.say("blorp", "nlu_fallback")
    assert "Shall I cancel A-10001" in missed.text
    stuck = await play.say("blarp", "nlu_fallback")
    assert stuck.followup == "action_handoff"
    assert play.stage.slots[OUTCOME] is None
    assert await status_of(store, customer, "A-10001") is OrderStatus.PAID
