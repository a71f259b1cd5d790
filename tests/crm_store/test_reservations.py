"""Reservations: counted off the shelf while they last, and nobody else's."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import timedelta

import pytest

from crm_store import audit, catalogue, clock, reservations
from crm_store.errors import NotFound, OutOfStock, TooMany
from crm_store.models import Reservation, Stock
from crm_store.session import Store
from tests.crm_store.builders import (
    make_contact,
    make_customer,
    make_location,
    make_product,
    saved,
    warm_up,
)


@dataclass
class Shelf:
    """A variant in Galway, and who may want it."""

    store: Store
    variant_id: int
    location_id: int
    points: list[int]
    customers: list[int]

    async def reserve(self, who: int = 0, *, known: bool = True, quantity: int = 1, days: float = 1) -> str:
        async with self.store.unit() as session:
            kept = await reservations.reserve(
                session,
                variant_id=self.variant_id,
                location_id=self.location_id,
                contact_point_id=self.points[who],
                customer_id=self.customers[who] if known else None,
                name="Ada",
                quantity=quantity,
                until=clock.now() + timedelta(days=days),
            )
            assert (kept.location.slug, kept.variant.product.number) == ("galway", "P-001")
            return kept.number

    async def free(self) -> int:
        async with self.store.reading() as session:
            one = await catalogue.stock_of(session, variant_id=self.variant_id)
            at = await catalogue.stock_at(session, variant_ids=[self.variant_id], location_slug="galway")
            assert one["galway"] == at[self.variant_id]
            return one["galway"]

    async def take(self, quantity: int) -> None:
        async with self.store.unit() as session:
            await catalogue.take_stock(
                session, variant_id=self.variant_id, location_slug="galway", quantity=quantity
            )

    async def held(self, who: int, *, known: bool = True) -> list[Reservation]:
        async with self.store.reading() as session:
            customer_id = self.customers[who] if known else None
            return await reservations.held(
                session, contact_point_id=self.points[who], customer_id=customer_id
            )


@pytest.fixture
async def shelf(store: Store) -> Shelf:
    """Two pieces in Galway, and six people."""
    async with store.unit() as session:
        galway = await make_location(session, "galway")
        variant = (await make_product(session, stock=9)).variants[0]
        await saved(session, Stock(location_id=galway.id, variant_id=variant.id, quantity=2))
        points = [(await make_contact(session, f"v-{n}")).id for n in range(6)]
        people = [(await make_customer(session, f"C-000{n}")).id for n in range(1, 7)]
        return Shelf(store, variant.id, galway.id, points, people)


async def test_it_is_not_there_for_others_while_it_is_kept(shelf: Shelf) -> None:
    number = await shelf.reserve(0)
    assert number.startswith("K-")
    assert await shelf.free() == 1
    await shelf.take(1)
    with pytest.raises(OutOfStock):
        await shelf.take(1)
    with pytest.raises(OutOfStock):
        await shelf.reserve(1)
    async with shelf.store.reading() as session:
        assert [e.subject for e in await audit.entries(session, action="reserve")] == [
            f"reservation:{number}"
        ]


async def test_it_is_back_when_its_time_is_over(shelf: Shelf) -> None:
    await shelf.reserve(0, quantity=2)
    assert await shelf.free() == 0
    with clock.frozen_at(clock.now() + timedelta(days=2)):
        assert await shelf.free() == 2
        assert await shelf.held(0) == []
        await shelf.take(2)


async def test_cancelled_it_is_back_at_once_and_twice_is_once(shelf: Shelf) -> None:
    number = await shelf.reserve(0)
    for _ in range(2):
        async with shelf.store.unit() as session:
            await reservations.cancel(
                session,
                number=f" {number.lower()}",
                contact_point_id=shelf.points[0],
                customer_id=shelf.customers[0],
            )
    assert await shelf.free() == 2
    async with shelf.store.reading() as session:
        assert len(await audit.entries(session, action="cancel_reservation")) == 1


async def test_the_same_again_is_one_reservation(shelf: Shelf) -> None:
    assert await shelf.reserve(0) == await shelf.reserve(0)
    assert await shelf.free() == 1


async def test_nobody_cancels_or_sees_what_is_somebody_elses(shelf: Shelf) -> None:
    number = await shelf.reserve(0)
    stranger = await shelf.reserve(1, known=False)
    assert await shelf.held(2) == []
    # On the same device, but not signed in any more.
    assert await shelf.held(0, known=False) == []
    for theirs in (number, stranger):
        async with shelf.store.unit() as session:
            with pytest.raises(NotFound):
                await reservations.cancel(
                    session, number=theirs, contact_point_id=shelf.points[2], customer_id=shelf.customers[2]
                )
    assert await shelf.free() == 0


async def test_a_customer_finds_it_from_another_device(shelf: Shelf) -> None:
    number = await shelf.reserve(0)
    shelf.points[0] = shelf.points[5]
    assert [kept.number for kept in await shelf.held(0)] == [number]


async def test_how_much_one_person_may_have_kept(shelf: Shelf) -> None:
    with pytest.raises(TooMany):
        await shelf.reserve(0, quantity=4)
    with pytest.raises(TooMany):
        await shelf.reserve(0, known=False, quantity=2)
    with pytest.raises(ValueError, match="0"):
        await shelf.reserve(0, quantity=0)
    assert await shelf.free() == 2


async def test_six_at_once_reach_for_the_last_two(shelf: Shelf) -> None:
    await warm_up(shelf.store)
    asked = await asyncio.gather(*(shelf.reserve(who) for who in range(6)), return_exceptions=True)
    assert sum(isinstance(one, str) for one in asked) == 2
    assert sum(isinstance(one, OutOfStock) for one in asked) == 4
    assert await shelf.free() == 0


async def test_reserving_and_taking_at_once_never_give_one_piece_twice(shelf: Shelf) -> None:
    await warm_up(shelf.store)
    tries = [shelf.reserve(who) for who in range(3)], [shelf.take(1) for _ in range(3)]
    done = await asyncio.gather(*tries[0], *tries[1], return_exceptions=True)
    assert sum(not isinstance(one, OutOfStock) for one in done) == 2
    assert await shelf.free() == 0


async def test_a_count_that_fell_below_what_is_kept_reads_as_none(shelf: Shelf) -> None:
    await shelf.reserve(0, quantity=2)
    async with shelf.store.unit() as session:
        row = await session.get_one(Stock, (shelf.location_id, shelf.variant_id))
        row.quantity = 1
    assert await shelf.free() == 0
