"""Changing what is in an order, and a bare order number outside any form."""

from __future__ import annotations

from typing import Any

import pytest

from actions.orders.change_order import ChangeOrder
from actions.orders.order_choice import CURRENT_ORDER
from actions.orders.track_order import TrackOrder
from actions.talk.inform import Inform
from crm_store.models import DeliveryMethod, OrderStatus
from crm_store.session import Store
from tests.actions.order_cases import order, signed_in
from tests.actions.stage import Stage
from tests.crm_store.builders import Line, days_ago, make_customer


@pytest.mark.parametrize(
    ("fields", "words", "intents"),
    [
        ({}, "isn't packed yet", ["cancel_order", "talk_to_human"]),
        ({"status": OrderStatus.PACKED}, "already packed", ["track_order", "exchange_item", "return_item"]),
        ({"status": OrderStatus.SHIPPED}, "already packed", ["track_order", "exchange_item", "return_item"]),
        ({"status": OrderStatus.DELIVERED}, "free exchange", ["exchange_item", "return_item"]),
        ({"status": OrderStatus.CANCELLED}, "was cancelled", ["place_order"]),
        ({"delivery_method": DeliveryMethod.DIGITAL}, "is digital", ["talk_to_human"]),
    ],
)
async def test_what_can_be_done_instead(
    store: Store, fields: dict[str, Any], words: str, intents: list[str]
) -> None:
    stage, customer = await signed_in(store)
    await order(store, customer, "A-10001", **fields)
    said = await stage.play(ChangeOrder(), "change A-10001", "change_order", order_number="A-10001")
    assert words in said.text
    assert [payload.split("{")[0].strip("/") for payload in said.buttons.values()] == intents
    assert stage.slots[CURRENT_ORDER] == "A-10001"


async def test_several_are_offered_unless_the_goods_tell_which(store: Store) -> None:
    stage, customer = await signed_in(store)
    await order(store, customer, "A-10001")
    await order(store, customer, "A-10002", title="Fox Cook Set")
    await order(store, customer, "A-10003", OrderStatus.SHIPPED)
    said = await stage.play(ChangeOrder(), "add socks to my order", "change_order", product="socks")
    assert len(said.buttons) == 2
    assert "A-10003" not in said.text
    said = await stage.play(ChangeOrder(), "take the cook set off", "change_order", product="cook set")
    assert said.text.startswith("I can't change the items of an order myself. A-10002")


async def test_nothing_to_change_and_numbers_of_others(store: Store) -> None:
    stage, _ = await signed_in(store)
    assert "don't see any order" in (await stage.play(ChangeOrder(), "change my order", "change_order")).text
    async with store.unit() as session:
        other = await make_customer(session, "C-0002")
    await order(store, other, "A-10009")
    said = await stage.play(ChangeOrder(), "change A-10009", "change_order", order_number="A-10009")
    assert said.text == "I can't find A-10009 among your orders."


async def test_a_stranger_proves_first(store: Store) -> None:
    said = await Stage(store).play(ChangeOrder(), "change my order", "change_order")
    assert said.followup == "verification_form"


async def test_a_bare_number_shows_the_order(store: Store) -> None:
    stage, customer = await signed_in(store)
    await order(store, customer, "A-10001")
    said = await stage.play(Inform(), "10001", "inform")
    assert said.text.startswith("A-10001 (Skylark Rain Jacket, blue, M) is paid")


@pytest.mark.parametrize(
    ("words", "number"),
    [("the second one", "A-10001"), ("the tent", "A-10002"), ("the one with the mugs", "A-10001")],
)
async def test_words_pick_one_of_the_orders_just_offered(store: Store, words: str, number: str) -> None:
    stage, customer = await signed_in(store)
    lines = [Line(), Line(title="Puffin Mug, red")]
    await order(store, customer, "A-10001", placed_at=days_ago(3), lines=lines)
    await order(store, customer, "A-10002", title="Cairn Tent, orange")
    await stage.play(TrackOrder(), "where is my order", "track_order")
    assert (await stage.play(Inform(), words, "inform")).text.startswith(number)
    stage.slots[CURRENT_ORDER] = None
    await stage.play(ChangeOrder(), "change an order", "change_order")
    assert number in (await stage.play(Inform(), words, "inform")).text


async def test_the_other_one_is_the_one_not_spoken_of_last(store: Store) -> None:
    stage, customer = await signed_in(store)
    for number in ("A-10001", "A-10002"):
        await order(store, customer, number)
    stage.slots[CURRENT_ORDER] = "A-10002"
    assert (await stage.play(Inform(), "and the other one?", "inform")).text.startswith("A-10001")


async def test_other_bare_words_are_not_understood(store: Store) -> None:
    stage, customer = await signed_in(store)
    await order(store, customer, "A-10001")
    said = await stage.play(Inform(), "size 42", "inform", size="42")
    assert "A-10001" not in said.text
    assert said.texts
