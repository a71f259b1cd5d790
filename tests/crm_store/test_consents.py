"""Consents: nothing is allowed until it was said, and STOP wins."""

from __future__ import annotations

from crm_store import audit, consents, contact_points
from crm_store.models import Purpose
from crm_store.session import Store
from tests.crm_store.builders import make_contact, make_customer

EMAIL, SMS, CHAT = Purpose.MARKETING_EMAIL, Purpose.MARKETING_SMS, Purpose.MARKETING_CHAT


async def test_the_newest_word_counts(store: Store) -> None:
    async with store.unit() as session:
        ada, bob = await make_customer(session), await make_customer(session, "C-0002")
        assert set((await consents.current(session, customer_id=ada.id)).values()) == {False}
        for purpose, granted in ((EMAIL, True), (SMS, True), (EMAIL, False), (CHAT, False), (CHAT, True)):
            await consents.record(
                session, customer_id=ada.id, purpose=purpose, granted=granted, wording="…", source="web"
            )
        assert await consents.current(session, customer_id=ada.id) == {EMAIL: False, SMS: True, CHAT: True}
        assert await consents.allows(session, customer_id=ada.id, purpose=SMS)
        assert not await consents.allows(session, customer_id=bob.id, purpose=SMS)
        assert len(await audit.entries(session, action="consent_granted")) == 3


async def test_stop_forbids_everything(store: Store) -> None:
    async with store.unit() as session:
        ada, point = await make_customer(session), await make_contact(session)
        await consents.record(
            session, customer_id=ada.id, purpose=SMS, granted=True, wording="yes", source="web"
        )
        lines = await consents.opt_out_everything(
            session, contact_point_id=point.id, customer_id=ada.id, wording="STOP", source="sms"
        )
        assert {(line.purpose, line.granted, line.wording) for line in lines} == {
            (purpose, False, "STOP") for purpose in Purpose
        }
        assert not any((await consents.current(session, customer_id=ada.id)).values())


async def test_a_stop_from_before_they_were_known_counts_and_a_yes_does_not(store: Store) -> None:
    async with store.unit() as session:
        ada, point = await make_customer(session), await make_contact(session)
        await consents.record(
            session, customer_id=ada.id, purpose=SMS, granted=True, wording="yes", source="web"
        )
        await consents.opt_out_everything(
            session, contact_point_id=point.id, wording="please stop", source="sms"
        )
        await consents.record(
            session, contact_point_id=point.id, purpose=EMAIL, granted=True, wording="yes", source="sms"
        )
        assert await consents.allows(session, customer_id=ada.id, purpose=SMS)
        await contact_points.verify(session, contact_point_id=point.id, customer_id=ada.id)
        assert not any((await consents.current(session, customer_id=ada.id)).values())
        await consents.record(
            session, customer_id=ada.id, purpose=SMS, granted=True, wording="yes again", source="web"
        )
        assert await consents.allows(session, customer_id=ada.id, purpose=SMS)
