"""Cancelling an order and sending it elsewhere, until it is packed."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import func, select

from crm_store import audit, catalogue, loyalty, orders, refunds
from crm_store.errors import NotAllowed
from crm_store.models import (
    DeliveryMethod,
    Order,
    OrderStatus,
    PaymentStatus,
    PointsEntry,
    Refund,
    RefundMethod,
    RefundStatus,
)
from crm_store.session import Store
from tests.crm_store.builders import (
    Line,
    make_customer,
    make_member,
    make_order,
    make_product,
    warm_up,
)


async def _cancel(store: Store, customer_id: int, number: str = "A-10042") -> Order:
    async with store.unit() as session:
        return await orders.cancel(session, customer_id=customer_id, number=number)


class TestCancelling:
    async def test_goods_points_and_money_go_back(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_member(session)
            jacket = await make_product(session, stock=3)
            blue = jacket.variants[0]
            order = await make_order(session, ada, Line(blue, quantity=2), shipping_cents=495)
            order = await orders.get_order(session, customer_id=ada.id, number=order.number)
            await loyalty.earn_for_order(session, order=order)
        cancelled = await _cancel(store, ada.id)
        assert (cancelled.status, cancelled.payment_status) == (OrderStatus.CANCELLED, PaymentStatus.PAID)
        assert cancelled.cancelled_at
        async with store.reading() as session:
            refund = await refunds.latest(session, customer_id=ada.id)
            assert refund and (refund.amount_cents, refund.currency) == (20_495, "EUR")
            assert (refund.method, refund.status) == (RefundMethod.CARD, RefundStatus.PENDING)
            assert (await catalogue.stock_of(session, variant_id=blue.id))["web"] == 5
            points = await loyalty.statement(session, customer_id=ada.id)
            assert (points.balance, points.pending) == (0, 0)
            assert await audit.entries(session, action="order_cancelled", subject="order:A-10042")

    async def test_ten_at_once_cancel_it_once(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_member(session)
            jacket = await make_product(session, stock=0)
            order = await make_order(session, ada, Line(jacket.variants[0]))
            order = await orders.get_order(session, customer_id=ada.id, number=order.number)
            await loyalty.earn_for_order(session, order=order)
        await warm_up(store)
        results = await asyncio.gather(*(_cancel(store, ada.id) for _ in range(10)), return_exceptions=True)
        refused = [result.reason for result in results if isinstance(result, NotAllowed)]
        assert refused == ["cancelled"] * 9
        async with store.reading() as session:
            assert await session.scalar(select(func.count()).select_from(Refund)) == 1
            assert await session.scalar(select(func.sum(PointsEntry.points))) == 0
            stock = await catalogue.stock_of(session, variant_id=jacket.variants[0].id)
            assert stock == {"web": 1}

    @pytest.mark.parametrize(
        ("status", "reason"),
        [
            (OrderStatus.PACKED, "packed"),
            (OrderStatus.PARTIALLY_SHIPPED, "shipped"),
            (OrderStatus.SHIPPED, "shipped"),
            (OrderStatus.OUT_FOR_DELIVERY, "shipped"),
            (OrderStatus.DELIVERED, "delivered"),
            (OrderStatus.PARTIALLY_RETURNED, "delivered"),
            (OrderStatus.RETURNED, "returned"),
            (OrderStatus.LOST, "lost"),
            (OrderStatus.CANCELLED, "cancelled"),
        ],
    )
    async def test_too_late_says_why(self, store: Store, status: OrderStatus, reason: str) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            await make_order(session, ada, status=status)
            with pytest.raises(NotAllowed) as refusal:
                await orders.cancel(session, customer_id=ada.id, number="A-10042")
            assert refusal.value.reason == reason
            assert await refunds.list_refunds(session, customer_id=ada.id) == []

    @pytest.mark.parametrize("paying", [PaymentStatus.PENDING, PaymentStatus.FAILED])
    async def test_what_was_not_paid_is_not_refunded(self, store: Store, paying: PaymentStatus) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            status = OrderStatus.PENDING_PAYMENT
            await make_order(session, ada, status=status, payment_status=paying)
            order = await orders.cancel(session, customer_id=ada.id, number="A-10042")
            assert (order.status, order.payment_status) == (OrderStatus.CANCELLED, paying)
            assert await refunds.latest(session, customer_id=ada.id) is None

    async def test_a_gift_card_gets_its_money_back(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            await make_order(session, ada, payment_method="gift_card")
            await orders.cancel(session, customer_id=ada.id, number="A-10042")
            refund = await refunds.latest(session, customer_id=ada.id)
            assert refund and refund.method is RefundMethod.GIFT_CARD

    async def test_downloads_that_were_paid_cannot_be_cancelled(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            await make_order(session, ada, delivery_method=DeliveryMethod.DIGITAL)
            with pytest.raises(NotAllowed) as refusal:
                await orders.cancel(session, customer_id=ada.id, number="A-10042")
            assert refusal.value.reason == "digital"


async def _move(store: Store, customer_id: int, **fields: str) -> Order:
    values = {"address_line": "2 New Street", "postcode": "D02 XY00", "city": "Dublin"} | fields
    async with store.unit() as session:
        return await orders.change_address(session, customer_id=customer_id, number="A-10042", **values)


class TestAddress:
    async def test_it_is_changed_until_packed_and_audited_without_the_address(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            await make_order(session, ada, ship_name="Ada Byrne", ship_country="IE")
        moved = await _move(store, ada.id, country="de")
        assert (moved.ship_address, moved.ship_postcode) == ("2 New Street", "D02 XY00")
        assert (moved.ship_city, moved.ship_name, moved.ship_country) == ("Dublin", "Ada Byrne", "DE")
        async with store.reading() as session:
            [entry] = await audit.entries(session, action="order_address_changed")
            assert "New Street" not in str(entry.data)

    @pytest.mark.parametrize(
        ("fields", "reason"),
        [
            ({"status": OrderStatus.SHIPPED}, "shipped"),
            ({"delivery_method": DeliveryMethod.PICKUP}, "pickup"),
            ({"delivery_method": DeliveryMethod.DIGITAL}, "digital"),
        ],
    )
    async def test_not_for_what_left_or_goes_nowhere(
        self, store: Store, fields: dict[str, Any], reason: str
    ) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            await make_order(session, ada, **fields)
        with pytest.raises(NotAllowed) as refusal:
            await _move(store, ada.id)
        assert refusal.value.reason == reason

    async def test_an_address_needs_street_and_town_and_long_ones_are_cut(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            await make_order(session, ada)
        with pytest.raises(NotAllowed) as refusal:
            await _move(store, ada.id, city=" ")
        assert refusal.value.reason == "incomplete"
        assert len((await _move(store, ada.id, address_line="x" * 1000)).ship_address) == 300

    async def test_an_address_change_racing_a_cancel_does_not_revive_the_order(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            await make_order(session, ada)
        await warm_up(store)
        await asyncio.gather(_cancel(store, ada.id), _move(store, ada.id), return_exceptions=True)
        async with store.reading() as session:
            order = await orders.get_order(session, customer_id=ada.id, number="A-10042")
            assert order.status is OrderStatus.CANCELLED
