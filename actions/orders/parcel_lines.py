"""The parcels of an order that comes in several parts, a line each."""

from __future__ import annotations

from actions.orders.parcel_words import BY_MAIL, STORE, carrier, goods, late, neighbour, news, on_day
from crm_store.delivery import DeliveryState, ParcelState
from crm_store.models import ShipmentStatus


def parcel_lines(state: DeliveryState, *, discreet: bool) -> str:
    """What is in each parcel and where it is, and what has not left yet. `discreet`: names no neighbour."""
    lines = [f"- {goods(parcel.items)}: {_where(parcel, discreet)}" for parcel in state.parcels]
    if state.not_shipped:
        lines.append(f"- {goods(state.not_shipped)}: not sent yet, it follows as soon as it's here")
    return "\n".join(lines)


def _where(parcel: ParcelState, discreet: bool) -> str:
    if parcel.status is ShipmentStatus.DELIVERED:
        return _arrived(parcel, discreet)
    if parcel.is_late and parcel.status is not ShipmentStatus.LOST:
        due = f"it was due {on_day(parcel.expected_at)}"
        return f"{late(parcel)} late with {carrier(parcel)}, {due}. Last news: {news(parcel)}"
    if parcel.carrier == STORE:
        return _for_the_store(parcel)
    comes = f"it should arrive {on_day(parcel.expected_at)}"
    return {
        ShipmentStatus.LABEL_CREATED: f"packed, it waits for {parcel.carrier}; {comes}",
        ShipmentStatus.IN_TRANSIT: f"on its way with {carrier(parcel)}, {comes}",
        ShipmentStatus.OUT_FOR_DELIVERY: f"out for delivery today with {carrier(parcel)}",
        ShipmentStatus.DELAYED: f"held up, {news(parcel)}; {comes}",
        ShipmentStatus.LOST: f"lost by {carrier(parcel)}",
        ShipmentStatus.READY_FOR_PICKUP: f"ready to collect at {parcel.last_location or 'the depot'}",
        ShipmentStatus.COLLECTED: f"collected {on_day(parcel.delivered_at)}",
    }[parcel.status]


def _arrived(parcel: ParcelState, discreet: bool) -> str:
    when = on_day(parcel.delivered_at) if parcel.delivered_at else "already"
    if parcel.carrier == BY_MAIL:
        return f"sent by e-mail {when}"
    name = neighbour(parcel)
    if name is None:
        return f"delivered {when}"
    return f"handed to a neighbour {when}{f', {name}' if name and not discreet else ''}"


def _for_the_store(parcel: ParcelState) -> str:
    if parcel.status is ShipmentStatus.READY_FOR_PICKUP:
        return f"ready to collect in {parcel.last_location or 'the store'}"
    if parcel.status is ShipmentStatus.COLLECTED:
        return f"collected {on_day(parcel.delivered_at)}"
    return f"on its way to the store, probably there {on_day(parcel.expected_at)}"
