"""Lark Club: membership, tiers and earning."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from typing import Any

import pytest

from crm_store import audit, clock, loyalty
from crm_store.errors import Conflict, NotFound
from crm_store.models import (
    OrderStatus,
    PaymentStatus,
    PointsKind,
    ShipmentStatus,
    Tier,
)
from crm_store.session import Store
from tests.crm_store.builders import (
    Line,
    days_ago,
    earn_points,
    give_points,
    make_customer,
    make_delivered,
    make_member,
    make_order,
    make_parcel,
    warm_up,
)


class TestRules:
    @pytest.mark.parametrize(
        ("points", "tier"),
        [
            (-5, Tier.FLEDGLING), (0, Tier.FLEDGLING), (299, Tier.FLEDGLING), (300, Tier.WREN),
            (799, Tier.WREN), (800, Tier.SWIFT), (1999, Tier.SWIFT), (2000, Tier.FALCON),
        ],
    )  # fmt: skip
    def test_tiers_begin_at_their_points(self, points: int, tier: Tier) -> None:
        assert loyalty.tier_for(points) is tier

    def test_the_tier_above(self) -> None:
        above = {tier: loyalty.next_tier(tier) for tier in Tier}
        assert list(above.values()) == [Tier.WREN, Tier.SWIFT, Tier.FALCON, None]

    @pytest.mark.parametrize(
        ("cents", "tier", "points"),
        [
            (8000, Tier.FLEDGLING, 80), (10_000, Tier.WREN, 125), (8000, Tier.SWIFT, 120),
            (10_000, Tier.FALCON, 200), (199, Tier.FLEDGLING, 1), (99, Tier.FLEDGLING, 0),
            (399, Tier.WREN, 4),
        ],
    )  # fmt: skip
    def test_points_are_whole_euros_times_the_tier(self, cents: int, tier: Tier, points: int) -> None:
        assert loyalty.points_for(cents, tier) == points

    def test_tiers_reach_what_lies_below_them(self) -> None:
        assert loyalty.reaches(Tier.SWIFT, None)
        assert loyalty.reaches(Tier.SWIFT, Tier.SWIFT)
        assert not loyalty.reaches(Tier.SWIFT, Tier.FALCON)


class TestMembership:
    async def test_joining_at_once_twice_is_joining_once(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)

        async def join() -> None:
            async with store.unit() as session:
                account = await loyalty.enrol(session, customer_id=ada.id)
                assert account.tier is Tier.FLEDGLING

        await warm_up(store)
        await asyncio.gather(*(join() for _ in range(10)))
        async with store.reading() as session:
            assert len(await audit.entries(session, action="club_joined")) == 1

    async def test_who_is_not_a_member_has_no_points(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            for attempt in (
                loyalty.statement(session, customer_id=ada.id),
                loyalty.redeem(session, customer_id=ada.id, points=100, key="k"),
                loyalty.expire(session, customer_id=ada.id),
                loyalty.recompute_tier(session, customer_id=ada.id),
                give_points(session, ada, 50),
                loyalty.enrol(session, customer_id=4711),
            ):
                with pytest.raises(NotFound):
                    await attempt
            assert await loyalty.history(session, customer_id=ada.id) == []
            assert await earn_points(session, await make_order(session, ada)) is None

    async def test_an_erased_customer_cannot_join(self, store: Store) -> None:
        async with store.unit() as session:
            gone = await make_customer(session, erased_at=days_ago(1))
            with pytest.raises(NotFound):
                await loyalty.enrol(session, customer_id=gone.id)


class TestEarning:
    async def test_points_of_a_delivered_order_are_pending_for_thirty_days(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_member(session)
            order = await make_delivered(session, ada, Line(price_cents=5_999), days=3, shipping_cents=495)
            line = await earn_points(session, order)
            assert line and line.points == 59
            assert timedelta(days=26) < line.available_at - clock.now() < timedelta(days=27)
            assert line.expires_at == line.available_at + loyalty.EXPIRY
            assert await earn_points(session, order) is line

    async def test_without_a_delivery_they_wait_from_the_order(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_member(session)
            order = await make_order(session, ada)
            await make_parcel(session, order, status=ShipmentStatus.IN_TRANSIT)
            line = await earn_points(session, order)
            assert line and line.available_at == order.placed_at + timedelta(days=45)

    async def test_the_last_parcel_counts(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_member(session)
            order = await make_order(session, ada, Line(), Line(), status=OrderStatus.DELIVERED)
            await make_parcel(session, order, (1, 1), delivered=9)
            last = await make_parcel(session, order, (2, 1), delivered=5)
            line = await earn_points(session, order)
            assert line and last.delivered_at
            assert line.available_at == last.delivered_at + timedelta(days=30)

    @pytest.mark.parametrize(
        "fields",
        [
            {"payment_status": PaymentStatus.PENDING},
            {"status": OrderStatus.CANCELLED},
            {"total_cents": 495, "shipping_cents": 495},
        ],
    )
    async def test_what_was_not_paid_earns_nothing(self, store: Store, fields: dict[str, Any]) -> None:
        async with store.unit() as session:
            ada = await make_member(session)
            assert await earn_points(session, await make_order(session, ada, **fields)) is None

    async def test_a_higher_tier_earns_more_and_earning_lifts_the_tier(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_member(session)
            first = await make_order(session, ada, Line(price_cents=80_000), number="A-1")
            second = await make_order(session, ada, Line(price_cents=10_000), number="A-2")
            await earn_points(session, first)
            assert (await loyalty.get_account(session, customer_id=ada.id)).tier is Tier.SWIFT
            line = await earn_points(session, second)
            assert line and line.points == 150

    async def test_goodwill_is_active_at_once_and_does_not_lift_the_tier(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_member(session)
            await give_points(session, ada, 500)
            statement = await loyalty.statement(session, customer_id=ada.id)
            assert (statement.balance, statement.tier) == (500, Tier.FLEDGLING)

    async def test_a_key_gives_once_and_only_to_one(self, store: Store) -> None:
        async with store.unit() as session:
            ada, bob = await make_member(session), await make_member(session, "C-0002")
            assert await give_points(session, ada, 50) is await give_points(session, ada, 50)
            with pytest.raises(Conflict):
                await give_points(session, bob, 50)
            for points, kind in ((0, PointsKind.REVIEW), (-1, PointsKind.REVIEW), (5, PointsKind.REDEEM)):
                with pytest.raises(ValueError, match="Not points"):
                    await give_points(session, ada, points, "other", kind=kind)

    async def test_a_downgrade_when_the_year_has_passed(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_member(session)
            with clock.frozen_at(days_ago(300)):
                await give_points(session, ada, 900, kind=PointsKind.REFERRAL)
            assert await loyalty.recompute_tier(session, customer_id=ada.id) is Tier.SWIFT
            with clock.frozen_at(days_ago(-66)):
                assert await loyalty.current_tier(session, customer_id=ada.id) is Tier.FLEDGLING
                await loyalty.expire_all(session)
            assert (await loyalty.get_account(session, customer_id=ada.id)).tier is Tier.FLEDGLING
