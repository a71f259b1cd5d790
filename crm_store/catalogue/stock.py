"""Stock: how many of a variant lie where. Taking is one conditional update: no shelf goes below zero."""

from __future__ import annotations

from collections.abc import Collection
from typing import Final

from sqlalchemy import CursorResult, bindparam, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.errors import NotFound, OutOfStock
from crm_store.models import Location, Stock
from crm_store.models.base import Id
from crm_store.upsert import insert_new

_AT: Final = (
    select(Stock.variant_id, Stock.quantity)
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
    rows = await session.execute(
        select(Location.slug, Stock.variant_id, Stock.quantity).outerjoin(Stock, here).order_by(Location.id)
    )
    there = {(variant_id, slug): quantity for slug, variant_id, quantity in rows}
    slugs = dict.fromkeys(slug for _, slug in there)
    return {
        variant_id: {slug: there.get((variant_id, slug), 0) for slug in slugs} for variant_id in variant_ids
    }


async def stock_at(
    session: AsyncSession, *, variant_ids: Collection[int], location_slug: str
) -> dict[int, int]:
    """By the variant's key, how many lie at one location; one without any says 0."""
    rows = await session.execute(_AT, {"slug": location_slug, "variant_ids": list(variant_ids)})
    return dict.fromkeys(variant_ids, 0) | dict(rows.all())


async def take_stock(session: AsyncSession, *, variant_id: int, location_slug: str, quantity: int) -> None:
    """Take from the shelf; `OutOfStock` when there are fewer."""
    _positive(quantity)
    location_id = await _location(session, location_slug)
    if not await _change(session, location_id, variant_id, -quantity):
        raise OutOfStock


async def put_back(session: AsyncSession, *, variant_id: int, location_slug: str, quantity: int) -> None:
    """Put on the shelf."""
    _positive(quantity)
    location_id = await _location(session, location_slug)
    key = {"location_id": location_id, "variant_id": variant_id}
    await insert_new(session, Stock, unique=tuple(key), values={**key, "quantity": 0})
    await _change(session, location_id, variant_id, quantity)


async def _change(session: AsyncSession, location_id: int, variant_id: int, by: int) -> bool:
    result = await session.execute(
        update(Stock)
        .where(Stock.location_id == location_id, Stock.variant_id == variant_id, Stock.quantity >= -by)
        .values(quantity=Stock.quantity + by)
        .execution_options(synchronize_session="fetch")
    )
    return isinstance(result, CursorResult) and result.rowcount == 1


async def _location(session: AsyncSession, slug: str) -> int:
    found = await session.scalar(select(Location.id).where(Location.slug == slug))
    if found is None:
        raise NotFound(f"There is no shop {slug}.")
    return found


def _positive(quantity: int) -> None:
    if quantity < 1:
        raise ValueError(f"Not a quantity: {quantity}")
