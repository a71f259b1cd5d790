"""What customers liked, and what was bought together."""

from __future__ import annotations

from crm_store import orders
from crm_store.models import OrderStatus, Resolution, Return, ReturnItem, ReturnReason, ReturnStatus
from crm_store.session import Store
from tests.crm_store.builders import Line, days_ago, make_customer, make_order, make_product, saved


async def test_what_was_kept_and_what_was_had(store: Store) -> None:
    async with store.unit() as session:
        ada = await make_customer(session)
        goods = [await make_product(session, f"P-00{n}", name=f"Thing {n}") for n in range(1, 6)]
        kept, back, given, cancelled, _ = goods
        lines = [Line(kept.variants[0]), Line(back.variants[0])]
        order = await make_order(session, ada, *lines, status=OrderStatus.DELIVERED)
        await make_order(session, ada, Line(given.variants[0]), number="A-2", gift=True)
        await make_order(
            session, ada, Line(cancelled.variants[0]), number="A-3", status=OrderStatus.CANCELLED
        )
        sent = Return(
            number="R-1",
            order_id=order.id,
            customer_id=ada.id,
            status=ReturnStatus.RECEIVED,
            resolution=Resolution.REFUND_CARD,
            requested_at=days_ago(1),
        )
        await saved(session, sent)
        item = ReturnItem(
            return_id=sent.id,
            order_item_id=order.items[1].id,
            quantity=1,
            reason=ReturnReason.CHANGED_MIND,
        )
        await saved(session, item)
    async with store.reading() as session:
        taste = await orders.taste(session, customer_id=ada.id)
        assert [product.name for product in taste.kept] == ["Thing 1"]
        assert taste.had == {kept.id, back.id, given.id}
        assert (await orders.taste(session, customer_id=ada.id + 1)).kept == []


async def test_only_what_several_others_bought_together(store: Store) -> None:
    async with store.unit() as session:
        seed, often, seldom, own = [await make_product(session, f"P-00{n}") for n in range(1, 5)]
        people = [await make_customer(session, f"C-000{n}") for n in range(1, 6)]
        for number, person in enumerate(people):
            goods = [seed, own] if number == 0 else [seed, often] if number < 4 else [seed, seldom]
            # In different orders, and one of them twice.
            for place, product in enumerate([*goods, goods[-1]]):
                await make_order(session, person, Line(product.variants[0]), number=f"A-{number}{place}")
    async with store.reading() as session:
        found = await orders.bought_together(session, product_ids=[seed.id], customer_id=people[0].id)
        assert [(pair.product_id, pair.with_id, pair.people) for pair in found] == [(often.id, seed.id, 3)]
        assert await orders.bought_together(session, product_ids=[own.id], customer_id=people[0].id) == []
