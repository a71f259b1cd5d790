"""Refunds: looking at one's own, and what a sent one does to the order."""

from __future__ import annotations

from crm_store import clock, refunds
from crm_store.models import PaymentStatus, RefundMethod, RefundStatus
from crm_store.session import Store
from tests.crm_store.builders import days_ago, make_customer, make_order


async def test_newest_first_and_ones_own(store: Store) -> None:
    async with store.unit() as session:
        ada, bob = await make_customer(session), await make_customer(session, "C-0002")
        order = await make_order(session, ada)
        assert await refunds.latest(session, customer_id=ada.id) is None
        for age in (3, 1, 2):
            with clock.frozen_at(days_ago(age)):
                await refunds.create(session, order=order, cents=age, method=RefundMethod.CARD, key=f"{age}")
        found = await refunds.list_refunds(session, customer_id=ada.id)
        assert [refund.amount_cents for refund in found] == [1, 2, 3]
        assert found[0].number.startswith("F-3")
        latest = await refunds.latest(session, customer_id=ada.id)
        assert latest and latest.amount_cents == 1
        assert await refunds.list_refunds(session, customer_id=bob.id) == []
        assert await refunds.latest(session, customer_id=bob.id) is None


async def test_a_sent_refund_shows_on_the_order(store: Store) -> None:
    async with store.unit() as session:
        order = await make_order(session, await make_customer(session))
        part = await refunds.create(session, order=order, cents=4_000, method=RefundMethod.CARD, key="a")
        assert (part.status, order.payment_status) == (RefundStatus.PENDING, PaymentStatus.PAID)
        await refunds.mark_sent(session, order=order, refund=part)
        assert order.payment_status.value == "partially_refunded"
        rest = await refunds.refund_order(session, order=order, key="b")
        assert rest and rest.amount_cents == 6_000
        await refunds.mark_sent(session, order=order, refund=rest)
        assert order.payment_status.value == "refunded"
        assert await refunds.refund_order(session, order=order, key="c") is None
