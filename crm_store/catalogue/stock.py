"""Stock: how many of a variant lie where and may be had.

What is reserved is not there for others, until its time is over: whoever reads counts it off, so nothing has
to be put back. Taking is one conditional update: no shelf goes below what is reserved on it.
"""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import ColumnElement, CursorResult, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock
from crm_store.errors import NotFound, OutOfStock
from crm_store.models import Location, Reservation, ReservationStatus, Stock
from crm_store.models.base import Id, UtcDateTime
from crm_store.session import is_sqlite
from crm_store.upsert import insert_new

_HELD: Final[ColumnElement[int]] = (
    select(func.coalesce(func.sum(Reservation.quantity), 0))
    .where(
        Reservation.location_id == Stock.location_id,
        Reservation.variant_id == Stock.variant_id,
        Reservation.status == ReservationStatus.HELD,
        Reservation.until > bindparam("now", type_=UtcDateTime()),
    )
    .correlate(Stock)
    .scalar_subquery()
)
"""How many of a shelf are reserved at this moment."""

_AT: Final = (
    select(Stock.variant_id, Stock.quantity - _HELD)
    .join(Location, Location.id == Stock.location_id)
    .where(Location.slug == bindparam("slug"))
    .where(Stock.variant_id.in_(bindparam("variant_ids", type_=Id, expanding=True)))
)


async def list_locations(session: AsyncSession) -> list[Location]:
    """The shops with a door, and the warehouse of the web shop."""
    return list(await session.scalars(select(Location).order_by(Location.id)))


async def stock_of(session: AsyncSession, *, variant_id: int) -> dict[str, int]:
    """How many there are, by the slug of the location; a location without any says 0."""
    shelves = await stock_of_each(session, variant_ids=[variant_id])
    return shelves[variant_id]


async def stock_of_each(session: AsyncSession, *, variant_ids: Collection[int]) -> dict[int, dict[str, int]]:
    """By the variant's key, what `stock_of` says; one statement for any number of variants."""
    here = (Stock.location_id == Location.id) & Stock.variant_id.in_(variant_ids)
    free = Stock.quantity - _HELD
    query = select(Location.slug, Stock.variant_id, free).outerjoin(Stock, here).order_by(Location.id)
    rows = await session.execute(query, {"now": clock.now()})
    there = {(variant_id, slug): max(quantity or 0, 0) for slug, variant_id, quantity in rows}
    slugs = dict.fromkeys(slug for _, slug in there)
    return {
        variant_id: {slug: there.get((variant_id, slug), 0) for slug in slugs} for variant_id in variant_ids
    }


async def stock_at(
    session: AsyncSession, *, variant_ids: Collection[int], location_slug: str
) -> dict[int, int]:
    """By the variant's key, how many lie at one location; one without any says 0."""
    asked = {"slug": location_slug, "variant_ids": list(variant_ids), "now": clock.now()}
    rows = await session.execute(_AT, asked)
    return dict.fromkeys(variant_ids, 0) | {key: max(quantity, 0) for key, quantity in rows}


async def take_stock(session: AsyncSession, *, variant_id: int, location_slug: str, quantity: int) -> None:
    """Take from the shelf; `OutOfStock` when there are fewer."""
    _positive(quantity)
    location_id = await _location(session, location_slug)
    await take_shelf(session, location_id=location_id, variant_id=variant_id)
    if not await _change(session, location_id, variant_id, -quantity):
        raise OutOfStock


async def take_shelf(session: AsyncSession, *, location_id: int, variant_id: int) -> None:
    """Keep others from taking or reserving there until this unit ends.

    What is asked after the wait sees the reservations that the one before made. SQLite's units exclude each
    other as it is.
    """
    if not is_sqlite(session):
        here = (Stock.location_id == location_id, Stock.variant_id == variant_id)
        await session.execute(select(Stock.quantity).where(*here).with_for_update())


async def put_back(session: AsyncSession, *, variant_id: int, location_slug: str, quantity: int) -> None:
    """Put on the shelf."""
    _positive(quantity)
    location_id = await _location(session, location_slug)
    key = {"location_id": location_id, "variant_id": variant_id}
    await insert_new(session, Stock, unique=tuple(key), values={**key, "quantity": 0})
    await _change(session, location_id, variant_id, quantity)


async def _change(session: AsyncSession, location_id: int, variant_id: int, by: int) -> bool:
    here = update(Stock).where(Stock.location_id == location_id, Stock.variant_id == variant_id)
    enough = here.where(Stock.quantity - _HELD >= -by) if by < 0 else here
    change = enough.values(quantity=Stock.quantity + by).execution_options(synchronize_session="fetch")
    result = await session.execute(change, {"now": clock.now()} if by < 0 else {})
    return isinstance(result, CursorResult) and result.rowcount == 1


async def _location(session: AsyncSession, slug: str) -> int:
    found = await session.scalar(select(Location.id).where(Location.slug == slug))
    if found is None:
        raise NotFound(f"There is no shop {slug}.")
    return found


def _positive(quantity: int) -> None:
    if quantity < 1:
        raise ValueError(f"Not a quantity: {quantity}")
