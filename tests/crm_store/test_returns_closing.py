"""The end of a return: the goods arrive, or the customer keeps them."""

from __future__ import annotations

import asyncio

import pytest

from crm_store import audit, orders, refunds, returns
from crm_store.errors import NotAllowed, NotFound
from crm_store.models import (
    Customer,
    OrderStatus,
    PaymentStatus,
    RefundStatus,
    Return,
    ReturnReason,
    ReturnStatus,
)
from crm_store.session import Store
from tests.crm_store.builders import warm_up
from tests.crm_store.returning import (
    CREDIT,
    EXCHANGE,
    create,
    in_stock,
    pending_points,
    piece,
    shop,
)


async def _receive(store: Store, made: Return) -> Return:
    async with store.unit() as session:
        return await returns.receive(session, number=made.number)


class TestReceiving:
    async def test_money_leaves_and_the_order_says_so(self, store: Store) -> None:
        ada, [medium, _] = await shop(store)
        part = await _receive(store, await create(store, ada, key="part"))
        assert (part.status, part.refunds[0].status) == (ReturnStatus.REFUNDED, RefundStatus.SENT)
        assert part.received_at
        async with store.reading() as session:
            order = await orders.get_order(session, customer_id=ada.id, number="A-10042")
            assert order.status is OrderStatus.PARTIALLY_RETURNED
            assert order.payment_status is PaymentStatus.PARTIALLY_REFUNDED
        await _receive(store, await create(store, ada, piece(quantity=2), key="rest"))
        async with store.reading() as session:
            order = await orders.get_order(session, customer_id=ada.id, number="A-10042")
            assert (order.status, order.payment_status) == (OrderStatus.RETURNED, PaymentStatus.REFUNDED)
        assert await in_stock(store, medium) == 8

    async def test_again_and_at_once_it_happens_once(self, store: Store) -> None:
        ada, [medium, _] = await shop(store)
        made = await create(store, ada)
        await warm_up(store)
        await asyncio.gather(*(_receive(store, made) for _ in range(5)))
        assert await in_stock(store, medium) == 6
        async with store.reading() as session:
            assert len(await audit.entries(session, action="refund_sent")) == 1

    async def test_damaged_goods_are_not_sold_again(self, store: Store) -> None:
        ada, [medium, _] = await shop(store)
        await _receive(store, await create(store, ada, piece(reason=ReturnReason.DAMAGED)))
        assert await in_stock(store, medium) == 5

    async def test_an_exchange_leaves_the_order_as_it_is(self, store: Store) -> None:
        ada, [medium, large] = await shop(store)
        made = await create(store, ada, resolution=EXCHANGE, variant_id=large.id)
        assert (await _receive(store, made)).status is ReturnStatus.EXCHANGED
        async with store.reading() as session:
            order = await orders.get_order(session, customer_id=ada.id, number="A-10042")
            assert order.status is OrderStatus.DELIVERED
        assert (await in_stock(store, medium), await in_stock(store, large)) == (6, 4)

    async def test_what_was_called_off_or_never_made(self, store: Store) -> None:
        ada, _ = await shop(store)
        made = await create(store, ada)
        async with store.unit() as session:
            await returns.cancel_return(session, customer_id=ada.id, number=made.number)
            with pytest.raises(NotAllowed) as refusal:
                await returns.receive(session, number=made.number)
            assert refusal.value.reason == "cancelled"
            with pytest.raises(NotFound):
                await returns.receive(session, number="R-1")


class TestCallingOff:
    async def _cancel(self, store: Store, customer: Customer, made: Return) -> Return:
        async with store.unit() as session:
            return await returns.cancel_return(session, customer_id=customer.id, number=made.number)

    async def test_points_come_back_and_the_refund_is_withdrawn(self, store: Store) -> None:
        ada, _ = await shop(store)
        made = await create(store, ada)
        called_off = await self._cancel(store, ada, made)
        assert (called_off.status, called_off.refunds) == (ReturnStatus.CANCELLED, [])
        async with store.reading() as session:
            assert await pending_points(session, ada) == 300
            assert await refunds.list_refunds(session, customer_id=ada.id) == []

    async def test_the_goods_of_an_exchange_are_free_again(self, store: Store) -> None:
        ada, [_, large] = await shop(store)
        made = await create(store, ada, resolution=EXCHANGE, variant_id=large.id)
        await self._cancel(store, ada, made)
        assert await in_stock(store, large) == 5

    async def test_ten_at_once_call_it_off_once(self, store: Store) -> None:
        ada, _ = await shop(store)
        made = await create(store, ada)
        await warm_up(store)
        results = await asyncio.gather(
            *(self._cancel(store, ada, made) for _ in range(10)), return_exceptions=True
        )
        assert sum(isinstance(result, Return) for result in results) == 1
        async with store.reading() as session:
            assert await pending_points(session, ada) == 300

    async def test_not_after_store_credit_was_given(self, store: Store) -> None:
        ada, _ = await shop(store)
        made = await create(store, ada, resolution=CREDIT)
        with pytest.raises(NotAllowed) as refusal:
            await self._cancel(store, ada, made)
        assert refusal.value.reason == "store_credit_given"

    @pytest.mark.parametrize(
        "status", [ReturnStatus.IN_TRANSIT, ReturnStatus.RECEIVED, ReturnStatus.REFUNDED]
    )
    async def test_not_once_it_is_on_its_way(self, store: Store, status: ReturnStatus) -> None:
        ada, _ = await shop(store)
        made = await create(store, ada)
        async with store.unit() as session:
            row = await session.get_one(Return, made.id)
            row.status = status
        with pytest.raises(NotAllowed) as refusal:
            await self._cancel(store, ada, made)
        assert refusal.value.reason == status.value
