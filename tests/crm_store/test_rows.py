"""Taking rows for oneself: read anew, nothing else forgotten, and no two units that wait for each other."""

from __future__ import annotations

import asyncio
import random

import pytest
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from crm_store import catalogue, loyalty, orders, returns
from crm_store.errors import StoreError
from crm_store.models import ContactPoint, Customer, PointsEntry, PointsKind, Resolution, ReturnReason
from crm_store.returns import ReturnLine
from crm_store.rows import take
from crm_store.session import Store
from tests.crm_store.builders import (
    Line,
    make_contact,
    make_customer,
    make_delivered,
    make_member,
    make_order,
    make_product,
    warm_up,
)


async def test_what_somebody_else_changed_meanwhile_is_seen(store: Store) -> None:
    if store.url.get_backend_name() == "sqlite":
        pytest.skip("SQLite's units do not overlap.")
    async with store.unit() as session:
        ada = await make_customer(session)
    query = select(Customer).where(Customer.id == ada.id)
    async with store.unit() as mine:
        assert (await mine.scalars(query)).one().city == ""
        async with store.unit() as other:
            (await other.scalars(query)).one().city = "Cork"
        taken = await take(mine, query)
        assert taken and taken.city == "Cork"


async def test_what_was_loaded_beside_it_stays_loaded(store: Store) -> None:
    async with store.unit() as session:
        ada = await make_customer(session)
        point = await make_contact(session, customer_id=ada.id)
    async with store.unit() as session:
        query = select(ContactPoint).where(ContactPoint.id == point.id)
        loaded = (await session.scalars(query.options(selectinload(ContactPoint.customer)))).one()
        assert await take(session, query) is loaded
        assert loaded.customer and loaded.customer.number == "C-0001"
        assert await take(session, select(ContactPoint).where(ContactPoint.id == 4711)) is None


async def test_everything_at_once_for_one_customer_ends_and_adds_up(store: Store) -> None:
    """Cancelling, returning, exchanging, redeeming, expiring side by side: only the shop's own refusals."""
    dice = random.Random(7)
    async with store.unit() as session:
        ada = await make_member(session)
        jackets = [await make_product(session, f"P-00{number}", stock=9) for number in range(3)]
        goods = [jacket.variants[0] for jacket in jackets]
        for number in range(12):
            lines = [Line(variant) for variant in dice.sample(goods, 3)]
            make = make_delivered if number % 2 else make_order
            order = await make(session, ada, *lines, number=f"A-{number}")
            whole = await orders.get_by_id(session, customer_id=ada.id, order_id=order.id)
            await loyalty.earn_for_order(session, order=whole)
        await loyalty.add(session, customer_id=ada.id, kind=PointsKind.GOODWILL, points=250, key="gift")

    async def act(step: int) -> None:
        number, line = f"A-{dice.randrange(12)}", dice.randint(1, 3)
        what = dice.choice([_cancel, _return, _exchange, _call_off, _receive, _redeem, _expire])
        async with store.unit() as session:
            await what(session, ada.id, number, line, f"{step}")

    await warm_up(store)
    results = await asyncio.gather(*(act(step) for step in range(150)), return_exceptions=True)
    assert [result for result in results if result and not isinstance(result, StoreError)] == []
    async with store.reading() as session:
        statement = await loyalty.statement(session, customer_id=ada.id)
        total = await session.scalar(select(func.sum(PointsEntry.points)))
        assert statement.balance + statement.pending == total
        for jacket in jackets:
            stock = await catalogue.stock_of(session, variant_id=jacket.variants[1].id)
            assert 0 <= stock["web"] <= 9


async def _cancel(session: AsyncSession, customer_id: int, number: str, line: int, key: str) -> object:
    return await orders.cancel(session, customer_id=customer_id, number=number)


async def _return(session: AsyncSession, customer_id: int, number: str, line: int, key: str) -> object:
    return await returns.create_return(
        session,
        customer_id=customer_id,
        number=number,
        lines=[ReturnLine(line, 1, ReturnReason.TOO_SMALL)],
        resolution=Resolution.REFUND_CARD,
        key=key,
    )


async def _exchange(session: AsyncSession, customer_id: int, number: str, line: int, key: str) -> object:
    order = await orders.get_order(session, customer_id=customer_id, number=number)
    variant = order.items[line - 1].variant
    assert variant
    [_, other] = await catalogue.variants_of(session, product_id=variant.product_id)
    return await returns.create_return(
        session,
        customer_id=customer_id,
        number=number,
        lines=[ReturnLine(line, 1, ReturnReason.TOO_SMALL)],
        resolution=Resolution.EXCHANGE,
        key=key,
        exchange_variant_id=other.id,
    )


async def _call_off(session: AsyncSession, customer_id: int, number: str, line: int, key: str) -> object:
    for made in await returns.list_returns(session, customer_id=customer_id, limit=1):
        await returns.cancel_return(session, customer_id=customer_id, number=made.number)
    return None


async def _receive(session: AsyncSession, customer_id: int, number: str, line: int, key: str) -> object:
    for made in await returns.list_returns(session, customer_id=customer_id, limit=1):
        await returns.receive(session, number=made.number)
    return None


async def _redeem(session: AsyncSession, customer_id: int, number: str, line: int, key: str) -> object:
    return await loyalty.redeem(session, customer_id=customer_id, points=100, key=key)


async def _expire(session: AsyncSession, customer_id: int, number: str, line: int, key: str) -> object:
    return await loyalty.expire(session, customer_id=customer_id)
