"""Carts: what a customer put aside."""

from __future__ import annotations

from crm_store import carts
from crm_store.models import CartLine
from crm_store.session import Store
from tests.crm_store.builders import days_ago, make_customer, make_product


async def test_lines_come_with_their_goods_and_price_the_latest_first(store: Store) -> None:
    async with store.unit() as session:
        ada, bob = await make_customer(session), await make_customer(session, "C-0002")
        medium, large = (await make_product(session)).variants
        large.price_cents = 12_000
        for age, variant in ((1, medium), (2, large)):
            session.add(
                CartLine(customer_id=ada.id, variant_id=variant.id, quantity=2, updated_at=days_ago(age))
            )
    async with store.reading() as session:
        lines = await carts.lines(session, customer_id=ada.id)
        assert [(line.variant.size, line.price_cents) for line in lines] == [("M", 20_000), ("L", 24_000)]
        assert lines[0].variant.product.name == "Skylark Rain Jacket"
        assert await carts.lines(session, customer_id=bob.id) == []


async def test_putting_in_and_taking_out_is_ones_own_affair(store: Store) -> None:
    async with store.unit() as session:
        ada, bob = await make_customer(session), await make_customer(session, "C-0002")
        medium, large = (await make_product(session)).variants
        for owner, variant in ((ada, medium), (ada, medium), (ada, large), (bob, medium)):
            await carts.put(session, customer_id=owner.id, variant_id=variant.id)
        await carts.remove(session, customer_id=ada.id, variant_id=large.id)
        await carts.remove(session, customer_id=bob.id, variant_id=large.id)
    async with store.reading() as session:
        for owner, quantity in ((ada, 2), (bob, 1)):
            [line] = await carts.lines(session, customer_id=owner.id)
            assert (line.variant.size, line.quantity) == ("M", quantity)


async def test_there_is_an_end_to_a_line(store: Store) -> None:
    async with store.unit() as session:
        ada = await make_customer(session)
        variant = (await make_product(session)).variants[0]
        for _ in range(carts.MOST + 2):
            await carts.put(session, customer_id=ada.id, variant_id=variant.id)
    async with store.reading() as session:
        [line] = await carts.lines(session, customer_id=ada.id)
        assert line.quantity == carts.MOST
