"""How long goods may come back."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from crm_store.clock import SHOP_ZONE
from crm_store.delivery import ARRIVED
from crm_store.models import Order, OrderItem, OrderStatus

RETURN_WINDOW_DAYS: Final = 30
_USUAL_DELIVERY: Final = timedelta(days=5)
"""When an order without known parcels is taken to have arrived."""
_HAD_ARRIVED: Final = frozenset({OrderStatus.DELIVERED, OrderStatus.PARTIALLY_RETURNED, OrderStatus.RETURNED})


def delivered(order: Order, item: OrderItem) -> tuple[int, datetime | None]:
    """(how many of a line have arrived, when the last parcel with some of it did)."""
    parcels = [
        (inside.quantity, parcel)
        for parcel in order.shipments
        for inside in parcel.items
        if inside.order_item_id == item.id
    ]
    if not parcels:
        arrived = order.status in _HAD_ARRIVED
        return (item.quantity, order.placed_at + _USUAL_DELIVERY) if arrived else (0, None)
    there = [(quantity, parcel) for quantity, parcel in parcels if parcel.status in ARRIVED]
    moments = [parcel.delivered_at or order.placed_at + _USUAL_DELIVERY for _, parcel in there]
    return sum(quantity for quantity, _ in there), max(moments, default=None)


def window_ends(delivered_at: datetime) -> datetime:
    """The end of the last day on which goods delivered then may come back; day one is the day after."""
    last_day = delivered_at.astimezone(SHOP_ZONE).date() + timedelta(days=RETURN_WINDOW_DAYS)
    return datetime.combine(last_day, time.max, tzinfo=SHOP_ZONE).astimezone(delivered_at.tzinfo)
