"""Orders come whole in a few statements, and a unit of work asks for each of them once."""

from __future__ import annotations

import pytest
from sqlalchemy.exc import IntegrityError

from crm_store import orders, returns
from crm_store.errors import NotFound
from crm_store.models import Customer, Order, OrderStatus
from crm_store.session import Store
from tests.crm_store.builders import Line, days_ago, make_customer, make_delivered, make_order, make_product
from tests.statements import counted


async def _orders(store: Store, how_many: int) -> Customer:
    async with store.unit() as session:
        ada = await make_customer(session)
        jacket = await make_product(session)
        for number in range(how_many):
            line = Line(jacket.variants[0])
            await make_delivered(session, ada, line, line, number=f"A-{number}", days=number + 1)
        return ada


@pytest.mark.parametrize("how_many", [1, 7])
async def test_any_number_of_them_takes_as_many_statements(store: Store, how_many: int) -> None:
    ada = await _orders(store, how_many)
    async with store.reading() as session:
        with counted(store) as statements:
            found = await orders.list_orders(session, customer_id=ada.id)
        assert len(statements) == 4
        with counted(store) as statements:
            assert len(await returns.returnable_orders(session, customer_id=ada.id)) == how_many
        assert len(statements) == 2
    assert [line.variant.product.category.slug for line in found[0].items if line.variant] == ["jackets"] * 2
    assert found[0].shipments[0].items
    assert found[0].shipments[0].events is not None


async def test_the_same_order_is_asked_for_once(store: Store) -> None:
    ada = await _orders(store, 2)
    async with store.unit() as session:
        first = await orders.get_order(session, customer_id=ada.id, number="A-1")
        with counted(store) as statements:
            assert await orders.get_order(session, customer_id=ada.id, number="A-1") is first
            assert await orders.get_by_id(session, customer_id=ada.id, order_id=first.id) is first
        assert statements == []
        assert first in await orders.list_orders(session, customer_id=ada.id)


async def test_what_the_unit_knows_is_still_nobody_elses(store: Store) -> None:
    ada = await _orders(store, 1)
    async with store.unit() as session:
        bob = await make_customer(session, "C-0002")
        order = await orders.get_order(session, customer_id=ada.id, number="A-0")
        with pytest.raises(NotFound):
            await orders.get_order(session, customer_id=bob.id, number="A-0")
        with pytest.raises(NotFound):
            await orders.get_by_id(session, customer_id=bob.id, order_id=order.id)


async def test_what_the_unit_does_shows_at_once(store: Store) -> None:
    async with store.unit() as session:
        ada = await make_customer(session)
        await make_order(session, ada, placed_at=days_ago(2))
        assert len(await orders.open_orders(session, customer_id=ada.id)) == 1
        await make_order(session, ada, number="A-2")
        assert len(await orders.open_orders(session, customer_id=ada.id)) == 2
        await orders.cancel(session, customer_id=ada.id, number="A-2")
        [left] = await orders.open_orders(session, customer_id=ada.id)
        assert left.number == "A-10042"
        again = await orders.get_order(session, customer_id=ada.id, number="A-2")
        assert again.status is OrderStatus.CANCELLED


async def test_a_change_that_was_taken_back_is_read_anew(store: Store) -> None:
    ada = await _orders(store, 2)
    async with store.unit() as session:
        order = await orders.get_order(session, customer_id=ada.id, number="A-1")
        with pytest.raises(IntegrityError):
            async with session.begin_nested():
                order.number = "A-0"
                await session.flush()
        again = await orders.get_order(session, customer_id=ada.id, number="A-1")
        assert (again.number, len(again.items)) == ("A-1", 2)


async def test_another_unit_sees_what_the_first_one_did(store: Store) -> None:
    ada = await _orders(store, 1)
    async with store.unit() as session:
        order = await orders.take_order(session, customer_id=ada.id, number="A-0")
        order.note = "Ring twice."
    async with store.unit() as session:
        order = await orders.take_order(session, customer_id=ada.id, number="A-0")
        assert order.note == "Ring twice."
        assert await session.get(Order, order.id) is order
