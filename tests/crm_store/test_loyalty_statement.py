"""Points taken back, and what a member is told about them."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock, loyalty, orders
from crm_store.models import (
    Order,
    PointsKind,
    Tier,
)
from crm_store.session import Store
from tests.crm_store.builders import days_ago, earn_points, give_points, make_delivered, make_member


class TestReversing:
    async def _ordered(self, session: AsyncSession) -> Order:
        ada = await make_member(session)
        order = await make_delivered(session, ada)
        await earn_points(session, order)
        return await orders.get_by_id(session, customer_id=ada.id, order_id=order.id)

    async def test_pending_points_are_taken_back_while_pending(self, store: Store) -> None:
        async with store.unit() as session:
            order = await self._ordered(session)
            for _ in range(2):
                line = await loyalty.reverse_for_lines(session, order=order, points=40, key="r")
                assert line and line.points == -40
            statement = await loyalty.statement(session, customer_id=order.customer_id)
            assert (statement.balance, statement.pending, statement.points_12_months) == (0, 60, 60)
            with clock.frozen_at(days_ago(-28)):
                later = await loyalty.statement(session, customer_id=order.customer_id)
                assert (later.balance, later.pending) == (60, 0)

    async def test_never_more_than_the_order_earned(self, store: Store) -> None:
        async with store.unit() as session:
            order = await self._ordered(session)
            line = await loyalty.reverse_for_lines(session, order=order, points=400, key="r")
            assert line and line.points == -100
            assert await loyalty.reverse_for_lines(session, order=order, points=1, key="r2") is None

    async def test_spent_points_are_the_shops_loss_and_noted(self, store: Store) -> None:
        async with store.unit() as session:
            order = await self._ordered(session)
            with clock.frozen_at(days_ago(-40)):
                await loyalty.redeem(session, customer_id=order.customer_id, points=100, key="k")
                assert await loyalty.reverse_for_lines(session, order=order, points=100, key="r") is None
                statement = await loyalty.statement(session, customer_id=order.customer_id)
                assert statement.balance == 0
            [entry] = await audit.entries(session, action="points_not_reversed")
            assert (entry.data["wanted"], entry.data["taken"]) == (100, 0)

    async def test_given_back_they_are_as_before(self, store: Store) -> None:
        async with store.unit() as session:
            order = await self._ordered(session)
            before = await loyalty.statement(session, customer_id=order.customer_id)
            await loyalty.reverse_for_lines(session, order=order, points=40, key="r")
            for _ in range(2):
                assert await loyalty.give_back(session, order=order, reversal_key="r")
            assert await loyalty.statement(session, customer_id=order.customer_id) == before
            assert await loyalty.earned_for(session, order_id=order.id) == (100, 0)
            assert await loyalty.give_back(session, order=order, reversal_key="never") is None


class TestStatement:
    async def test_everything_a_member_asks_for(self, store: Store) -> None:
        now = clock.now()
        async with store.unit() as session:
            ada = await make_member(session)
            for key, age in (("old", 400), ("soon", 360), ("same day", 360), ("later", 340), ("new", 10)):
                await give_points(session, ada, 100, key, available_at=days_ago(age), kind=PointsKind.REVIEW)
            await earn_points(session, await make_delivered(session, ada, days=3))
            with clock.frozen_at(now):
                statement = await loyalty.statement(session, customer_id=ada.id)
        assert (statement.balance, statement.pending) == (400, 125)  # A Wren earns a quarter more.
        assert statement.pending_available_at
        assert abs(statement.pending_available_at - now - timedelta(days=27)) < timedelta(minutes=1)
        assert statement.next_expiry and statement.next_expiry[0] == 200
        assert abs(statement.next_expiry[1] - now - timedelta(days=5)) < timedelta(minutes=1)
        assert statement.expiring_within_30_days == 300
        assert (statement.tier, statement.points_12_months) == (Tier.WREN, 625)
        assert (statement.next_tier, statement.points_to_next) == (Tier.SWIFT, 175)

    async def test_a_new_member_and_a_falcon(self, store: Store) -> None:
        async with store.unit() as session:
            ada, bob = await make_member(session), await make_member(session, "C-0002")
            await give_points(session, bob, 2000, kind=PointsKind.REVIEW)
            new = await loyalty.statement(session, customer_id=ada.id)
            assert (new.balance, new.pending, new.next_expiry, new.pending_available_at) == (0, 0, None, None)
            assert (new.next_tier, new.points_to_next) == (Tier.WREN, 300)
            falcon = await loyalty.statement(session, customer_id=bob.id)
            assert (falcon.tier, falcon.next_tier, falcon.points_to_next) == (Tier.FALCON, None, None)

    async def test_history_is_newest_first_and_ones_own(self, store: Store) -> None:
        async with store.unit() as session:
            ada, bob = await make_member(session), await make_member(session, "C-0002")
            for number in range(12):
                with clock.frozen_at(days_ago(20 - number)):
                    await give_points(session, ada, number + 1, f"{number}")
            await give_points(session, bob, 77, "bob")
            lines = await loyalty.history(session, customer_id=ada.id)
            assert [line.points for line in lines] == list(range(12, 2, -1))
