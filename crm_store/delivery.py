"""Where an order is: parcel by parcel, and what has not left yet. Pure functions, no database."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from crm_store.models import Order, OrderItem, OrderStatus, Shipment, ShipmentStatus

ARRIVED: Final = frozenset({ShipmentStatus.DELIVERED, ShipmentStatus.COLLECTED})
"""The customer has it."""
_WAITING_FOR_CUSTOMER: Final = ShipmentStatus.READY_FOR_PICKUP
_OVER: Final = frozenset(
    {
        OrderStatus.DELIVERED,
        OrderStatus.CANCELLED,
        OrderStatus.PARTIALLY_RETURNED,
        OrderStatus.RETURNED,
    }
)
"""Nothing more will be sent."""
_SAYS_IT_ALL: Final = (_OVER - {OrderStatus.DELIVERED}) | {
    OrderStatus.PENDING_PAYMENT,
    OrderStatus.PAYMENT_FAILED,
    OrderStatus.LOST,
}
"""The order's own status matters more than its parcels'."""


@dataclass(frozen=True, slots=True)
class Goods:
    """So many of a line."""

    line_no: int
    title: str
    quantity: int


@dataclass(frozen=True, slots=True)
class ParcelState:
    """One parcel."""

    number: str
    carrier: str
    tracking_number: str
    status: ShipmentStatus
    items: tuple[Goods, ...]
    expected_at: datetime | None
    delivered_at: datetime | None
    is_late: bool
    """Not there, though the expected day is over."""
    days_late: int
    last_event: str
    last_location: str
    last_event_at: datetime | None


@dataclass(frozen=True, slots=True)
class DeliveryState:
    """A whole order.

    `status` is an `OrderStatus` value, or what only the parcels tell: `partially_delivered`, `delayed`,
    `ready_for_pickup`.
    """

    number: str
    status: str
    parcels: tuple[ParcelState, ...]
    not_shipped: tuple[Goods, ...]

    @property
    def is_late(self) -> bool:
        """Whether a parcel is late."""
        return any(parcel.is_late for parcel in self.parcels)


def describe(order: Order, now: datetime) -> DeliveryState:
    """What there is to say about the delivery of an order that was loaded with lines and parcels."""
    lines = {item.id: item for item in order.items}
    parcels = tuple(_parcel(shipment, lines, now) for shipment in order.shipments)
    waiting = () if order.status in _OVER else _not_shipped(order)
    return DeliveryState(order.number, _overall(order, waiting), parcels, waiting)


def _parcel(shipment: Shipment, lines: dict[int, OrderItem], now: datetime) -> ParcelState:
    last = max(shipment.events, key=lambda event: (event.at, event.id), default=None)
    days_late = _days_late(shipment, now)
    return ParcelState(
        number=shipment.number,
        carrier=shipment.carrier,
        tracking_number=shipment.tracking_number,
        status=shipment.status,
        items=tuple(_goods(lines[item.order_item_id], item.quantity) for item in shipment.items),
        expected_at=shipment.expected_at,
        delivered_at=shipment.delivered_at,
        is_late=days_late > 0,
        days_late=days_late,
        last_event=last.description if last else "",
        last_location=last.location if last else "",
        last_event_at=last.at if last else None,
    )


def _days_late(shipment: Shipment, now: datetime) -> int:
    if shipment.status in ARRIVED | {_WAITING_FOR_CUSTOMER} or shipment.expected_at is None:
        return 0
    return max((now.date() - shipment.expected_at.date()).days, 0)


def _not_shipped(order: Order) -> tuple[Goods, ...]:
    packed: Counter[int] = Counter()
    for shipment in order.shipments:
        for item in shipment.items:
            packed[item.order_item_id] += item.quantity
    goods = (item for item in order.items if not (item.variant and item.variant.product.digital))
    left = ((item, item.quantity - packed[item.id]) for item in goods)
    return tuple(_goods(item, quantity) for item, quantity in left if quantity > 0)


def _overall(order: Order, waiting: tuple[Goods, ...]) -> str:
    statuses = {shipment.status for shipment in order.shipments}
    if order.status in _SAYS_IT_ALL or not statuses:
        return order.status.value
    if statuses <= ARRIVED:
        return "partially_delivered" if waiting else OrderStatus.DELIVERED.value
    for status in (ShipmentStatus.LOST, ShipmentStatus.DELAYED):
        if status in statuses:
            return status.value
    if statuses & ARRIVED:
        return "partially_delivered"
    for status in (ShipmentStatus.OUT_FOR_DELIVERY, _WAITING_FOR_CUSTOMER):
        if status in statuses:
            return status.value
    return _on_the_way(statuses, waiting)


def _on_the_way(statuses: set[ShipmentStatus], waiting: tuple[Goods, ...]) -> str:
    if statuses == {ShipmentStatus.LABEL_CREATED}:
        return OrderStatus.PACKED.value
    return (OrderStatus.PARTIALLY_SHIPPED if waiting else OrderStatus.SHIPPED).value


def _goods(item: OrderItem, quantity: int) -> Goods:
    return Goods(item.line_no, item.title, quantity)
