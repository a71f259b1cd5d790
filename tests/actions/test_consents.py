"""Marketing messages: allowed by who proved to be here, forbidden by anybody."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from actions.account.consents import Subscribe, Unsubscribe, named_purposes
from actions.base import VERIFICATION_FORM
from actions.talk.talk import BareAnswer
from crm_store import consents
from crm_store.models import Channel, Consent, Purpose
from crm_store.session import Store
from tests.actions.stage import Stage

EMAIL, SMS, CHAT = Purpose.MARKETING_EMAIL, Purpose.MARKETING_SMS, Purpose.MARKETING_CHAT


@pytest.fixture
def stage(shop: Store) -> Stage:
    return Stage(shop)


async def allowed(stage: Stage, customer_id: int) -> set[Purpose]:
    async with stage.store.reading() as session:
        current = await consents.current(session, customer_id=customer_id)
    return {purpose for purpose, granted in current.items() if granted}


async def newest(stage: Stage) -> Consent:
    async with stage.store.reading() as session:
        return (await session.scalars(select(Consent).order_by(Consent.id.desc()).limit(1))).one()


@pytest.mark.parametrize(
    ("text", "purposes"),
    [
        ("no more newsletters", [EMAIL]),
        ("stop the texts", [SMS]),
        ("no mails and no texts", [EMAIL, SMS]),
        ("unsubscribe", []),
        ("stop all messages and texts", []),
    ],
)
def test_what_is_meant(text: str, purposes: list[Purpose]) -> None:
    assert named_purposes(text) == purposes


class TestSubscribe:
    async def test_a_stranger_is_asked_who_they_are(self, stage: Stage) -> None:
        played = await stage.play(Subscribe(), "newsletter please", "subscribe")
        assert played.followup == VERIFICATION_FORM

    async def test_wording_and_source_are_kept(self, stage: Stage) -> None:
        customer_id = await stage.sign_in("C-0008")
        assert EMAIL not in await allowed(stage, customer_id)
        played = await stage.play(Subscribe(), "yes please send me the newsletter", "subscribe")
        assert "newsletter e-mails to" in played.text
        assert await allowed(stage, customer_id) == {EMAIL}
        line = await newest(stage)
        assert (line.wording, line.source, line.customer_id) == (
            "yes please send me the newsletter",
            "web",
            customer_id,
        )

    @pytest.mark.parametrize(
        ("text", "email"),
        [
            ("do you have a newsletter?", ""),
            ("how do I subscribe", ""),
            ("send it to you@example.org", "you@example.org"),
        ],
    )
    async def test_a_question_allows_nothing_yet(self, stage: Stage, text: str, email: str) -> None:
        customer_id = await stage.sign_in("C-0008")
        named = {"email": email} if email else {}
        played = await stage.play(Subscribe(), text, "subscribe", **named)
        assert "Shall I?" in played.text
        assert not await allowed(stage, customer_id)
        await stage.play(BareAnswer(), "yes please", "affirm")
        assert await allowed(stage, customer_id) == {EMAIL}
        assert (await newest(stage)).wording == "yes please"

    async def test_a_question_in_a_form_asks_nothing_back(self, stage: Stage) -> None:
        await stage.sign_in("C-0008")
        stage.loop = "redeem_form"
        played = await stage.play(Subscribe(), "do you have a newsletter?", "subscribe")
        assert "newsletter please" in played.text
        assert not played.buttons

    async def test_the_pressed_button_is_kept(self, stage: Stage) -> None:
        await stage.sign_in("C-0008")
        await stage.play(Subscribe(), "do you have a newsletter?", "subscribe")
        await stage.play(Subscribe(), "/subscribe", "subscribe")
        assert (await newest(stage)).wording == "(button) Yes, sign me up"

    async def test_texts_without_a_phone(self, stage: Stage) -> None:
        customer_id = await stage.sign_in("C-0008")
        played = await stage.play(Subscribe(), "send me texts about new arrivals", "subscribe")
        assert "I have no address of yours" in played.text
        assert not await allowed(stage, customer_id)

    async def test_twice_writes_one_line(self, stage: Stage) -> None:
        await stage.sign_in("C-0008")
        await stage.play(Subscribe(), "newsletter", "subscribe")
        first = await newest(stage)
        await stage.play(Subscribe(), "newsletter", "subscribe")
        assert (await newest(stage)).id == first.id


class TestUnsubscribe:
    async def test_everything(self, stage: Stage) -> None:
        customer_id = await stage.sign_in("C-0001")
        played = await stage.play(Unsubscribe(), "unsubscribe", "unsubscribe")
        assert not await allowed(stage, customer_id)
        assert "What you need for your orders" in played.text

    async def test_one_kind_leaves_the_others(self, stage: Stage) -> None:
        customer_id = await stage.sign_in("C-0008")
        await stage.play(Subscribe(), "newsletter, and in this chat too", "subscribe")
        assert await allowed(stage, customer_id) == {EMAIL, CHAT}
        played = await stage.play(Unsubscribe(), "no more newsletters", "unsubscribe")
        assert await allowed(stage, customer_id) == {CHAT}
        assert played.buttons["Stop all of it"] == "/unsubscribe"

    async def test_a_pressed_button_says_so(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        await stage.play(Unsubscribe(), "/unsubscribe", "unsubscribe")
        assert (await newest(stage)).wording == "(button)"

    async def test_somebody_elses_address(self, stage: Stage) -> None:
        customer_id = await stage.sign_in("C-0001")
        before = await allowed(stage, customer_id)
        played = await stage.play(
            Unsubscribe(), "remove x@example.com from the newsletter", "unsubscribe", email="x@example.com"
        )
        assert "only do that for your own account" in played.text
        assert await allowed(stage, customer_id) == before

    async def test_a_number_nobody_knows(self, shop: Store) -> None:
        stage = Stage(shop, channel=Channel.SMS, address="+353209101299")
        played = await stage.play(Unsubscribe(), "no more of your texts please", "unsubscribe")
        assert "no marketing will come here" in played.text
        line = await newest(stage)
        assert (line.customer_id, line.granted, line.source) == (None, False, "sms")
        assert line.contact_point_id

    async def test_a_strangers_newsletter_needs_their_address(self, stage: Stage) -> None:
        played = await stage.play(Unsubscribe(), "stop the newsletter", "unsubscribe")
        assert "one click is enough" in played.text
        assert played.followup == VERIFICATION_FORM
        assert stage.slots["pending_request"]["action"] == "action_unsubscribe"
