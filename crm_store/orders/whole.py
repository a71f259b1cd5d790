"""Whole orders: with their lines, the goods of these, their parcels, and what the carriers said.

What a unit of work has once made whole it keeps and does not ask for again: one turn of a conversation comes
back to the same orders half a dozen times. A session is one transaction, and what the unit changes it changes
on these very objects, so they stay true until it ends.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any, Final

from sqlalchemy import bindparam, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from crm_store.models import Order, OrderItem, Product, Shipment, TrackingEvent, Variant
from crm_store.models.base import Id

_KEPT: Final = "whole_orders"
_KEYS: Final = bindparam("keys", type_=Id, expanding=True)

# Written once: loading options on the order would be planned anew for every order that is looked at.
_LINES: Final = (
    select(OrderItem)
    .where(OrderItem.order_id.in_(_KEYS))
    .order_by(OrderItem.line_no)
    .options(joinedload(OrderItem.variant).joinedload(Variant.product).joinedload(Product.category))
)
_PARCELS: Final = (
    select(Shipment)
    .where(Shipment.order_id.in_(_KEYS))
    .order_by(Shipment.id)
    .options(joinedload(Shipment.items))
)
_EVENTS: Final = select(TrackingEvent).where(TrackingEvent.shipment_id.in_(_KEYS)).order_by(TrackingEvent.at)


async def whole(session: AsyncSession, orders: Iterable[Order]) -> list[Order]:
    """The orders with everything that hangs on them; three statements for any number, none for known ones."""
    found, seen = list(orders), _kept(session)
    bare = {order.id: order for order in found if order.id not in seen}
    if bare:
        await _fill(session, bare)
        seen.update(bare)
    return found


def kept(
    session: AsyncSession, *, customer_id: int, number: str | None = None, order_id: int | None = None
) -> Order | None:
    """The customer's order with this number or key, if the unit has made it whole."""
    for order in _kept(session).values():
        wanted = order.id == order_id if number is None else order.number == number
        if wanted and order.customer_id == customer_id:
            return order
    return None


async def _fill(session: AsyncSession, bare: Mapping[int, Order]) -> None:
    keys = list(bare)
    lines, parcels = defaultdict[int, list[Any]](list), defaultdict[int, list[Any]](list)
    for line in await session.scalars(_LINES, {"keys": keys}):
        lines[line.order_id].append(line)
    shipments = list((await session.scalars(_PARCELS, {"keys": keys})).unique())
    for parcel in shipments:
        parcels[parcel.order_id].append(parcel)
    await _fill_parcels(session, shipments)
    for key, order in bare.items():
        set_committed_value(order, "items", lines[key])
        set_committed_value(order, "shipments", parcels[key])


async def _fill_parcels(session: AsyncSession, shipments: list[Shipment]) -> None:
    events = defaultdict[int, list[Any]](list)
    if shipments:
        for event in await session.scalars(_EVENTS, {"keys": [parcel.id for parcel in shipments]}):
            events[event.shipment_id].append(event)
    for parcel in shipments:
        set_committed_value(parcel, "events", events[parcel.id])


def _kept(session: AsyncSession) -> dict[int, Order]:
    seen: dict[int, Order] = session.info.setdefault(_KEPT, {})
    # What a rolled-back savepoint had changed is read anew.
    for stale in [key for key, order in seen.items() if inspect(order).expired_attributes]:
        del seen[stale]
    return seen
