"""Returns: what they give, and making them."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence

import pytest
from sqlalchemy import func, select

from crm_store import audit, orders, returns, vouchers
from crm_store.errors import Conflict, NotAllowed, NotFound, OutOfStock
from crm_store.models import (
    OrderStatus,
    PaymentStatus,
    PointsEntry,
    Refund,
    RefundMethod,
    RefundStatus,
    Resolution,
    Return,
    ReturnReason,
    ReturnStatus,
    Voucher,
)
from crm_store.returns import Quote, ReturnLine
from crm_store.session import Store
from tests.crm_store.builders import Line, make_delivered, make_member, make_product, warm_up
from tests.crm_store.returning import (
    CARD,
    CREDIT,
    EXCHANGE,
    create,
    in_stock,
    offered,
    pending_points,
    piece,
    shop,
)


class TestQuote:
    async def test_money_credit_and_exchange(self, store: Store) -> None:
        ada, _ = await shop(store)
        two = piece(quantity=2)
        assert await offered(store, ada, two) == Quote(20_000, "EUR", 0, 200)
        credit = await offered(store, ada, two, resolution=CREDIT)
        assert (credit, credit.total_cents) == (Quote(20_000, "EUR", 2000, 200), 22_000)
        assert await offered(store, ada, two, resolution=EXCHANGE) == Quote(0, "EUR", 0, 0)

    async def test_it_is_what_was_paid_for_the_line_without_delivery(self, store: Store) -> None:
        lines = Line(price_cents=9_000, discount_cents=1_000), Line(price_cents=2_000)
        ada, _ = await shop(store, *lines, shipping_cents=495, extra_discount_cents=500)
        first, second = await offered(store, ada, piece(1)), await offered(store, ada, piece(2))
        assert (first.amount_cents, second.amount_cents) == (7_600, 1_900)
        assert (await offered(store, ada, piece(1), piece(2))).amount_cents == 9_500

    @pytest.mark.parametrize(
        ("lines", "reason"),
        [
            ([], "nothing"),
            ([piece(quantity=4)], "quantity"),
            ([piece(quantity=2), piece(quantity=2, reason=ReturnReason.DAMAGED)], "quantity"),
            ([piece(quantity=0)], "quantity"),
            ([piece(quantity=-1)], "quantity"),
        ],
    )
    async def test_what_cannot_be_asked(self, store: Store, lines: Sequence[ReturnLine], reason: str) -> None:
        ada, _ = await shop(store)
        with pytest.raises(NotAllowed) as refusal:
            await offered(store, ada, *lines)
        assert refusal.value.reason == reason
        with pytest.raises(NotFound):
            await offered(store, ada, piece(line_no=9))

    async def test_what_was_not_paid_gives_no_money(self, store: Store) -> None:
        ada, _ = await shop(store, payment_status=PaymentStatus.PENDING)
        with pytest.raises(NotAllowed) as refusal:
            await offered(store, ada, piece())
        assert refusal.value.reason == "not_paid"


class TestCreating:
    async def test_a_refund_is_promised_and_points_are_taken_back(self, store: Store) -> None:
        ada, _ = await shop(store)
        made = await create(store, ada)
        assert made.number.startswith("R-5")
        assert (made.status, made.resolution) == (ReturnStatus.LABEL_SENT, CARD)
        assert made.label_code.startswith("WL")
        assert made.order.number == "A-10042"
        assert [(item.quantity, item.order_item.line_no) for item in made.items] == [(1, 1)]
        [refund] = made.refunds
        assert (refund.amount_cents, refund.status) == (10_000, RefundStatus.PENDING)
        assert refund.method is RefundMethod.CARD
        async with store.reading() as session:
            assert await pending_points(session, ada) == 200
            order = await orders.get_order(session, customer_id=ada.id, number="A-10042")
            assert (order.status, order.payment_status) == (OrderStatus.DELIVERED, PaymentStatus.PAID)
            assert await audit.entries(session, action="return_created", subject=f"return:{made.number}")

    async def test_store_credit_is_given_at_once_with_its_bonus(self, store: Store) -> None:
        ada, _ = await shop(store)
        made = await create(store, ada, resolution=CREDIT)
        assert [(one.amount_cents, one.status) for one in made.refunds] == [(11_000, RefundStatus.SENT)]
        async with store.reading() as session:
            [voucher] = await vouchers.list_vouchers(session, customer_id=ada.id)
            assert (voucher.value_cents, voucher.expires_at) == (11_000, None)
            order = await orders.get_order(session, customer_id=ada.id, number="A-10042")
            assert order.payment_status is PaymentStatus.PARTIALLY_REFUNDED

    async def test_an_exchange_puts_the_other_size_aside(self, store: Store) -> None:
        ada, [_, large] = await shop(store)
        made = await create(store, ada, piece(quantity=2), resolution=EXCHANGE, variant_id=large.id)
        assert made.exchange_variant and made.exchange_variant.product.number == "P-001"
        assert made.refunds == []
        assert await in_stock(store, large) == 3
        async with store.reading() as session:
            assert await pending_points(session, ada) == 300

    @pytest.mark.parametrize("stock", [0, 1])
    async def test_an_exchange_out_of_stock_leaves_no_trace(self, store: Store, stock: int) -> None:
        ada, [_, large] = await shop(store, stock=stock)
        async with store.unit() as session:
            with pytest.raises(OutOfStock):
                await returns.create_return(
                    session,
                    customer_id=ada.id,
                    number="A-10042",
                    lines=[piece(quantity=2)],
                    resolution=EXCHANGE,
                    key="key",
                    exchange_variant_id=large.id,
                )
        async with store.reading() as session:
            assert await returns.list_returns(session, customer_id=ada.id) == []
        assert await in_stock(store, large) == stock

    async def test_an_exchange_is_for_the_same_product(self, store: Store) -> None:
        ada, _ = await shop(store)
        async with store.unit() as session:
            mug = (await make_product(session, "P-002", name="Mug")).variants[0]
        for variant_id in (mug.id, 4711, None):
            with pytest.raises(NotAllowed) as refusal:
                await create(store, ada, resolution=EXCHANGE, variant_id=variant_id)
            assert refusal.value.reason == "exchange_variant"

    async def test_the_same_key_gives_the_same_return(self, store: Store) -> None:
        ada, _ = await shop(store)
        async with store.unit() as session:
            await make_delivered(session, ada, number="A-2")
        first = await create(store, ada)
        assert (await create(store, ada)).number == first.number
        with pytest.raises(Conflict):
            await create(store, ada, number="A-2")
        async with store.reading() as session:
            assert len(await returns.list_returns(session, customer_id=ada.id)) == 1

    async def test_ten_at_once_with_one_key_make_one(self, store: Store) -> None:
        ada, _ = await shop(store)
        await warm_up(store)
        made = await asyncio.gather(*(create(store, ada, resolution=CREDIT) for _ in range(10)))
        assert len({one.number for one in made}) == 1
        async with store.reading() as session:
            assert await session.scalar(select(func.count()).select_from(Voucher)) == 1

    @pytest.mark.parametrize("resolution", [CARD, CREDIT])
    async def test_ten_at_once_return_three_pieces(self, store: Store, resolution: Resolution) -> None:
        ada, _ = await shop(store)
        attempts = (create(store, ada, resolution=resolution, key=f"{number}") for number in range(10))
        await warm_up(store)
        results = await asyncio.gather(*attempts, return_exceptions=True)
        assert sum(isinstance(result, Return) for result in results) == 3
        refused = {result.reason for result in results if isinstance(result, NotAllowed)}
        assert refused == {"already_returned"}
        async with store.reading() as session:
            worth = 30_000 if resolution is CARD else 33_000
            assert await session.scalar(select(func.sum(Refund.amount_cents))) == worth
            assert await session.scalar(select(func.sum(PointsEntry.points))) == 0

    async def test_ten_at_once_exchange_for_the_last_two(self, store: Store) -> None:
        ada, [medium, large] = await shop(store, stock=2)
        async with store.unit() as session:
            for number in range(10):
                await make_delivered(session, ada, Line(medium), number=f"A-{number}")
        attempts = (
            create(store, ada, resolution=EXCHANGE, key=f"{n}", number=f"A-{n}", variant_id=large.id)
            for n in range(10)
        )
        await warm_up(store)
        results = await asyncio.gather(*attempts, return_exceptions=True)
        assert sum(isinstance(result, Return) for result in results) == 2
        assert sum(isinstance(result, OutOfStock) for result in results) == 8
        assert await in_stock(store, large) == 0

    async def test_parts_add_up_to_the_whole_even_out_of_order(self, store: Store) -> None:
        """Three pieces for EUR 1.00, one called off and sent again: EUR 1.00 comes back, not a cent more."""
        ada, _ = await shop(store, Line(quantity=3, price_cents=34, discount_cents=2))
        first = await create(store, ada, key="1")
        await create(store, ada, key="2")
        await create(store, ada, key="3")
        async with store.unit() as session:
            await returns.cancel_return(session, customer_id=ada.id, number=first.number)
        again = await create(store, ada, key="4")
        assert again.number != first.number
        async with store.reading() as session:
            assert await session.scalar(select(func.sum(Refund.amount_cents))) == 100

    async def test_of_another_customer_nothing_is_found(self, store: Store) -> None:
        ada, _ = await shop(store)
        made = await create(store, ada)
        async with store.unit() as session:
            bob = await make_member(session, "C-0002")
        with pytest.raises(NotFound):
            await create(store, bob)
        with pytest.raises(NotFound):
            await offered(store, bob, piece())
        async with store.unit() as session:
            for attempt in (
                returns.get_return(session, customer_id=bob.id, number=made.number),
                returns.cancel_return(session, customer_id=bob.id, number=made.number),
            ):
                with pytest.raises(NotFound):
                    await attempt
            assert await returns.list_returns(session, customer_id=bob.id) == []
            typed = made.number.lower().replace("-", " ")
            assert (await returns.get_return(session, customer_id=ada.id, number=typed)).id == made.id
