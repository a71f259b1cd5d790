"""Orders: reading them, and finding them by what was bought."""

from __future__ import annotations

import pytest

from crm_store import orders
from crm_store.errors import NotFound
from crm_store.models import (
    OrderStatus,
)
from crm_store.session import Store
from tests.crm_store.builders import (
    Line,
    days_ago,
    make_customer,
    make_delivered,
    make_order,
    make_product,
)


class TestReading:
    async def test_an_order_comes_whole(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            jacket = await make_product(session)
            await make_delivered(session, ada, Line(jacket.variants[0]), Line(title="Old map"))
        async with store.reading() as session:
            order = await orders.get_order(session, customer_id=ada.id, number="#10042")
            assert order.items[0].variant and order.items[0].variant.product.category.slug == "jackets"
            assert order.items[1].variant is None
            assert order.shipments[0].items[0].quantity == 1
            assert order.shipments[0].events == []

    async def test_newest_first_page_by_page(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            for number in range(5):
                # Two were placed at the same moment: the cursor must not lose one.
                await make_order(session, ada, number=f"A-1000{number}", placed_at=days_ago(50 - number // 2))
            numbers: list[str] = []
            before = None
            while page := await orders.list_orders(session, customer_id=ada.id, limit=2, before_id=before):
                numbers += [order.number for order in page]
                before = page[-1].id
        assert numbers == ["A-10004", "A-10003", "A-10002", "A-10001", "A-10000"]

    async def test_open_and_latest(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            assert await orders.latest_order(session, customer_id=ada.id) is None
            for age, status in enumerate(OrderStatus):
                await make_order(
                    session, ada, number=f"A-{status}", status=status, placed_at=days_ago(age + 1)
                )
            found = await orders.open_orders(session, customer_id=ada.id)
            assert {order.status.value for order in found} == {
                "pending_payment", "payment_failed", "paid", "packed", "partially_shipped", "shipped",
                "out_for_delivery", "lost",
            }  # fmt: skip
            latest = await orders.latest_order(session, customer_id=ada.id)
            assert latest and latest.number == "A-pending_payment"

    async def test_numbers_of_an_imported_shop_work_as_they_are(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            await make_order(session, ada, number="12345")
            await make_order(session, ada, number="cd-7-x")
            for number in ("12345", "cd-7-x"):
                assert (await orders.get_order(session, customer_id=ada.id, number=number)).number == number

    async def test_another_customers_order_is_not_found(self, store: Store) -> None:
        async with store.unit() as session:
            ada, bob = await make_customer(session), await make_customer(session, "C-0002")
            order = await make_order(session, ada)
            for attempt in (
                orders.get_order(session, customer_id=bob.id, number="A-10042"),
                orders.take_order(session, customer_id=bob.id, number="A-10042"),
                orders.get_by_id(session, customer_id=bob.id, order_id=order.id),
                orders.take_by_id(session, customer_id=bob.id, order_id=order.id),
                orders.list_orders(session, customer_id=bob.id, before_id=order.id),
                orders.cancel(session, customer_id=bob.id, number="A-10042"),
                orders.change_address(
                    session, customer_id=bob.id, number="A-10042", address_line="x", postcode="", city="y"
                ),
            ):
                with pytest.raises(NotFound):
                    await attempt
            assert await orders.list_orders(session, customer_id=bob.id) == []
            assert await orders.open_orders(session, customer_id=bob.id) == []
            assert await orders.find_by_product(session, customer_id=bob.id, text="jacket") == []
            assert await orders.bought_products(session, customer_id=bob.id) == []


class TestFinding:
    @pytest.mark.parametrize(
        ("text", "numbers"),
        [
            ("the rain jaket", ["A-2", "A-1"]),
            ("blue jacket", ["A-1"]),
            ("the yellow one", ["A-2"]),
            ("my mug", ["A-3"]),
            ("enamel", ["A-3"]),
            ("footwear", []),
            ("", []),
        ],
    )
    async def test_by_words_colours_and_typing_errors(
        self, store: Store, text: str, numbers: list[str]
    ) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            jacket = await make_product(session, variants=(("M", "blue"), ("M", "yellow")))
            blue, yellow = jacket.variants
            await make_order(session, ada, Line(blue, "Skylark"), number="A-1", placed_at=days_ago(9))
            await make_order(session, ada, Line(yellow, "Skylark"), number="A-2", placed_at=days_ago(8))
            await make_order(session, ada, Line(title="Puffin Enamel Mug"), number="A-3")
            found = await orders.find_by_product(session, customer_id=ada.id, text=text)
        assert [order.number for order in found] == numbers

    async def test_bought_products_once_each_without_cancelled_orders(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            jacket, mug = await make_product(session), await make_product(session, "P-002", name="Mug")
            tent = await make_product(session, "P-003", name="Tent")
            first = Line(jacket.variants[0])
            await make_order(session, ada, first, number="A-1", placed_at=days_ago(9))
            await make_order(session, ada, Line(mug.variants[0]), number="A-2", placed_at=days_ago(5))
            await make_order(session, ada, first, Line(title="Old map"), number="A-3")
            gone = OrderStatus.CANCELLED
            await make_order(session, ada, Line(tent.variants[0]), number="A-4", status=gone)
            found = await orders.bought_products(session, customer_id=ada.id)
        assert [product.number for product in found] == ["P-001", "P-002"]
