"""Contact points: one per address, and never verified for two customers."""

from __future__ import annotations

import asyncio

import pytest

from crm_store import audit, contact_points
from crm_store.errors import Conflict, NotFound
from crm_store.models import Channel, Level
from crm_store.session import Store
from tests.crm_store.builders import make_contact, make_customer, warm_up


async def test_twenty_at_once_get_one_contact_point(store: Store) -> None:
    async def find() -> int:
        async with store.unit() as session:
            found = await contact_points.find_or_create(session, channel=Channel.SMS, address="+353209101234")
            return found.id

    await warm_up(store)
    assert len(set(await asyncio.gather(*(find() for _ in range(20))))) == 1


async def test_a_new_one_is_anonymous_and_addresses_of_other_channels_differ(store: Store) -> None:
    async with store.unit() as session:
        sms = await contact_points.find_or_create(session, channel=Channel.SMS, address="77")
        telegram = await contact_points.find_or_create(session, channel=Channel.TELEGRAM, address="77")
        assert sms.level is Level.ANONYMOUS
        assert sms.id != telegram.id
        assert await contact_points.get(session, contact_point_id=sms.id) is sms
        with pytest.raises(NotFound):
            await contact_points.get(session, contact_point_id=4711)


async def test_a_claim_can_be_replaced_until_it_is_verified(store: Store) -> None:
    async with store.unit() as session:
        ada, bob = await make_customer(session, "C-0001"), await make_customer(session, "C-0002")
        point = await make_contact(session)
        await contact_points.claim(session, contact_point_id=point.id, customer_id=ada.id)
        assert (point.level, point.customer_id) == (Level.CLAIMED, ada.id)
        await contact_points.claim(session, contact_point_id=point.id, customer_id=bob.id)
        assert (point.level, point.customer_id) == (Level.CLAIMED, bob.id)
        await contact_points.verify(session, contact_point_id=point.id, customer_id=bob.id)
        assert point.level is Level.VERIFIED
        assert point.verified_at


async def test_a_verified_one_is_neither_lowered_nor_given_to_another(store: Store) -> None:
    async with store.unit() as session:
        ada, bob = await make_customer(session, "C-0001"), await make_customer(session, "C-0002")
        point = await make_contact(session)
        await contact_points.verify(session, contact_point_id=point.id, customer_id=ada.id)
        await contact_points.claim(session, contact_point_id=point.id, customer_id=ada.id)
        assert point.level is Level.VERIFIED
        with pytest.raises(Conflict):
            await contact_points.claim(session, contact_point_id=point.id, customer_id=bob.id)
        with pytest.raises(Conflict):
            await contact_points.verify(session, contact_point_id=point.id, customer_id=bob.id)
        assert point.customer_id == ada.id


async def test_ten_verifications_at_once_for_ten_customers_one_wins(store: Store) -> None:
    async with store.unit() as session:
        people = [await make_customer(session, f"C-{number}") for number in range(10)]
        point = await make_contact(session)

    async def verify(customer_id: int) -> None:
        async with store.unit() as session:
            await contact_points.verify(session, contact_point_id=point.id, customer_id=customer_id)

    await warm_up(store)
    results = await asyncio.gather(*(verify(one.id) for one in people), return_exceptions=True)
    assert [type(result) for result in results if result] == [Conflict] * 9


async def test_signing_out_forgets_and_every_step_is_audited(store: Store) -> None:
    async with store.unit() as session:
        ada, bob = await make_customer(session, "C-0001"), await make_customer(session, "C-0002")
        point = await make_contact(session)
        await contact_points.verify(session, contact_point_id=point.id, customer_id=ada.id)
        await contact_points.forget(session, contact_point_id=point.id)
        assert (point.level, point.customer_id, point.verified_at) == (Level.ANONYMOUS, None, None)
        await contact_points.verify(session, contact_point_id=point.id, customer_id=bob.id)
        entries = await audit.entries(session, subject=f"contact:{point.id}")
        assert [entry.action for entry in reversed(entries)] == [
            "contact_verified",
            "contact_forgotten",
            "contact_verified",
        ]


class TestMoving:
    async def test_two_at_once_move_it_once_with_all_that_was_said(self, store: Store) -> None:
        async with store.unit() as session:
            ada = await make_customer(session)
            point = await make_contact(session, "before", channel=Channel.WEB)

        async def sign_in() -> int:
            async with store.unit() as session:
                await contact_points.move(
                    session, channel=Channel.WEB, address="before", to="after", customer_id=ada.id
                )
                moved = await contact_points.find_or_create(session, channel=Channel.WEB, address="after")
                await contact_points.verify(session, contact_point_id=moved.id, customer_id=ada.id)
                return moved.id

        assert set(await asyncio.gather(*(sign_in() for _ in range(5)))) == {point.id}
        async with store.reading() as session:
            assert await contact_points.find(session, channel=Channel.WEB, address="before") is None

    async def test_anothers_stays_where_it_is(self, store: Store) -> None:
        async with store.unit() as session:
            ada, bob = await make_customer(session), await make_customer(session, "C-0002")
            point = await make_contact(session, "before", channel=Channel.WEB)
            await contact_points.verify(session, contact_point_id=point.id, customer_id=bob.id)
            await contact_points.move(
                session, channel=Channel.WEB, address="before", to="after", customer_id=ada.id
            )
            assert point.address == "before"
