"""Reservations: keeping something in a shop for somebody who comes to look at it."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from crm_store import audit, catalogue, clock, ids
from crm_store.catalogue.stock import take_shelf
from crm_store.errors import NotFound, OutOfStock, TooMany
from crm_store.models import Location, Reservation, ReservationStatus, Variant
from crm_store.rows import hold
from crm_store.texts import storable

MOST_KNOWN: Final = 3
"""Pieces that somebody who proved who they are may have kept at a time."""
MOST_STRANGER: Final = 1
"""Pieces for somebody who only gave a name: nobody shall empty a shop's shelves by typing."""
MAX_NAME: Final = 80
NUMBER_PREFIX: Final = "K-"
NUMBER_BASE: Final = 8000


async def reserve(
    session: AsyncSession,
    *,
    variant_id: int,
    location_id: int,
    contact_point_id: int,
    customer_id: int | None,
    name: str,
    quantity: int,
    until: datetime,
) -> Reservation:
    """Keep `quantity` pieces until `until`. Audited.

    The same again for the same person gives the reservation they have. `TooMany` beyond what one person may
    have kept, `OutOfStock` when fewer are free in that shop, `ValueError` for less than one.
    """
    if quantity < 1:
        raise ValueError(f"Not a quantity: {quantity}")
    await take_shelf(session, location_id=location_id, variant_id=variant_id)
    mine = await held(session, contact_point_id=contact_point_id, customer_id=customer_id)
    for one in mine:
        if (one.variant_id, one.location_id, one.quantity) == (variant_id, location_id, quantity):
            return one
    most = MOST_STRANGER if customer_id is None else MOST_KNOWN
    if sum(one.quantity for one in mine) + quantity > most:
        raise TooMany
    location = await session.get_one(Location, location_id)
    free = await catalogue.stock_at(session, variant_ids=[variant_id], location_slug=location.slug)
    if free[variant_id] < quantity:
        raise OutOfStock
    row_id, number = await ids.next_number(session, Reservation, prefix=NUMBER_PREFIX, base=NUMBER_BASE)
    kept = Reservation(
        id=row_id,
        number=number,
        variant_id=variant_id,
        location_id=location_id,
        contact_point_id=contact_point_id,
        customer_id=customer_id,
        name=storable(name)[:MAX_NAME],
        quantity=quantity,
        until=until,
        created_at=clock.now(),
    )
    session.add(kept)
    await session.flush()
    await _note(session, kept, "reserve")
    await session.refresh(kept, ["variant", "location"])
    await session.refresh(kept.variant, ["product"])
    return kept


async def held(
    session: AsyncSession, *, contact_point_id: int | None, customer_id: int | None
) -> list[Reservation]:
    """What is kept now for this contact point, or for the customer on any: what lapses first, first."""
    query = _whole().where(
        _of(contact_point_id, customer_id),
        Reservation.status == ReservationStatus.HELD,
        Reservation.until > clock.now(),
    )
    return list(await session.scalars(query.order_by(Reservation.until, Reservation.id)))


async def cancel(
    session: AsyncSession, *, number: str, contact_point_id: int, customer_id: int | None
) -> Reservation:
    """Give it back to the shelf; again changes nothing. `NotFound` when it is not theirs. Audited."""
    mine = _whole().where(Reservation.number == number.strip().upper(), _of(contact_point_id, customer_id))
    found = await session.scalar(mine)
    if found is None:
        raise NotFound(f"There is no reservation {number.strip()[:32]}.")
    await hold(session, found)
    if found.status is ReservationStatus.HELD:
        found.status = ReservationStatus.CANCELLED
        await session.flush()
        await _note(session, found, "cancel_reservation")
    return found


def _whole() -> Select[Reservation]:
    goods = joinedload(Reservation.variant, innerjoin=True).joinedload(Variant.product, innerjoin=True)
    return select(Reservation).options(goods, joinedload(Reservation.location, innerjoin=True))


def _of(contact_point_id: int | None, customer_id: int | None) -> ColumnElement[bool]:
    """Theirs. What somebody else proved to own is not the contact point's any more."""
    theirs = (Reservation.contact_point_id == contact_point_id) & (Reservation.customer_id.is_(None))
    return theirs if customer_id is None else or_(theirs, Reservation.customer_id == customer_id)


async def _note(session: AsyncSession, kept: Reservation, action: str) -> None:
    await audit.write(
        session,
        actor=f"contact:{kept.contact_point_id}",
        action=action,
        subject=f"reservation:{kept.number}",
        data={"variant": kept.variant_id, "location": kept.location_id, "quantity": kept.quantity},
    )
