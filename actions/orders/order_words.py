"""An order's state in words: which response tells it, and what goes into the response."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from actions.language.phrases import day
from actions.orders.parcel_lines import parcel_lines
from actions.orders.parcel_words import (
    BY_MAIL,
    STORE,
    carrier,
    goods,
    late,
    neighbour,
    news,
    on_day,
    proof,
    working_days_since,
)
from crm_store import clock
from crm_store.delivery import ARRIVED, DeliveryState, Goods, ParcelState, describe
from crm_store.models import DeliveryMethod, Location, Order, OrderStatus, PaymentStatus, ShipmentStatus
from crm_store.money import format_money

KEPT_IN_STORE: Final = timedelta(days=14)
"""How long a store keeps an order that nobody collects."""
RECENT: Final = timedelta(days=30)
"""So long after the delivery, something can still be done about it."""
USUAL_DELAY, AS_GOOD_AS_LOST = 2, 5
"""Working days: most late parcels come within the first; after the second, one counts as lost."""

WITHOUT_PARCELS: Final = frozenset(
    {
        OrderStatus.PENDING_PAYMENT,
        OrderStatus.PAYMENT_FAILED,
        OrderStatus.PAID,
        OrderStatus.CANCELLED,
        OrderStatus.PARTIALLY_RETURNED,
        OrderStatus.RETURNED,
    }
)
"""States in which the order itself matters, not where its parcels are."""


@dataclass(frozen=True)
class Words:
    """The response that tells the state, and its variables."""

    response: str
    variables: dict[str, str]


def in_words(
    order: Order, state: DeliveryState, *, store: Location | None = None, discreet: bool = False
) -> Words:
    """How to tell where an order stands.

    `store`: where it can be collected. `discreet`: for someone who proved this order only: no amounts, no
    names of neighbours.
    """
    variables = {"number": order.number, "items": everything(order)}
    if order.status in WITHOUT_PARCELS:
        return _without_parcels(order, variables, discreet)
    if len(state.parcels) + bool(state.not_shipped and state.parcels) > 1:
        return _split(state, variables, discreet)
    if not state.parcels:
        return _no_parcel_known(order, variables)
    return _one_parcel(order, state.parcels[0], variables, store, discreet)


def everything(order: Order) -> str:
    """What was ordered: `2 × Puffin Enamel Mug and Cairn Tent`."""
    return goods(Goods(item.line_no, item.title, item.quantity) for item in order.items) or "your order"


def money_back(order: Order) -> str:
    """Of a cancelled order: `refunded`, `refund_pending`, or `unpaid` when there is nothing to give back."""
    if order.payment_status is PaymentStatus.REFUNDED:
        return "refunded"
    unpaid = {PaymentStatus.FAILED, PaymentStatus.PENDING}
    return "unpaid" if order.payment_status in unpaid else "refund_pending"


def _without_parcels(order: Order, variables: dict[str, str], discreet: bool) -> Words:
    if order.status is OrderStatus.PAID:
        return Words(f"utter_order_paid_{order.delivery_method.value}", variables)
    if order.status is OrderStatus.CANCELLED:
        amount = "what you paid" if discreet else format_money(order.total_cents, order.currency)
        return Words(f"utter_order_cancelled_{money_back(order)}", variables | {"amount": amount})
    return Words(f"utter_order_{order.status.value}", variables)


def _no_parcel_known(order: Order, variables: dict[str, str]) -> Words:
    """Packed orders have no parcel yet; an imported history has none at all."""
    if order.status is OrderStatus.LOST:
        return Words(_lost(order), variables)
    if order.status is OrderStatus.DELIVERED:
        return Words("utter_order_delivered_untracked", variables)
    if order.status is not OrderStatus.PACKED:
        return Words("utter_order_shipped_untracked", variables)
    pickup = order.delivery_method is DeliveryMethod.PICKUP
    return Words("utter_order_packed_pickup" if pickup else "utter_order_packed", variables)


def _lost(order: Order) -> str:
    refunded = order.payment_status is PaymentStatus.REFUNDED
    return "utter_order_lost_refunded" if refunded else "utter_order_lost"


def _split(state: DeliveryState, variables: dict[str, str], discreet: bool) -> Words:
    statuses = {parcel.status for parcel in state.parcels}
    response = "utter_order_split"
    if ShipmentStatus.LOST in statuses:
        response = "utter_order_split_lost"
    elif state.is_late:
        response = "utter_order_split_late"
    elif statuses <= ARRIVED and not state.not_shipped:
        response = "utter_order_split_arrived"
    return Words(response, variables | {"parcels": parcel_lines(state, discreet=discreet)})


def _one_parcel(
    order: Order, parcel: ParcelState, variables: dict[str, str], store: Location | None, discreet: bool
) -> Words:
    variables |= {
        "carrier": carrier(parcel),
        "expected": on_day(parcel.expected_at),
        "news": news(parcel),
        "late": late(parcel),
        "when": on_day(parcel.delivered_at) if parcel.delivered_at else "already",
    }
    if parcel.status in ARRIVED:
        return _arrived(parcel, variables, discreet)
    if parcel.status is ShipmentStatus.READY_FOR_PICKUP:
        return _to_collect(order, parcel, variables, store)
    if parcel.status is ShipmentStatus.LOST or order.status is OrderStatus.LOST:
        return Words(_lost(order), variables)
    return Words(_on_the_way(order, parcel), variables)


def _arrived(parcel: ParcelState, variables: dict[str, str], discreet: bool) -> Words:
    if parcel.status is ShipmentStatus.COLLECTED:
        return Words("utter_order_collected", variables)
    if parcel.carrier == BY_MAIL:
        return Words("utter_order_digital", variables)
    name = neighbour(parcel)
    if name and not discreet:
        return Words("utter_order_neighbour", variables | {"neighbour": name})
    if name is not None:
        return Words("utter_order_neighbour_unnamed", variables)
    recent = is_recent(parcel)
    response = "utter_order_delivered" if recent else "utter_order_delivered_long_ago"
    return Words(response, variables | {"proof": proof(parcel)})


def is_recent(parcel: ParcelState) -> bool:
    """Whether it arrived so lately that it may be missed or sent back."""
    return parcel.delivered_at is None or parcel.delivered_at > clock.now() - RECENT


def arrived_lately(order: Order) -> bool:
    """Whether any of it may still be sent back; of an imported order, the day it was placed counts."""
    if not order.shipments:
        return order.placed_at > clock.now() - RECENT
    return any(is_recent(parcel) for parcel in describe(order, clock.now()).parcels)


def _on_the_way(order: Order, parcel: ParcelState) -> str:
    if parcel.carrier == STORE or order.delivery_method is DeliveryMethod.PICKUP:
        return "utter_order_shipped_pickup_late" if parcel.is_late else "utter_order_shipped_pickup"
    if parcel.status is ShipmentStatus.OUT_FOR_DELIVERY:
        return "utter_order_out_late" if parcel.is_late else "utter_order_out"
    if parcel.is_late and parcel.expected_at is not None:
        return _late(parcel, working_days_since(parcel.expected_at))
    states = {ShipmentStatus.DELAYED: "delayed", ShipmentStatus.LABEL_CREATED: "labelled"}
    return f"utter_order_{states.get(parcel.status, 'shipped')}"


def _late(parcel: ParcelState, working_days: int) -> str:
    if working_days >= AS_GOOD_AS_LOST:
        return "utter_order_overdue"
    long = "_long" if working_days > USUAL_DELAY else ""
    why = "_why" if parcel.status is ShipmentStatus.DELAYED else ""
    return f"utter_order_late{long}{why}"


def _to_collect(
    order: Order, parcel: ParcelState, variables: dict[str, str], store: Location | None
) -> Words:
    """In one of our stores; or at the courier's, when nobody was home."""
    if order.delivery_method is not DeliveryMethod.PICKUP:
        place = parcel.last_location or "the courier's depot"
        return Words("utter_order_depot", variables | {"place": place})
    since = parcel.last_event_at or parcel.expected_at
    where = {
        "store": store.name if store else parcel.last_location or "our store",
        "address": store.address if store else f"{order.ship_address}, {order.ship_city}",
        "opens": store.opens if store else "see our store pages",
        "until": day(since + KEPT_IN_STORE) if since else "14 days after our message",
    }
    return Words("utter_order_ready", variables | where)
