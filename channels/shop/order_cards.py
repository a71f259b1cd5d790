"""Orders as the account page shows them: where they stand, and each parcel's way."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from actions.addresses.address import town
from actions.language.phrases import day
from actions.orders.order_words import arrived_lately
from actions.orders.parcel_words import BY_MAIL, STORE, goods, late, news, on_day
from channels.shop.wares import Picture, address, picture
from crm_store.delivery import ParcelState, describe
from crm_store.models import DeliveryMethod, Order, OrderItem, ShipmentStatus
from crm_store.money import format_money

_WORDS: Final = {
    "pending_payment": ("Waiting for your payment", "wait"),
    "payment_failed": ("Payment failed", "bad"),
    "paid": ("Paid, being prepared", "wait"),
    "packed": ("Packed", "wait"),
    "partially_shipped": ("Partly on its way", "wait"),
    "partially_delivered": ("Partly delivered", "wait"),
    "shipped": ("On its way", "wait"),
    "out_for_delivery": ("Arrives today", "good"),
    "ready_for_pickup": ("Ready to collect", "good"),
    "delayed": ("Delayed", "bad"),
    "lost": ("Lost on its way", "bad"),
    "delivered": ("Delivered", "good"),
    "cancelled": ("Cancelled", "quiet"),
    "partially_returned": ("Partly returned", "quiet"),
    "returned": ("Returned", "quiet"),
}
"""By the delivery's state: what it is called, and how good that is."""
_BY_POST: Final = ("Packed", "On its way", "Out for delivery", "Delivered")
_TO_STORE: Final = ("Packed", "On its way", "Ready to collect", "Collected")
_STEP: Final = {
    ShipmentStatus.LABEL_CREATED: 1,
    ShipmentStatus.IN_TRANSIT: 2,
    ShipmentStatus.DELAYED: 2,
    ShipmentStatus.LOST: 2,
    ShipmentStatus.OUT_FOR_DELIVERY: 3,
    ShipmentStatus.READY_FOR_PICKUP: 3,
    ShipmentStatus.DELIVERED: 4,
    ShipmentStatus.COLLECTED: 4,
}
"""How many steps of its way a parcel has behind it."""


@dataclass(frozen=True)
class Line:
    """One line of an order."""

    title: str
    quantity: int
    paid: str
    url: str
    picture: Picture | None


@dataclass(frozen=True)
class Parcel:
    """One parcel and its way."""

    name: str
    inside: str
    steps: tuple[str, ...]
    done: int
    when: str
    news: str
    late: str
    """How late it is; empty when it is not."""
    trouble: bool


@dataclass(frozen=True)
class OrderCard:
    """One order."""

    number: str
    placed: str
    total: str
    status: str
    tone: str
    is_open: bool
    """Something is still to come: shown unfolded."""
    can_return: bool
    """Something of it arrived lately."""
    lines: tuple[Line, ...]
    parcels: tuple[Parcel, ...]
    waiting: str
    ship_to: str


def order_card(order: Order, now: datetime) -> OrderCard:
    """The card of an order that came with its lines and parcels."""
    state = describe(order, now)
    status, tone = _WORDS[state.status]
    if state.is_late and tone != "bad":
        status, tone = f"{status}, late", "bad"
    to_store = order.delivery_method is DeliveryMethod.PICKUP
    to_town = town(order.ship_postcode, order.ship_city, order.ship_country)
    place = [order.ship_name, order.ship_address, to_town]
    return OrderCard(
        number=order.number,
        placed=day(order.placed_at),
        total=format_money(order.total_cents, order.currency),
        status=status,
        tone=tone,
        is_open=tone in ("wait", "bad") or state.status in ("out_for_delivery", "ready_for_pickup"),
        can_return=state.status in ("delivered", "partially_delivered") and arrived_lately(order),
        lines=tuple(_line(item, order.currency) for item in order.items),
        parcels=tuple(_parcel(parcel, to_store) for parcel in state.parcels),
        waiting=goods(state.not_shipped) if state.not_shipped and state.parcels else "",
        ship_to=", ".join(filter(None, place)),
    )


def _line(item: OrderItem, currency: str) -> Line:
    variant = item.variant
    return Line(
        title=item.title,
        quantity=item.quantity,
        paid=format_money(item.paid_cents, currency),
        url=address(variant.product, variant.color) if variant else "",
        picture=picture(variant.product, variant.color) if variant else None,
    )


def _parcel(parcel: ParcelState, to_store: bool) -> Parcel:
    by_mail = parcel.carrier == BY_MAIL
    carrier = "By e-mail" if by_mail else "To the store" if parcel.carrier == STORE else parcel.carrier
    return Parcel(
        name=" · ".join(filter(None, (carrier, parcel.tracking_number))),
        inside=goods(parcel.items),
        steps=() if by_mail else _TO_STORE if to_store else _BY_POST,
        done=_STEP[parcel.status],
        when=_when(parcel),
        news="" if by_mail or parcel.last_event_at is None else news(parcel),
        late=late(parcel) if parcel.is_late else "",
        trouble=parcel.is_late or parcel.status in (ShipmentStatus.DELAYED, ShipmentStatus.LOST),
    )


def _when(parcel: ParcelState) -> str:
    if parcel.delivered_at is not None:
        verb = "Collected" if parcel.status is ShipmentStatus.COLLECTED else "Delivered"
        return f"{verb} {on_day(parcel.delivered_at)}"
    if parcel.status is ShipmentStatus.LOST:
        return "The carrier lost it"
    if parcel.status is ShipmentStatus.READY_FOR_PICKUP:
        return "Waiting for you"
    return f"{'Was expected' if parcel.is_late else 'Expected'} {on_day(parcel.expected_at)}"
