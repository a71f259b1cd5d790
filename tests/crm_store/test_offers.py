"""Offers: which a customer may have, the best first, and deciding on one."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, loyalty, offers
from crm_store.errors import NotAllowed, NotFound
from crm_store.models import Customer, Grant, GrantStatus, Offer, OfferKind, OrderStatus, PointsKind, Tier
from crm_store.offers.worth import Shopper, worth
from crm_store.session import Store
from tests.crm_store.builders import (
    Line,
    days_ago,
    make_category,
    make_customer,
    make_member,
    make_offer,
    make_order,
    make_product,
    warm_up,
)


async def _granted(
    session: AsyncSession, customer: Customer, number: str = "O-01", **fields: object
) -> Grant:
    await make_offer(session, number, **fields)
    return await offers.grant(session, customer_id=customer.id, offer_number=number, reason="for you")


async def _listed(session: AsyncSession, customer: Customer) -> list[str]:
    return [one.offer.number for one in await offers.list_for(session, customer_id=customer.id)]


class TestListing:
    async def test_only_what_can_be_had_now(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_member(session)
            await _granted(session, ada, "O-now")
            await _granted(session, ada, "O-over", ends_at=days_ago(1))
            await _granted(session, ada, "O-soon", starts_at=days_ago(-1))
            await _granted(session, ada, "O-swift", min_tier=Tier.SWIFT)
            for status in GrantStatus:
                one = await _granted(session, ada, f"O-{status}", value=1)
                one.status = status
            await session.flush()
            assert await _listed(session, ada) == ["O-now", "O-active", "O-applied"]
            await loyalty.add(session, customer_id=ada.id, kind=PointsKind.REVIEW, points=800, key="swift")
            assert "O-swift" in await _listed(session, ada)

    async def test_the_best_for_this_customer_first(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            jacket = await make_product(session)
            shoes = await make_category(session, "footwear")
            await make_order(session, ada, Line(jacket.variants[0], price_cents=8_000), number="A-1")
            await make_order(session, ada, number="A-2", status=OrderStatus.CANCELLED)
            await _granted(session, ada, "O-post", kind=OfferKind.FREE_SHIPPING, value=0)
            await _granted(session, ada, "O-shoes", value=15, category_id=shoes.id)
            await _granted(session, ada, "O-jackets", value=15, category_id=jacket.category_id)
            await _granted(session, ada, "O-all", value=15)
            await _granted(session, ada, "O-dear", kind=OfferKind.AMOUNT, value=1_000, min_spend_cents=20_000)
            await _granted(session, ada, "O-first", kind=OfferKind.FREE_SHIPPING, value=0, priority=9)
            assert await _listed(session, ada) == [
                "O-jackets", "O-all", "O-shoes", "O-first", "O-post", "O-dear",
            ]  # fmt: skip
            grants = await offers.list_for(session, customer_id=ada.id)
            assert grants[0].offer.category and grants[0].offer.category.slug == "jackets"

    async def test_ones_own_only(self, store: Store) -> None:
        async with store.unit() as session:
            ada, bob = await make_customer(session), await make_customer(session, "C-0002")
            await _granted(session, ada)
            assert await _listed(session, bob) == []

    @pytest.mark.parametrize(
        ("kind", "value", "cents"),
        [
            (OfferKind.PERCENT, 10, 600),
            (OfferKind.AMOUNT, 1_000, 1_000),
            (OfferKind.FREE_SHIPPING, 0, 495),
            (OfferKind.POINTS_MULTIPLIER, 200, 300),
            (OfferKind.GIFT, 0, 600),
            (OfferKind.GIFT, 1_500, 1_500),
        ],
    )
    def test_what_an_offer_is_worth(self, kind: OfferKind, value: int, cents: int) -> None:
        assert worth(Offer(kind=kind, value=value, min_spend_cents=0), Shopper(6_000)) == cents


class TestDeciding:
    async def test_taken_it_has_a_code_that_stays(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            one = await _granted(session, ada)

        async def apply() -> str | None:
            async with store.unit() as session:
                taken = await offers.apply(session, customer_id=ada.id, grant_id=one.id)
                assert taken.status is GrantStatus.APPLIED
                assert taken.offer.title == "Ten per cent off"
                return taken.code

        await warm_up(store)
        [code] = set(await asyncio.gather(*(apply() for _ in range(10))))
        assert code and code.startswith("TEN-")
        async with store.reading() as session:
            assert len(await audit.entries(session, action="offer_applied")) == 1

    async def test_declined_it_is_hidden_and_can_still_be_taken(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            one = await _granted(session, ada)
            for _ in range(2):
                await offers.decline(session, customer_id=ada.id, grant_id=one.id)
            assert await _listed(session, ada) == []
            assert (await offers.apply(session, customer_id=ada.id, grant_id=one.id)).code

    @pytest.mark.parametrize(
        ("status", "fields", "reason"),
        [
            (GrantStatus.USED, {}, "used"),
            (GrantStatus.EXPIRED, {}, "expired"),
            (GrantStatus.ACTIVE, {"ends_at": days_ago(1)}, "expired"),
            (GrantStatus.ACTIVE, {"starts_at": days_ago(-1)}, "not_started"),
            (GrantStatus.ACTIVE, {"min_tier": Tier.WREN}, "tier"),
        ],
    )
    async def test_what_cannot_be_taken(
        self, store: Store, status: GrantStatus, fields: dict[str, Any], reason: str
    ) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            one = await _granted(session, ada, **fields)
            one.status = status
            with pytest.raises(NotAllowed) as refusal:
                await offers.apply(session, customer_id=ada.id, grant_id=one.id)
            assert refusal.value.reason == reason
            if status is not GrantStatus.ACTIVE:
                with pytest.raises(NotAllowed):
                    await offers.decline(session, customer_id=ada.id, grant_id=one.id)

    async def test_anothers_grant_is_not_found(self, store: Store) -> None:
        async with store.unit() as session:
            ada, bob = await make_customer(session), await make_customer(session, "C-0002")
            one = await _granted(session, ada)
            for decide in (offers.apply, offers.decline):
                with pytest.raises(NotFound):
                    await decide(session, customer_id=bob.id, grant_id=one.id)
            assert one.status is GrantStatus.ACTIVE


class TestGranting:
    async def test_ten_at_once_give_it_once(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            await make_offer(session)

        async def give() -> int:
            async with store.unit() as session:
                made = await offers.grant(session, customer_id=ada.id, offer_number="O-01", reason="for you")
                return made.id

        await warm_up(store)
        assert len(set(await asyncio.gather(*(give() for _ in range(10))))) == 1

    async def test_of_what_is_not_there(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            with pytest.raises(NotFound):
                await offers.grant(session, customer_id=ada.id, offer_number="O-99", reason="")
            with pytest.raises(NotFound):
                await offers.grant(session, customer_id=4711, offer_number="O-01", reason="")
