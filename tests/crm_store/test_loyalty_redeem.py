"""Points that many hands reach for at once: nothing is spent twice, nothing goes below zero."""

from __future__ import annotations

import asyncio
import random
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from crm_store import clock, loyalty, vouchers
from crm_store.errors import Conflict, NotAllowed, NotEnoughPoints
from crm_store.models import PointsEntry, PointsKind, Voucher, VoucherSource
from crm_store.session import Store
from tests.crm_store.builders import days_ago, make_member, warm_up


async def _member(store: Store, *lots: tuple[int, float]) -> int:
    """A member with lots of (points, days since they became active)."""
    async with store.unit() as session:
        ada = await make_member(session)
        for number, (points, age) in enumerate(lots):
            await loyalty.add(
                session,
                customer_id=ada.id,
                kind=PointsKind.GOODWILL,
                points=points,
                key=f"lot:{number}",
                available_at=days_ago(age),
            )
        return ada.id


async def _redeem(store: Store, customer_id: int, points: int = 100, key: str = "key") -> Voucher:
    async with store.unit() as session:
        return await loyalty.redeem(session, customer_id=customer_id, points=points, key=key)


async def _balance(store: Store, customer_id: int) -> int:
    async with store.reading() as session:
        return (await loyalty.statement(session, customer_id=customer_id)).balance


async def test_points_become_a_voucher(store: Store) -> None:
    customer_id = await _member(store, (250, 10))
    voucher = await _redeem(store, customer_id, 200)
    assert (voucher.value_cents, voucher.remaining_cents, voucher.currency) == (1000, 1000, "EUR")
    assert voucher.source is VoucherSource.POINTS
    assert voucher.code.startswith("LARK-")
    assert await _balance(store, customer_id) == 50
    async with store.reading() as session:
        assert [one.id for one in await vouchers.list_vouchers(session, customer_id=customer_id)] == [
            voucher.id
        ]


@pytest.mark.parametrize("points", [0, -100, 50, 150, 101])
async def test_only_in_steps(store: Store, points: int) -> None:
    customer_id = await _member(store, (250, 10))
    with pytest.raises(NotAllowed) as refusal:
        await _redeem(store, customer_id, points)
    assert refusal.value.reason == "step"


async def test_only_active_points_that_have_not_expired(store: Store) -> None:
    customer_id = await _member(store, (500, 366), (90, 10), (500, -3))
    with pytest.raises(NotEnoughPoints, match="90"):
        await _redeem(store, customer_id)


async def test_the_same_key_gives_the_same_voucher(store: Store) -> None:
    customer_id = await _member(store, (300, 10))
    first = await _redeem(store, customer_id)
    assert (await _redeem(store, customer_id)).id == first.id
    assert await _balance(store, customer_id) == 200
    with pytest.raises(Conflict):
        await _redeem(store, customer_id, 200)


async def test_a_refused_redeem_leaves_the_unit_fit_to_go_on(store: Store) -> None:
    customer_id = await _member(store, (100, 366), (100, 1))
    async with store.unit() as session:
        with pytest.raises(NotEnoughPoints):
            await loyalty.redeem(session, customer_id=customer_id, points=200, key="too much")
        await loyalty.redeem(session, customer_id=customer_id, points=100, key="fine")
    assert await _balance(store, customer_id) == 0


async def test_of_two_hundred_redeems_at_once_one_succeeds(store: Store) -> None:
    customer_id = await _member(store, (150, 10))
    redeems = (_redeem(store, customer_id, key=f"try {number}") for number in range(200))
    await warm_up(store)
    results = await asyncio.gather(*redeems, return_exceptions=True)
    assert sum(isinstance(result, Voucher) for result in results) == 1
    assert sum(isinstance(result, NotEnoughPoints) for result in results) == 199
    assert await _balance(store, customer_id) == 50


async def test_of_two_hundred_redeems_with_one_key_one_is_made(store: Store) -> None:
    customer_id = await _member(store, (1000, 10))
    await warm_up(store)
    results = await asyncio.gather(*(_redeem(store, customer_id) for _ in range(200)))
    assert len({voucher.id for voucher in results}) == 1
    assert await _balance(store, customer_id) == 900


async def test_two_processes_redeem_one_balance_once(store: Store) -> None:
    """Each store object is what one process has: nothing but the database stands between them."""
    customer_id = await _member(store, (100, 10))
    other = Store(store.url.render_as_string(hide_password=False))
    redeems = [
        _redeem(one, customer_id, key=f"{one is store} {n}") for one in (store, other) for n in range(10)
    ]
    await warm_up(store)
    results = await asyncio.gather(*redeems, return_exceptions=True)
    await other.close()
    assert sum(isinstance(result, Voucher) for result in results) == 1
    assert await _balance(store, customer_id) == 0


async def _expire(store: Store, customer_id: int) -> int:
    async with store.unit() as session:
        return await loyalty.expire(session, customer_id=customer_id)


class TestExpiry:
    async def test_what_was_not_spent_is_written_once(self, store: Store) -> None:
        customer_id = await _member(store, (150, 364), (100, 10))
        await _redeem(store, customer_id)
        with clock.frozen_at(days_ago(-2)):
            await warm_up(store)
            results = await asyncio.gather(*(_expire(store, customer_id) for _ in range(10)))
            assert sorted(results) == [0] * 9 + [50]
            assert await _balance(store, customer_id) == 100
        async with store.reading() as session:
            kind = PointsEntry.kind == PointsKind.EXPIRE
            line = (await session.scalars(select(PointsEntry).where(kind))).one()
            assert line.points == -50
            assert line.key.startswith("expire:lot:")

    async def test_the_balance_does_not_wait_for_the_job(self, store: Store) -> None:
        customer_id = await _member(store, (150, 366))
        assert await _balance(store, customer_id) == 0

    async def test_racing_a_redeem_it_ends_at_zero_or_above(self, store: Store) -> None:
        customer_id = await _member(store, (100, 364.99), (50, 1))
        moment = clock.now() + timedelta(days=0.02)

        async def redeem_in_time(number: int) -> Voucher:
            return await _redeem(store, customer_id, key=f"{number}")

        async def expire_in_time() -> int:
            with clock.frozen_at(moment):
                return await _expire(store, customer_id)

        attempts = [redeem_in_time(number) for number in range(10)]
        await warm_up(store)
        results = await asyncio.gather(
            *attempts, *(expire_in_time() for _ in range(10)), return_exceptions=True
        )
        bought = sum(isinstance(result, Voucher) for result in results)
        expired = sum(result for result in results if isinstance(result, int))
        assert (bought, expired) in {(1, 0), (0, 100)}
        async with store.reading() as session:
            assert await session.scalar(select(func.sum(PointsEntry.points))) == 50

    async def test_the_job_does_every_member_and_again_nothing(self, store: Store) -> None:
        async with store.unit() as session:
            for number in range(3):
                one = await make_member(session, f"C-{number}")
                await loyalty.add(
                    session,
                    customer_id=one.id,
                    kind=PointsKind.REVIEW,
                    points=50,
                    key=f"{number}",
                    available_at=days_ago(364 + number),
                )
        async with store.unit() as session:
            assert await loyalty.expire_all(session) == 100
            assert await loyalty.expire_all(session) == 0
            assert await loyalty.expire_all(session, now=days_ago(-2)) == 50


async def test_a_bank_of_points_never_drifts(store: Store) -> None:
    """Random deposits, redeems and expiries by many writers over a year and a half."""
    dice = random.Random(20260615)
    async with store.unit() as session:
        people = [(await make_member(session, f"C-{number}")).id for number in range(2)]

    async def move(step: int) -> None:
        customer_id, days = dice.choice(people), step * 9 + dice.random()
        with clock.frozen_at(days_ago(550 - days)):
            async with store.unit() as session:
                what = dice.random()
                if what < 0.5:
                    await loyalty.add(
                        session,
                        customer_id=customer_id,
                        kind=PointsKind.REVIEW,
                        points=dice.randint(1, 200),
                        key=f"earn:{step}:{dice.random()}",
                        available_at=days_ago(dice.choice((0, 0, -30))),
                    )
                elif what < 0.85:
                    points = dice.choice((100, 200, 300))
                    await loyalty.redeem(
                        session, customer_id=customer_id, points=points, key=f"{dice.random()}"
                    )
                else:
                    await loyalty.expire(session, customer_id=customer_id)

    await warm_up(store)
    for step in range(60):
        results = await asyncio.gather(*(move(step) for _ in range(10)), return_exceptions=True)
        assert all(result is None or isinstance(result, NotEnoughPoints) for result in results)
    async with store.unit() as session:
        await loyalty.expire_all(session)
        for customer_id in people:
            statement = await loyalty.statement(session, customer_id=customer_id)
            mine = PointsEntry.customer_id == customer_id
            total = await session.scalar(select(func.sum(PointsEntry.points)).where(mine))
            spent = await session.scalar(
                select(func.sum(PointsEntry.points)).where(mine, PointsEntry.kind == PointsKind.REDEEM)
            )
            given = await vouchers.list_vouchers(session, customer_id=customer_id, spent_too=True)
            assert statement.balance + statement.pending == total
            assert statement.balance >= 0
            assert sum(voucher.value_cents for voucher in given) == -5 * (spent or 0)
