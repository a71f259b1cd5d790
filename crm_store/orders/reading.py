"""Looking at a customer's orders. Each comes whole: lines with their goods, parcels with their events."""

from __future__ import annotations

from sqlalchemy import Select, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.errors import NotFound
from crm_store.models import Order
from crm_store.models.order import OPEN
from crm_store.order_numbers import normalise
from crm_store.orders.whole import kept, whole
from crm_store.rows import hold


def orders_of(customer_id: int) -> Select[Order]:
    """The customer's orders, newest first; they are bare until `whole` has seen them."""
    newest_first = (Order.placed_at.desc(), Order.id.desc())
    return select(Order).where(Order.customer_id == customer_id).order_by(*newest_first)


async def list_orders(
    session: AsyncSession, *, customer_id: int, limit: int = 20, before_id: int | None = None
) -> list[Order]:
    """The newest orders first; `before_id` is the last one of the page before."""
    query = orders_of(customer_id).limit(limit)
    if before_id is not None:
        last = await get_by_id(session, customer_id=customer_id, order_id=before_id)
        query = query.where(tuple_(Order.placed_at, Order.id) < (last.placed_at, last.id))
    return await whole(session, await session.scalars(query))


async def open_orders(session: AsyncSession, *, customer_id: int) -> list[Order]:
    """The orders of which the customer still waits for something, newest first."""
    query = orders_of(customer_id).where(Order.status.in_(OPEN))
    return await whole(session, await session.scalars(query))


async def latest_order(session: AsyncSession, *, customer_id: int) -> Order | None:
    """The newest order, whatever became of it."""
    newest = await list_orders(session, customer_id=customer_id, limit=1)
    return newest[0] if newest else None


async def get_order(session: AsyncSession, *, customer_id: int, number: str) -> Order:
    """The customer's order by its number, however it was typed; `NotFound` without one."""
    # As typed first: an imported shop's numbers may look like ours and mean something else.
    for typed in dict.fromkeys((number.strip(), normalise(number))):
        order = kept(session, customer_id=customer_id, number=typed)
        if order := order or await _only(session, orders_of(customer_id).where(Order.number == typed)):
            return order
    raise NotFound(f"There is no order {number.strip()[:64]}.")


async def take_order(session: AsyncSession, *, customer_id: int, number: str) -> Order:
    """As `get_order`, and kept from other writers until the unit ends."""
    order = await get_order(session, customer_id=customer_id, number=number)
    await hold(session, order)
    return order


async def get_by_id(session: AsyncSession, *, customer_id: int, order_id: int) -> Order:
    """The customer's order by its key; `NotFound` without one."""
    order = kept(session, customer_id=customer_id, order_id=order_id)
    if order := order or await _only(session, orders_of(customer_id).where(Order.id == order_id)):
        return order
    raise NotFound("There is no such order.")


async def take_by_id(session: AsyncSession, *, customer_id: int, order_id: int) -> Order:
    """As `get_by_id`, and kept from other writers until the unit ends."""
    order = await get_by_id(session, customer_id=customer_id, order_id=order_id)
    await hold(session, order)
    return order


async def _only(session: AsyncSession, query: Select[Order]) -> Order | None:
    found = await whole(session, await session.scalars(query))
    return found[0] if found else None
