"""Orders as lines, buttons and cards."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any, Final

from actions.language.phrases import Button, button, day
from actions.orders.order_words import everything
from actions.orders.parcel_words import on_day
from crm_store import clock
from crm_store.delivery import DeliveryState, ParcelState, describe
from crm_store.models import Order
from crm_store.money import format_money

MAX_BUTTONS: Final = 6
"""More cannot be read on a phone."""

_SHORT: Final = {
    "pending_payment": "not paid yet",
    "payment_failed": "payment failed",
    "paid": "waiting to be packed",
    "packed": "packed",
    "partially_shipped": "partly on its way",
    "partially_delivered": "partly delivered",
    "shipped": "on its way",
    "out_for_delivery": "out for delivery today",
    "delayed": "held up on its way",
    "ready_for_pickup": "ready to collect",
    "delivered": "delivered",
    "lost": "lost on its way",
    "cancelled": "cancelled",
    "partially_returned": "partly sent back",
    "returned": "sent back",
}


def short_status(state: DeliveryState) -> str:
    """The state in a few words, e.g. `on its way, late`."""
    words = _SHORT[state.status]
    return f"{words}, late" if state.is_late and state.status != "lost" else words


def order_lines(orders: Iterable[Order]) -> str:
    """A line for each order: number, goods, when it was placed, and where it stands."""
    return "\n".join(_line(order) for order in orders)


def _line(order: Order) -> str:
    status = short_status(describe(order, clock.now()))
    return f"- {order.number}: {everything(order)} (placed {on_day(order.placed_at)}; {status})"


def order_buttons(orders: Sequence[Order], intent: str) -> list[Button]:
    """A button for each order that says `intent` about it, as many as fit."""
    return [
        button(f"{order.number} · {_first(order)}", intent, order_number=order.number)
        for order in orders[:MAX_BUTTONS]
    ]


def _first(order: Order) -> str:
    return order.items[0].title if order.items else day(order.placed_at)


def order_card(order: Order, state: DeliveryState, *, discreet: bool) -> dict[str, Any]:
    """The order for a door that can draw it. `discreet`: without amounts."""
    card: dict[str, Any] = {
        "type": "order",
        "number": order.number,
        "status": state.status,
        "status_text": short_status(state),
        "placed_at": order.placed_at.isoformat(),
        "items": [{"title": item.title, "quantity": item.quantity} for item in order.items],
        "parcels": [_parcel(parcel) for parcel in state.parcels],
    }
    return card if discreet else card | {"total": format_money(order.total_cents, order.currency)}


def orders_card(orders: Iterable[Order]) -> dict[str, Any]:
    """A choice of orders for a door that can draw it."""
    now = clock.now()
    cards = [order_card(order, describe(order, now), discreet=False) for order in orders]
    return {"type": "orders", "orders": cards}


def _parcel(parcel: ParcelState) -> dict[str, Any]:
    return {
        "carrier": parcel.carrier,
        "tracking_number": parcel.tracking_number,
        "status": parcel.status.value,
        "expected_at": parcel.expected_at.isoformat() if parcel.expected_at else None,
        "delivered_at": parcel.delivered_at.isoformat() if parcel.delivered_at else None,
        "days_late": parcel.days_late,
        "items": [{"title": item.title, "quantity": item.quantity} for item in parcel.items],
    }
