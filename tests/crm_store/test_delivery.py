"""Where an order is: every mix of parcels that a shop sends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from crm_store.delivery import Goods, describe
from crm_store.models import (
    Order,
    OrderItem,
    OrderStatus,
    Product,
    Shipment,
    ShipmentItem,
    ShipmentStatus,
    TrackingEvent,
    Variant,
)

NOW = datetime(2026, 6, 15, 10, tzinfo=UTC)
S = ShipmentStatus


def _order(*parcels: Shipment, status: OrderStatus = OrderStatus.SHIPPED, digital: bool = False) -> Order:
    download = Variant(product=Product(digital=digital))
    return Order(
        number="A-10042",
        status=status,
        items=[
            OrderItem(id=1, line_no=1, title="Mug", quantity=3),
            OrderItem(id=2, line_no=2, title="Map", quantity=1, variant=download),
        ],
        shipments=list(parcels),
    )


def _parcel(status: S, *contents: tuple[int, int], due: float | None = 1.0) -> Shipment:
    inside = contents or ((1, 3), (2, 1))
    return Shipment(
        number="S-1",
        carrier="An Post",
        tracking_number="WL1",
        status=status,
        expected_at=None if due is None else NOW + timedelta(days=due),
        items=[ShipmentItem(order_item_id=line, quantity=quantity) for line, quantity in inside],
        events=[],
    )


@pytest.mark.parametrize(
    ("order", "status"),
    [
        (_order(status=OrderStatus.PENDING_PAYMENT), "pending_payment"),
        (_order(status=OrderStatus.PAID), "paid"),
        (_order(status=OrderStatus.PACKED), "packed"),
        (_order(status=OrderStatus.DELIVERED), "delivered"),
        (_order(status=OrderStatus.CANCELLED), "cancelled"),
        (_order(_parcel(S.DELIVERED), status=OrderStatus.PARTIALLY_RETURNED), "partially_returned"),
        (_order(_parcel(S.IN_TRANSIT), status=OrderStatus.LOST), "lost"),
        (_order(_parcel(S.LABEL_CREATED)), "packed"),
        (_order(_parcel(S.IN_TRANSIT)), "shipped"),
        (_order(_parcel(S.IN_TRANSIT, (1, 3))), "partially_shipped"),
        (_order(_parcel(S.OUT_FOR_DELIVERY)), "out_for_delivery"),
        (_order(_parcel(S.READY_FOR_PICKUP)), "ready_for_pickup"),
        (_order(_parcel(S.COLLECTED)), "delivered"),
        (_order(_parcel(S.DELIVERED)), "delivered"),
        (_order(_parcel(S.DELIVERED, (1, 2))), "partially_delivered"),
        (_order(_parcel(S.DELIVERED, (1, 3)), _parcel(S.IN_TRANSIT, (2, 1))), "partially_delivered"),
        (_order(_parcel(S.DELIVERED, (1, 3)), _parcel(S.DELAYED, (2, 1))), "delayed"),
        (_order(_parcel(S.DELAYED, (1, 3)), _parcel(S.LOST, (2, 1))), "lost"),
    ],
)
def test_one_word_for_the_whole_order(order: Order, status: str) -> None:
    assert describe(order, NOW).status == status


def test_what_has_not_left_is_counted_by_the_piece() -> None:
    state = describe(_order(_parcel(S.IN_TRANSIT, (1, 1)), _parcel(S.LABEL_CREATED, (1, 1))), NOW)
    assert state.not_shipped == (Goods(1, "Mug", 1), Goods(2, "Map", 1))
    assert [parcel.items for parcel in state.parcels] == [(Goods(1, "Mug", 1),), (Goods(1, "Mug", 1),)]


def test_downloads_are_not_waited_for_and_nothing_is_once_it_is_over() -> None:
    assert describe(_order(_parcel(S.IN_TRANSIT, (1, 3)), digital=True), NOW).not_shipped == ()
    assert describe(_order(status=OrderStatus.CANCELLED), NOW).not_shipped == ()
    assert describe(_order(status=OrderStatus.DELIVERED), NOW).not_shipped == ()


@pytest.mark.parametrize(
    ("status", "due", "days"),
    [
        (S.IN_TRANSIT, -2, 2),
        (S.LOST, -10, 10),
        (S.IN_TRANSIT, -0.4, 0),  # Due this morning: the day is not over.
        (S.IN_TRANSIT, 3, 0),
        (S.IN_TRANSIT, None, 0),
        (S.DELIVERED, -2, 0),
        (S.READY_FOR_PICKUP, -2, 0),
    ],
)
def test_late_is_what_has_not_arrived_on_its_day(status: S, due: float | None, days: int) -> None:
    state = describe(_order(_parcel(status, due=due)), NOW)
    assert (state.parcels[0].days_late, state.parcels[0].is_late, state.is_late) == (days, days > 0, days > 0)


def test_the_newest_event_is_told_whatever_the_order_they_came_in() -> None:
    parcel = _parcel(S.IN_TRANSIT)
    parcel.events = [
        TrackingEvent(id=2, at=NOW, status=S.IN_TRANSIT, location="Athlone", description="At the depot"),
        TrackingEvent(id=1, at=NOW - timedelta(days=1), status=S.IN_TRANSIT, location="", description="Sent"),
    ]
    told = describe(_order(parcel), NOW).parcels[0]
    assert (told.last_event, told.last_location, told.last_event_at) == ("At the depot", "Athlone", NOW)
    assert describe(_order(_parcel(S.IN_TRANSIT)), NOW).parcels[0].last_event_at is None
