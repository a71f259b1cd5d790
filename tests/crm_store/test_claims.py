"""Claims: what is settled at once, what a human decides, and that nothing is settled twice."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy import select

from crm_store import catalogue, claims, loyalty, orders, refunds
from crm_store.claims import ClaimLine, Decision, Report
from crm_store.errors import Conflict, NotAllowed, NotFound
from crm_store.models import (
    Claim,
    ClaimKind,
    Customer,
    Order,
    OrderStatus,
    PaymentStatus,
    Remedy,
    Shipment,
    ShipmentStatus,
    TrackingEvent,
    Variant,
)
from crm_store.session import Store
from tests.crm_store.builders import (
    Line,
    days_ago,
    earn_points,
    make_customer,
    make_delivered,
    make_member,
    make_order,
    make_parcel,
    make_product,
    warm_up,
)
from tests.crm_store.returning import create, piece

DAMAGED, PARCEL = ClaimKind.DAMAGED, ClaimKind.MISSING_PARCEL
LIMIT = 20_000


async def shop(store: Store, *, stock: int = 5, days: float = 3, quantity: int = 3) -> Customer:
    """A member whose order A-10042 of three jackets (€100 each) was delivered and earned points."""
    async with store.unit() as session:
        ada = await make_member(session)
        jacket = await make_product(session, stock=stock)
        line = Line(jacket.variants[0], quantity=quantity)
        await earn_points(session, await make_delivered(session, ada, line, days=days))
        return ada


async def settle(
    store: Store,
    customer: Customer,
    remedy: Remedy,
    *,
    quantity: int = 1,
    kind: ClaimKind = DAMAGED,
    key: str = "key",
    number: str = "A-10042",
    **more: Any,
) -> Claim:
    async with store.unit() as session:
        report = Report(
            number=number, kind=kind, lines=[ClaimLine(1, quantity)], words="cracked", photos=["p1"]
        )
        return await claims.settle(
            session,
            customer_id=customer.id,
            report=report,
            remedy=remedy,
            key=key,
            **({"limit_cents": LIMIT} | more),
        )


async def decide(
    store: Store, customer: Customer, *, quantity: int = 1, kind: ClaimKind = DAMAGED, limit: int = LIMIT
) -> Decision:
    async with store.reading() as session:
        return await claims.decide(
            session,
            customer_id=customer.id,
            number="A-10042",
            kind=kind,
            lines=[ClaimLine(1, quantity)],
            limit_cents=limit,
        )


async def in_stock(store: Store) -> int:
    async with store.reading() as session:
        jacket = (await session.scalars(select(Variant).where(Variant.sku == "P-001-M-blue"))).one()
        return (await catalogue.stock_of(session, variant_id=jacket.id))["web"]


async def points(store: Store, customer: Customer) -> int:
    async with store.reading() as session:
        return (await loyalty.statement(session, customer_id=customer.id)).pending


async def newest(store: Store, customer: Customer) -> Order:
    async with store.reading() as session:
        order = await orders.latest_order(session, customer_id=customer.id)
    assert order is not None
    return order


class TestRefund:
    async def test_the_money_is_promised_and_its_points_go(self, store: Store) -> None:
        ada = await shop(store)
        before = await points(store, ada)
        made = await settle(store, ada, Remedy.REFUND)
        assert made.refund is not None
        assert made.number == f"CL-{9000 + made.id}"
        assert made.refund.amount_cents == 10_000
        assert (made.words, made.photos) == ("cracked", ["p1"])
        assert await points(store, ada) == before * 2 // 3

    async def test_a_whole_missing_parcel_pays_the_delivery_back_as_well(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            jacket = await make_product(session)
            await make_delivered(session, ada, Line(jacket.variants[0]), shipping_cents=495)
        assert (await decide(store, ada, kind=PARCEL)).refund_cents == 10_495
        assert (await decide(store, ada)).refund_cents == 10_000

    async def test_what_was_paid_back_cannot_be_sent_back_for_money(self, store: Store) -> None:
        ada = await shop(store)
        await settle(store, ada, Remedy.REFUND, quantity=2)
        with pytest.raises(NotAllowed) as refused:
            await create(store, ada, piece(quantity=2))
        assert refused.value.reason == "quantity"
        await create(store, ada, piece())
        async with store.reading() as session:
            mine = await refunds.list_refunds(session, customer_id=ada.id)
        assert sum(refund.amount_cents for refund in mine) == 30_000
        assert await points(store, ada) == 0

    async def test_what_came_back_cannot_be_claimed(self, store: Store) -> None:
        ada = await shop(store)
        await create(store, ada, piece(quantity=3))
        with pytest.raises(NotAllowed) as refused:
            await settle(store, ada, Remedy.REFUND)
        assert refused.value.reason == "quantity"


class TestResend:
    async def test_an_order_that_costs_nothing_goes_out(self, store: Store) -> None:
        ada = await shop(store)
        before = await points(store, ada)
        made = await settle(store, ada, Remedy.RESEND, quantity=2)
        again = await newest(store, ada)
        assert made.replacement is not None
        assert made.replacement.number == again.number
        assert (again.status, again.total_cents) == (OrderStatus.PAID, 0)
        assert [(item.title, item.quantity, item.unit_price_cents) for item in again.items] == [
            ("Skylark Rain Jacket, blue, M", 2, 0)
        ]
        assert await in_stock(store) == 3
        assert await points(store, ada) == before

    async def test_what_is_sold_out_is_not_offered(self, store: Store) -> None:
        ada = await shop(store, stock=1)
        assert (await decide(store, ada, quantity=2)).remedies == (Remedy.REFUND,)
        with pytest.raises(NotAllowed):
            await settle(store, ada, Remedy.RESEND, quantity=2)
        assert await in_stock(store) == 1

    async def test_what_the_carrier_lost_is_sent_again_at_any_worth(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            jacket = await make_product(session)
            order = await make_order(session, ada, Line(jacket.variants[0]), status=OrderStatus.LOST)
            await make_parcel(session, order, status=ShipmentStatus.LOST)
        assert (await decide(store, ada, kind=PARCEL, limit=500)).remedies == (Remedy.RESEND,)


class TestHuman:
    @pytest.mark.parametrize("limit", [0, 9_999])
    async def test_what_is_too_dear(self, store: Store, limit: int) -> None:
        ada = await shop(store)
        decision = await decide(store, ada, limit=limit)
        assert (decision.remedies, decision.doubt) == ((), "too_dear")
        with pytest.raises(NotAllowed):
            await settle(store, ada, Remedy.REFUND, limit_cents=limit)

    async def test_the_third_claim_within_three_months(self, store: Store) -> None:
        ada = await shop(store)
        await settle(store, ada, Remedy.REFUND, key="1")
        await settle(store, ada, Remedy.TICKET, key="2")
        decision = await decide(store, ada)
        assert (decision.remedies, decision.doubt) == ((), "repeated")
        with pytest.raises(NotAllowed) as refused:
            await settle(store, ada, Remedy.REFUND, key="3")
        assert refused.value.reason == "remedy"

    async def test_old_claims_are_forgotten(self, store: Store) -> None:
        ada = await shop(store)
        for key in "12":
            made = await settle(store, ada, Remedy.TICKET, key=key)
            async with store.unit() as session:
                (await session.get_one(Claim, made.id)).created_at = days_ago(91)
        assert (await decide(store, ada)).doubt is None

    async def test_what_arrived_too_long_ago(self, store: Store) -> None:
        assert (await decide(store, await shop(store, days=32))).doubt == "too_late"

    async def test_what_somebody_signed_for(self, store: Store) -> None:
        ada = await shop(store)
        async with store.unit() as session:
            session.add(
                TrackingEvent(
                    shipment_id=(await session.scalars(select(Shipment.id))).one(),
                    at=days_ago(3),
                    status=ShipmentStatus.DELIVERED,
                    description="Delivered and signed for",
                )
            )
        assert (await decide(store, ada, kind=PARCEL)).doubt == "signed"
        assert (await decide(store, ada)).doubt is None

    async def test_what_was_never_paid(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            await make_delivered(session, ada, payment_status=PaymentStatus.PENDING)
        assert (await decide(store, ada)).doubt == "not_paid"

    async def test_a_history_without_a_catalogue_can_only_be_paid_back(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            await make_delivered(session, ada)
        assert (await decide(store, ada)).remedies == (Remedy.REFUND,)


class TestOnce:
    async def test_the_same_claim_twice_is_one(self, store: Store) -> None:
        ada = await shop(store)
        first = await settle(store, ada, Remedy.REFUND)
        assert (await settle(store, ada, Remedy.REFUND)).id == first.id

    async def test_a_key_belongs_to_one_order(self, store: Store) -> None:
        ada = await shop(store)
        async with store.unit() as session:
            await make_delivered(session, ada, number="A-10043")
        await settle(store, ada, Remedy.REFUND)
        with pytest.raises(Conflict):
            await settle(store, ada, Remedy.REFUND, number="A-10043")

    async def test_of_many_at_once_each_piece_is_settled_once_and_two_claims_are_the_most(
        self, store: Store
    ) -> None:
        ada = await shop(store)
        await warm_up(store)
        outcomes = await asyncio.gather(
            *(settle(store, ada, Remedy.REFUND, key=str(one)) for one in range(6)), return_exceptions=True
        )
        assert sum(isinstance(outcome, Claim) for outcome in outcomes) == claims.REPEATED
        async with store.reading() as session:
            mine = await refunds.list_refunds(session, customer_id=ada.id)
        assert [refund.amount_cents for refund in mine] == [10_000, 10_000]

    async def test_more_than_was_sent_is_refused(self, store: Store) -> None:
        ada = await shop(store)
        for quantity in (0, -1, 4):
            with pytest.raises(NotAllowed):
                await settle(store, ada, Remedy.TICKET, quantity=quantity)

    async def test_what_never_left_is_refused(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            await make_order(session, ada)
        with pytest.raises(NotAllowed):
            await settle(store, ada, Remedy.TICKET, kind=PARCEL)


class TestWhose:
    async def test_another_customers_order_is_not_there(self, store: Store) -> None:
        await shop(store)
        async with store.unit() as session:
            eve = await make_customer(session, "C-0666")
        with pytest.raises(NotFound):
            await settle(store, eve, Remedy.REFUND)
        with pytest.raises(NotFound):
            await decide(store, eve)

    async def test_another_customers_claims_are_not_there(self, store: Store) -> None:
        ada = await shop(store)
        made = await settle(store, ada, Remedy.TICKET)
        async with store.unit() as session:
            eve = await make_customer(session, "C-0666")
        async with store.reading() as session:
            assert await claims.list_claims(session, customer_id=eve.id) == []
            assert await claims.list_claims(session, customer_id=eve.id, order_id=made.order_id) == []
            assert await claims.count_claims(session, customer_id=eve.id, order_id=made.order_id) == 0
            with pytest.raises(NotFound):
                await claims.get_claim(session, customer_id=eve.id, number=made.number)
            assert (
                await claims.get_claim(session, customer_id=ada.id, number=made.number.lower())
            ).id == made.id
