"""Every state of an order has its own words, and their gaps are filled."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from actions.orders import order_words
from actions.orders.order_steps import next_steps
from actions.orders.parcel_words import at_time, goods, on_day, working_days_since
from crm_store import clock
from crm_store.delivery import Goods, describe
from crm_store.models import (
    DeliveryMethod,
    Location,
    Order,
    OrderItem,
    OrderStatus,
    PaymentStatus,
    Shipment,
    ShipmentItem,
    ShipmentStatus,
    TrackingEvent,
)
from tests.actions.stage import DOMAIN

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
"""A Friday."""
TITLES = ("Cairn Tent, orange", "Puffin Mug")


@dataclass
class Parcel:
    """A parcel to make: with the lines `holds`; expected and delivered count days from now."""

    status: ShipmentStatus
    said: str = "Sorted at the hub"
    expected: int | None = 2
    delivered: int | None = None
    carrier: str = "An Post"
    holds: tuple[int, ...] = (1, 2)
    place: str = "Portlaoise hub"


@dataclass
class Told:
    """What would be said."""

    response: str
    text: str
    steps: list[str] = field(default_factory=list)


def tell(status: OrderStatus, *parcels: Parcel, discreet: bool = False, **fields: Any) -> Told:
    with clock.frozen_at(NOW):
        order = made(status, *parcels, **fields)
        state = describe(order, NOW)
        store = Location(name="Wanderlark Galway", address="11 Quay Street, Galway", opens="Mon-Sat 9-18")
        words = order_words.in_words(order, state, store=store, discreet=discreet)
        text = DOMAIN["responses"][words.response][0]["text"].format_map(words.variables)
        return Told(words.response, text, [button["payload"] for button in next_steps(order, state)])


def made(status: OrderStatus, *parcels: Parcel, **fields: Any) -> Order:
    values: dict[str, Any] = {
        "payment_status": PaymentStatus.PAID,
        "delivery_method": DeliveryMethod.STANDARD,
        "total_cents": 12_900,
        "currency": "EUR",
        "placed_at": NOW - timedelta(days=4),
        "ship_address": "14 Secret Street",
        "ship_city": "Galway",
    }
    items = [
        OrderItem(id=line, line_no=line, title=title, quantity=line)
        for line, title in enumerate(TITLES, start=1)
    ]
    shipments = [_shipment(parcel, number) for number, parcel in enumerate(parcels)]
    return Order(number="A-10042", status=status, items=items, shipments=shipments, **values | fields)


def _shipment(parcel: Parcel, number: int) -> Shipment:
    def away(days: int | None) -> datetime | None:
        return None if days is None else NOW + timedelta(days=days)

    event = TrackingEvent(
        id=1,
        at=NOW - timedelta(hours=3),
        status=parcel.status,
        location=parcel.place,
        description=parcel.said,
    )
    return Shipment(
        number=f"S-{number}",
        carrier=parcel.carrier,
        tracking_number="WL1",
        status=parcel.status,
        expected_at=away(parcel.expected),
        delivered_at=away(parcel.delivered),
        items=[ShipmentItem(order_item_id=line, quantity=line) for line in parcel.holds],
        events=[event] if parcel.said else [],
    )


IN_TRANSIT, DELAYED, DELIVERED = ShipmentStatus.IN_TRANSIT, ShipmentStatus.DELAYED, ShipmentStatus.DELIVERED


@pytest.mark.parametrize(
    ("status", "fields", "response"),
    [
        (OrderStatus.PENDING_PAYMENT, {"payment_status": PaymentStatus.PENDING}, "pending_payment"),
        (OrderStatus.PAYMENT_FAILED, {"payment_status": PaymentStatus.FAILED}, "payment_failed"),
        (OrderStatus.PAID, {}, "paid_standard"),
        (OrderStatus.PAID, {"delivery_method": DeliveryMethod.EXPRESS}, "paid_express"),
        (OrderStatus.PAID, {"delivery_method": DeliveryMethod.PICKUP}, "paid_pickup"),
        (OrderStatus.PAID, {"delivery_method": DeliveryMethod.DIGITAL}, "paid_digital"),
        (OrderStatus.PACKED, {}, "packed"),
        (OrderStatus.PACKED, {"delivery_method": DeliveryMethod.PICKUP}, "packed_pickup"),
        (OrderStatus.SHIPPED, {}, "shipped_untracked"),
        (OrderStatus.DELIVERED, {}, "delivered_untracked"),
        (OrderStatus.LOST, {}, "lost"),
        (OrderStatus.LOST, {"payment_status": PaymentStatus.REFUNDED}, "lost_refunded"),
        (OrderStatus.CANCELLED, {}, "cancelled_refund_pending"),
        (OrderStatus.CANCELLED, {"payment_status": PaymentStatus.REFUNDED}, "cancelled_refunded"),
        (OrderStatus.CANCELLED, {"payment_status": PaymentStatus.FAILED}, "cancelled_unpaid"),
        (OrderStatus.RETURNED, {}, "returned"),
        (OrderStatus.PARTIALLY_RETURNED, {}, "partially_returned"),
    ],
)
def test_without_parcels(status: OrderStatus, fields: dict[str, Any], response: str) -> None:
    told = tell(status, **fields)
    assert told.response == f"utter_order_{response}"
    assert "A-10042" in told.text


@pytest.mark.parametrize(
    ("parcel", "response", "words"),
    [
        (Parcel(ShipmentStatus.LABEL_CREATED), "labelled", "waits for An Post (tracking number WL1)"),
        (Parcel(IN_TRANSIT), "shipped", "“Sorted at the hub” (Portlaoise hub, today at 9:00)"),
        (Parcel(IN_TRANSIT, expected=1), "shipped", "arrive tomorrow, Saturday 21 November"),
        (Parcel(IN_TRANSIT, expected=None), "shipped", "in the next few days"),
        (Parcel(IN_TRANSIT, said=""), "shipped", "there is no scan yet"),
        (Parcel(IN_TRANSIT, expected=-1), "late", "is 1 day late: it was due yesterday"),
        (Parcel(IN_TRANSIT, expected=-3), "late_long", "is 3 days late: it was due on Tuesday 17 November"),
        (Parcel(IN_TRANSIT, expected=-8), "overdue", "count a parcel as lost"),
        (Parcel(DELAYED, "Delayed by a storm.", expected=0), "delayed", "“Delayed by a storm” (Portlaoise"),
        (Parcel(DELAYED, "Delayed by a storm", expected=-1), "late_why", "says why: “Delayed by a storm”"),
        (Parcel(DELAYED, "Delayed by a storm", expected=-3), "late_long_why", "longer than usual"),
        (Parcel(ShipmentStatus.OUT_FOR_DELIVERY, expected=0), "out", "comes today"),
        (Parcel(ShipmentStatus.OUT_FOR_DELIVERY, expected=-2), "out_late", "2 days late, but out"),
        (
            Parcel(ShipmentStatus.READY_FOR_PICKUP, place="the post office"),
            "depot",
            "waits for you at the post",
        ),
        (Parcel(ShipmentStatus.LOST), "lost", "very sorry"),
        (
            Parcel(DELIVERED, "Delivered and signed for", delivered=-2),
            "delivered",
            "on Wednesday 18 November",
        ),
        (Parcel(DELIVERED, "Delivered", delivered=-40), "delivered_long_ago", "“Delivered” (Portlaoise hub)"),
        (
            Parcel(DELIVERED, "Handed to a neighbour: Mrs Kearns, number 9", delivered=-1),
            "neighbour",
            "yesterday, Thursday 19 November: Mrs Kearns, number 9.",
        ),
        (Parcel(DELIVERED, "Left with a neighbour", delivered=-1), "neighbour_unnamed", "card says to whom"),
        (Parcel(DELIVERED, carrier="email", delivered=0), "digital", "sent by e-mail today"),
    ],
)
def test_one_parcel(parcel: Parcel, response: str, words: str) -> None:
    told = tell(OrderStatus.SHIPPED, parcel)
    assert told.response == f"utter_order_{response}"
    assert words in told.text


@pytest.mark.parametrize(
    ("parcel", "response", "words"),
    [
        (Parcel(IN_TRANSIT, carrier="store"), "shipped_pickup", "“ready to collect” message"),
        (Parcel(IN_TRANSIT, carrier="store", expected=-1), "shipped_pickup_late", "1 day late on its way"),
        (
            Parcel(ShipmentStatus.READY_FOR_PICKUP, carrier="store"),
            "ready",
            "Wanderlark Galway, 11 Quay Street, Galway (open Mon-Sat 9-18)",
        ),
        (Parcel(ShipmentStatus.READY_FOR_PICKUP, carrier="store"), "ready", "until Friday 4 December"),
        (Parcel(ShipmentStatus.COLLECTED, carrier="store", delivered=-1), "collected", "yesterday"),
    ],
)
def test_collected_in_a_store(parcel: Parcel, response: str, words: str) -> None:
    told = tell(OrderStatus.SHIPPED, parcel, delivery_method=DeliveryMethod.PICKUP)
    assert told.response == f"utter_order_{response}"
    assert words in told.text


def test_a_split_order_is_told_part_by_part() -> None:
    here = Parcel(DELIVERED, "Delivered", delivered=-1, holds=(1,))
    told = tell(OrderStatus.PARTIALLY_SHIPPED, here)
    assert told.response == "utter_order_split"
    assert "- Cairn Tent, orange: delivered yesterday, Thursday 19 November" in told.text
    assert "- 2 × Puffin Mug: not sent yet" in told.text
    late = Parcel(DELAYED, "Road closed", expected=-2, holds=(2,))
    told = tell(OrderStatus.SHIPPED, here, late)
    assert told.response == "utter_order_split_late"
    assert "- 2 × Puffin Mug: 2 days late with An Post (tracking number WL1), it was due on" in told.text
    assert "Road closed" in told.text
    assert told.steps == ["/talk_to_human"]
    lost = Parcel(ShipmentStatus.LOST, expected=-9, holds=(2,))
    assert tell(OrderStatus.SHIPPED, here, lost).response == "utter_order_split_lost"
    there = Parcel(DELIVERED, "Delivered", delivered=0, holds=(2,))
    assert tell(OrderStatus.DELIVERED, here, there).response == "utter_order_split_arrived"


@pytest.mark.parametrize("status", list(ShipmentStatus))
def test_every_status_of_a_part_has_words(status: ShipmentStatus) -> None:
    other = Parcel(IN_TRANSIT, holds=(2,))
    told = tell(OrderStatus.SHIPPED, Parcel(status, delivered=-1, holds=(1,)), other)
    assert "- Cairn Tent, orange: " in told.text


def test_who_proved_the_order_only_hears_no_neighbour_amount_or_address() -> None:
    there = Parcel(DELIVERED, "Handed to a neighbour: Mrs Kearns, number 9", delivered=-1)
    assert "Kearns" not in tell(OrderStatus.DELIVERED, there, discreet=True).text
    part = Parcel(DELIVERED, there.said, delivered=-1, holds=(1,))
    split = tell(OrderStatus.SHIPPED, part, Parcel(IN_TRANSIT, holds=(2,)), discreet=True)
    assert "neighbour" in split.text
    assert "Kearns" not in split.text
    assert "129" not in tell(OrderStatus.CANCELLED, discreet=True).text
    for parcel in (Parcel(status) for status in ShipmentStatus):
        assert "Secret" not in tell(OrderStatus.SHIPPED, parcel, discreet=True).text


@pytest.mark.parametrize(
    ("status", "fields", "intents"),
    [
        (OrderStatus.PAID, {}, ["cancel_order", "change_delivery_address"]),
        (OrderStatus.PAID, {"delivery_method": DeliveryMethod.PICKUP}, ["cancel_order"]),
        (OrderStatus.PAYMENT_FAILED, {}, ["cancel_order", "payment_issue"]),
        (OrderStatus.PACKED, {}, []),
        (OrderStatus.LOST, {}, ["report_missing_parcel", "talk_to_human"]),
        (OrderStatus.CANCELLED, {}, ["track_refund"]),
        (OrderStatus.CANCELLED, {"payment_status": PaymentStatus.FAILED}, []),
        (OrderStatus.RETURNED, {}, ["track_return", "track_refund"]),
    ],
)
def test_next_steps(status: OrderStatus, fields: dict[str, Any], intents: list[str]) -> None:
    assert [step.split("{")[0].strip("/") for step in tell(status, **fields).steps] == intents


def test_what_arrived_lately_can_be_sent_back_or_missed() -> None:
    assert len(tell(OrderStatus.DELIVERED, Parcel(DELIVERED, delivered=-3)).steps) == 2
    assert tell(OrderStatus.DELIVERED, Parcel(DELIVERED, delivered=-60)).steps == []


def test_days_are_the_shops_days() -> None:
    with clock.frozen_at(datetime(2026, 7, 1, 23, 30, tzinfo=UTC)):
        # Summer time: half past midnight on Thursday in Dublin.
        assert on_day(datetime(2026, 7, 2, 8, tzinfo=UTC)) == "today"
        assert at_time(datetime(2026, 7, 1, 12, 5, tzinfo=UTC)) == "yesterday at 13:05"
        assert on_day(datetime(2026, 7, 3, 8, tzinfo=UTC)) == "tomorrow, Friday 3 July"
        assert on_day(datetime(2025, 7, 3, 8, tzinfo=UTC)) == "on Thursday 3 July 2025"
    with clock.frozen_at(NOW):
        assert working_days_since(NOW - timedelta(days=7)) == 5
        assert working_days_since(NOW + timedelta(days=7)) == 0


def test_many_goods_are_counted() -> None:
    things = [Goods(line, f"Thing {line}", 1) for line in range(1, 7)]
    assert goods(things) == "Thing 1; Thing 2; Thing 3 and 3 more things"
    assert goods(things[:4]) == "Thing 1; Thing 2; Thing 3 and Thing 4"
