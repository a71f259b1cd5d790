"""Reviews: of what was delivered, once a product, with points once."""

from __future__ import annotations

import asyncio

import pytest

from crm_store import loyalty, reviews
from crm_store.errors import Conflict, NotAllowed, NotFound
from crm_store.models import Customer, OrderStatus, Product, ReviewStatus
from crm_store.session import Store
from tests.crm_store import builders


async def bought(store: Store, *, member: bool = True) -> tuple[Customer, Product]:
    """Somebody with one delivered jacket."""
    async with store.unit() as session:
        person = await (builders.make_member if member else builders.make_customer)(session)
        product = await builders.make_product(session)
        await builders.make_delivered(session, person, builders.Line(product.variants[0]))
        return person, product


async def balance(store: Store, person: Customer) -> int:
    async with store.reading() as session:
        return (await loyalty.statement(session, customer_id=person.id)).balance


async def test_a_review_brings_points_once(store: Store) -> None:
    person, product = await bought(store)
    async with store.unit() as session:
        assert [p.id for p in await reviews.reviewable(session, customer_id=person.id)] == [product.id]
        review, points = await reviews.write(
            session, customer_id=person.id, product_id=product.id, stars=2, words="leaks", held=False
        )
        assert (review.status, points) == (ReviewStatus.PUBLISHED, loyalty.REVIEW_POINTS)
        assert await reviews.reviewable(session, customer_id=person.id) == []
    async with store.unit() as session:
        with pytest.raises(Conflict):
            await reviews.write(
                session, customer_id=person.id, product_id=product.id, stars=5, words="", held=False
            )
    assert await balance(store, person) == loyalty.REVIEW_POINTS


async def test_two_at_once_write_one(store: Store) -> None:
    person, product = await bought(store)

    async def one() -> bool:
        try:
            async with store.unit() as session:
                await reviews.write(
                    session, customer_id=person.id, product_id=product.id, stars=5, words="", held=False
                )
        except Conflict:
            return False
        return True

    assert sorted(await asyncio.gather(one(), one())) == [False, True]
    assert await balance(store, person) == loyalty.REVIEW_POINTS


async def test_only_what_was_delivered_to_them(store: Store) -> None:
    person, product = await bought(store)
    async with store.unit() as session:
        other = await builders.make_customer(session, "C-0002")
        await builders.make_order(
            session, other, builders.Line(product.variants[0]), number="A-9", status=OrderStatus.SHIPPED
        )
        assert await reviews.reviewable(session, customer_id=other.id) == []
        with pytest.raises(NotAllowed):
            await reviews.write(
                session, customer_id=other.id, product_id=product.id, stars=5, words="", held=False
            )
    assert await balance(store, person) == 0


@pytest.mark.parametrize(("publish", "points"), [(True, loyalty.REVIEW_POINTS), (False, 0)])
async def test_a_held_review_waits_for_a_human_and_so_do_its_points(
    store: Store, publish: bool, points: int
) -> None:
    person, product = await bought(store)
    async with store.unit() as session:
        review, now = await reviews.write(
            session, customer_id=person.id, product_id=product.id, stars=1, words="crap", held=True
        )
        assert (review.status, now) == (ReviewStatus.HELD, 0)
        assert [one.product.name for one in await reviews.held(session)] == [product.name]
    for _ in range(2):
        async with store.unit() as session:
            await reviews.decide(session, review_id=review.id, publish=publish, actor="agent:1")
    assert await balance(store, person) == points
    async with store.unit() as session:
        assert await reviews.held(session) == []
        with pytest.raises(NotFound):
            await reviews.decide(session, review_id=999, publish=True, actor="agent:1")


async def test_who_is_no_member_gets_no_points(store: Store) -> None:
    person, product = await bought(store, member=False)
    async with store.unit() as session:
        review, points = await reviews.write(
            session, customer_id=person.id, product_id=product.id, stars=5, words="", held=False
        )
    assert (review.status, points) == (ReviewStatus.PUBLISHED, 0)


@pytest.mark.parametrize("stars", [0, 6, -1])
async def test_stars_go_from_one_to_five(store: Store, stars: int) -> None:
    person, product = await bought(store)
    async with store.unit() as session:
        with pytest.raises(ValueError, match="stars"):
            await reviews.write(
                session, customer_id=person.id, product_id=product.id, stars=stars, words="", held=False
            )
