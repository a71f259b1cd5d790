"""Where is my order: by number, by goods, by what was spoken of; and what one who proved an order may see."""

from __future__ import annotations

from typing import Any

import pytest

from actions.account.verification import PROVEN_ORDERS
from actions.heard import PENDING
from actions.orders.order_choice import CURRENT_ORDER
from actions.orders.track_order import TrackOrder
from crm_store import audit, contact_points
from crm_store.models import (
    Channel,
    Customer,
    DeliveryMethod,
    Location,
    OrderStatus,
    PaymentStatus,
    ShipmentStatus,
)
from crm_store.session import Store
from tests.actions.order_cases import order, parcel, signed_in
from tests.actions.stage import Played, Stage
from tests.crm_store.builders import days_ago, make_customer


async def ask(stage: Stage, text: str, **entities: str) -> Played:
    return await stage.play(TrackOrder(), text, "track_order", **entities)


async def test_the_only_open_order_is_told_and_remembered(store: Store) -> None:
    stage, customer = await signed_in(store)
    made = await order(store, customer, "A-10001", OrderStatus.SHIPPED)
    await parcel(
        store, made, status=ShipmentStatus.IN_TRANSIT, said="Sorted at the hub", expected_at=days_ago(-2)
    )
    await order(store, customer, "A-10000", OrderStatus.DELIVERED)
    said = await ask(stage, "where is my order")
    assert "A-10001 (Skylark Rain Jacket, blue, M) is on its way with An Post" in said.text
    assert "“Sorted at the hub” (Portlaoise hub" in said.text
    assert stage.slots[CURRENT_ORDER] == "A-10001"
    assert said.cards[0]["number"] == "A-10001"
    assert said.cards[0]["total"] == "€100.00"


async def test_several_open_orders_are_offered(store: Store) -> None:
    stage, customer = await signed_in(store)
    await order(store, customer, "A-10001", placed_at=days_ago(3))
    await order(store, customer, "A-10002", OrderStatus.SHIPPED)
    await order(store, customer, "A-10003", OrderStatus.DELIVERED)
    said = await ask(stage, "where is my order")
    assert list(said.buttons.values()) == [
        '/track_order{"order_number": "A-10002"}',
        '/track_order{"order_number": "A-10001"}',
    ]
    assert all(len(title) <= 30 for title in said.buttons)
    assert "- A-10001: Skylark Rain Jacket, blue, M (placed" in said.text
    assert "waiting to be packed" in said.text


@pytest.mark.parametrize(
    ("text", "entities", "number"),
    [
        ("a 10002?", {"order_number": "a 10002"}, "A-10002"),
        ("is A10002 there", {}, "A-10002"),
        ("where is the orange tent", {"color": "orange", "product": "tent"}, "A-10001"),
        ("where is my tnet", {"product": "tnet"}, "A-10001"),
        ("my last order", {}, "A-10003"),
        ("where is it", {}, "A-10002"),
    ],
)
async def test_an_order_is_found_by_what_is_said(
    store: Store, text: str, entities: dict[str, str], number: str
) -> None:
    stage, customer = await signed_in(store)
    await order(store, customer, "A-10001", title="Cairn Tent, orange", placed_at=days_ago(3))
    await order(store, customer, "A-10002", placed_at=days_ago(2))
    await order(store, customer, "A-10003", placed_at=days_ago(1))
    stage.slots[CURRENT_ORDER] = "A-10002"
    assert (await ask(stage, text, **entities)).text.startswith(number)


async def test_two_numbers_are_both_told(store: Store) -> None:
    stage, customer = await signed_in(store)
    await order(store, customer, "A-10001")
    await order(store, customer, "A-10002", OrderStatus.PACKED)
    said = await ask(stage, "what about A-10001 and A-10002?")
    assert len(said.texts) == 2


async def test_without_open_orders_the_latest_one_is_told(store: Store) -> None:
    stage, customer = await signed_in(store)
    lost: dict[str, Any] = {"payment_status": PaymentStatus.REFUNDED, "placed_at": days_ago(90)}
    await order(store, customer, "A-10001", OrderStatus.LOST, **lost)
    forgotten: dict[str, Any] = {"payment_status": PaymentStatus.FAILED, "placed_at": days_ago(40)}
    await order(store, customer, "A-10002", OrderStatus.PAYMENT_FAILED, **forgotten)
    await order(store, customer, "A-10003", OrderStatus.CANCELLED)
    assert "A-10003" in (await ask(stage, "where is my order")).text


async def test_no_orders_at_all(store: Store) -> None:
    stage, _ = await signed_in(store)
    assert "don't see any order in your account" in (await ask(stage, "where is my order")).text
    assert "don't see any order" in (await ask(stage, "where is my tent", product="tent")).text
    assert "I can't find A-10001 among your orders" in (await ask(stage, "A-10001")).text


async def test_someone_elses_order_is_not_found_and_the_try_is_noted(store: Store) -> None:
    stage, customer = await signed_in(store)
    async with store.unit() as session:
        other = await make_customer(session, "C-0002")
    await order(store, other, "A-10009", title="Secret Gift")
    await order(store, customer, "A-10001")
    said = await ask(stage, "where is A-10009", order_number="A-10009")
    assert "I can't find A-10009 among your orders" in said.text
    assert "Secret" not in said.text
    assert list(said.buttons.values()) == ['/track_order{"order_number": "A-10001"}']
    async with store.reading() as session:
        noted = await audit.entries(session, action="order_refused")
    assert noted[0].data == {"numbers": ["A-10009"]}


async def test_a_thing_that_was_never_ordered(store: Store) -> None:
    stage, customer = await signed_in(store)
    await order(store, customer, "A-10001")
    said = await ask(stage, "where is my kayak", product="kayak")
    assert "I can't find “kayak” in your orders" in said.text
    assert "A-10001" in said.text


async def test_ready_in_the_store_names_it_with_address_and_hours(store: Store) -> None:
    stage, customer = await signed_in(store)
    async with store.unit() as session:
        session.add(
            Location(
                slug="galway", name="Wanderlark Galway", address="11 Quay Street, Galway", opens="Mon-Sat"
            )
        )
    pickup: dict[str, Any] = {"delivery_method": DeliveryMethod.PICKUP, "ship_address": "11 Quay Street"}
    made = await order(store, customer, "A-10001", OrderStatus.SHIPPED, **pickup)
    await parcel(store, made, status=ShipmentStatus.READY_FOR_PICKUP, said="Ready to collect")
    said = await ask(stage, "where is my order")
    assert "Wanderlark Galway, 11 Quay Street, Galway (open Mon-Sat)" in said.text


async def test_a_stranger_is_asked_who_they_are(store: Store) -> None:
    said = await ask(Stage(store), "where is A-10001", order_number="A-10001")
    assert said.text == ""
    assert said.followup == "verification_form"


async def claimed(store: Store) -> tuple[Stage, Customer]:
    """Someone who proved A-10001 by its number and their e-mail address; A-10002 is theirs as well."""
    async with store.unit() as session:
        customer = await make_customer(session)
        point = await contact_points.find_or_create(session, channel=Channel.WEB, address="visitor")
        await contact_points.claim(session, contact_point_id=point.id, customer_id=customer.id)
    for number in ("A-10001", "A-10002"):
        await order(store, customer, number)
    return Stage(store, slots={PROVEN_ORDERS: ["A-10001"]}), customer


async def test_who_proved_one_order_sees_that_one_only(store: Store) -> None:
    stage, _ = await claimed(store)
    for text in ("where is my order", "A-10001", "where is my jacket"):
        said = await ask(stage, text)
        assert said.text.startswith("A-10001 (")
        assert "Quay Street" not in said.text
        assert "total" not in said.cards[0]
    other = await ask(stage, "and A-10002?", order_number="A-10002")
    assert other.text == ""
    assert other.followup == "verification_form"


async def test_right_after_the_proof_the_proven_order_is_told_whatever_was_typed_first(store: Store) -> None:
    stage, _ = await claimed(store)
    request = {"action": "action_track_order", "text": "where is A-99", "intent": "track_order"}
    stage.slots[PENDING] = {**request, "entities": [["order_number", "A-99"]], "resumed": True}
    said = await ask(stage, "c-0001@example.com")
    assert said.text.startswith("A-10001 (")
    assert stage.slots[PENDING] is None


async def test_a_proof_for_another_customer_ends_with_that_customer(store: Store) -> None:
    stage, _ = await claimed(store)
    async with store.unit() as session:
        other = await make_customer(session, "C-0002")
        point = await contact_points.find_or_create(session, channel=Channel.WEB, address="visitor")
        await contact_points.claim(session, contact_point_id=point.id, customer_id=other.id)
    said = await ask(stage, "where is A-10001", order_number="A-10001")
    assert said.text == ""
    assert said.followup == "verification_form"
