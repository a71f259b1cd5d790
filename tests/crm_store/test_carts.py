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
