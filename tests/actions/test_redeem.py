"""The questions before points become a voucher, and what is done then."""

from __future__ import annotations

import pytest

from actions.base import VERIFICATION_FORM
from actions.form import OUTCOME, REQUESTED, STUCK
from actions.points.redeem import CONFIRM, POINTS, AskRedeemConfirm, AskRedeemPoints, RedeemForm
from actions.points.redeem_finish import FinishRedeem
from crm_store import loyalty, vouchers
from crm_store.session import Store
from tests.actions.stage import Played, Stage

ASKS = {POINTS: AskRedeemPoints, CONFIRM: AskRedeemConfirm}


class Redeeming:
    """The form as Rasa drives it, one message at a time."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage

    async def say(self, text: str, intent: str = "inform", **entities: str) -> Played:
        """What the form, its question or its end says; no texts and no events: it was no answer."""
        self.stage.loop = "redeem_form"
        form = await self.stage.play(RedeemForm(), text, intent, **entities)
        if not form.events:
            return form
        requested = self.stage.slots.get(REQUESTED)
        if requested is None:
            self.stage.loop = None
        then = await self.stage.act(ASKS[requested]() if requested else FinishRedeem())
        return Played(form.texts + then.texts, then.buttons, then.cards, then.events)


@pytest.fixture
def stage(shop: Store) -> Stage:
    return Stage(shop)


@pytest.fixture
def redeeming(stage: Stage) -> Redeeming:
    return Redeeming(stage)


async def balance_of(stage: Stage, customer_id: int) -> int:
    async with stage.store.reading() as session:
        return (await loyalty.statement(session, customer_id=customer_id)).balance


async def test_from_the_wish_to_the_code(stage: Stage, redeeming: Redeeming) -> None:
    customer_id = await stage.sign_in("C-0001")
    before = await balance_of(stage, customer_id)
    asked = await redeeming.say("redeem my points", "redeem_points")
    assert "200 points = €10.00" in asked.buttons
    sure = await redeeming.say("", quantity="200")
    assert f"Turn 200 points into a voucher of €10.00? {before - 200} points stay" in sure.text
    done = await redeeming.say("yes", "affirm")
    async with stage.store.reading() as session:
        newest = (await vouchers.list_vouchers(session, customer_id=customer_id))[0]
    assert newest.code in done.text
    assert newest.value_cents == 1000
    assert done.cards[0]["code"] == newest.code
    assert await balance_of(stage, customer_id) == before - 200


async def test_the_wish_names_the_number(stage: Stage, redeeming: Redeeming) -> None:
    await stage.sign_in("C-0001")
    played = await redeeming.say("turn 300 points into a voucher", "redeem_points", quantity="300")
    assert "Turn 300 points" in played.text


async def test_everything_there_is(stage: Stage, redeeming: Redeeming) -> None:
    customer_id = await stage.sign_in("C-0001")
    most = await balance_of(stage, customer_id) // 100 * 100
    played = await redeeming.say("redeem as much as possible", "redeem_points")
    assert f"Turn {most} points" in played.text


async def test_between_two_steps(stage: Stage, redeeming: Redeeming) -> None:
    await stage.sign_in("C-0001")
    await redeeming.say("redeem my points", "redeem_points")
    played = await redeeming.say("250")
    assert "250 points don't fit: 200 or 300 would" in played.text
    assert stage.slots[REQUESTED] == POINTS


async def test_more_than_there_is(stage: Stage, redeeming: Redeeming) -> None:
    await stage.sign_in("C-0001")
    played = await redeeming.say("redeem 5000", "redeem_points", quantity="5000")
    assert "5,000 points are more than you have" in played.text
    assert stage.slots[REQUESTED] == POINTS


async def test_not_enough_for_any(stage: Stage, redeeming: Redeeming) -> None:
    customer_id = await stage.sign_in("C-0001")
    async with stage.store.unit() as session:
        rest = (await loyalty.statement(session, customer_id=customer_id)).balance // 100 * 100
        await loyalty.redeem(session, customer_id=customer_id, points=rest, key="elsewhere")
    played = await redeeming.say("redeem 200 points", "redeem_points", quantity="200")
    assert "a voucher takes 100" in played.text
    assert stage.slots[POINTS] is None


async def test_another_number_at_the_last_moment(stage: Stage, redeeming: Redeeming) -> None:
    await stage.sign_in("C-0001")
    await redeeming.say("redeem 200", "redeem_points", quantity="200")
    played = await redeeming.say("no, make it 300", "deny", quantity="300")
    assert "Turn 300 points" in played.text
    assert "Done: 300 points" in (await redeeming.say("yes, 300", "affirm", quantity="300")).text


async def test_a_no_changes_nothing(stage: Stage, redeeming: Redeeming) -> None:
    customer_id = await stage.sign_in("C-0001")
    before = await balance_of(stage, customer_id)
    await redeeming.say("redeem 200", "redeem_points", quantity="200")
    played = await redeeming.say("no", "deny")
    assert "stay as they are" in played.text
    assert await balance_of(stage, customer_id) == before
    assert not any(stage.slots.get(slot) for slot in RedeemForm.slots)


async def test_the_place_of_an_offered_amount(stage: Stage, redeeming: Redeeming) -> None:
    await stage.sign_in("C-0001")
    await redeeming.say("redeem my points", "redeem_points")
    assert "Turn 200 points" in (await redeeming.say("2", quantity="2")).text


async def test_a_yes_takes_the_only_amount_there_is(stage: Stage, redeeming: Redeeming) -> None:
    customer_id = await stage.sign_in("C-0001")
    async with stage.store.unit() as session:
        most = (await loyalty.statement(session, customer_id=customer_id)).balance // 100 * 100
        await loyalty.redeem(session, customer_id=customer_id, points=most - 100, key="elsewhere")
    await redeeming.say("redeem my points", "redeem_points")
    assert "Turn 100 points" in (await redeeming.say("ok", "affirm")).text


async def test_a_question_with_a_number_is_no_answer(stage: Stage, redeeming: Redeeming) -> None:
    await stage.sign_in("C-0001")
    await redeeming.say("redeem my points", "redeem_points")
    played = await redeeming.say("when do my 200 points expire?", "points_expiry", quantity="200")
    assert not played.events


async def test_twice_not_understood_brings_a_human(stage: Stage, redeeming: Redeeming) -> None:
    await stage.sign_in("C-0001")
    await redeeming.say("redeem my points", "redeem_points")
    assert "didn't get that" in (await redeeming.say("blue", "inform")).text
    played = await redeeming.say("green", "inform")
    assert stage.slots[OUTCOME] is None
    assert played.followup == "action_handoff"
    assert STUCK not in stage.slots.values()


async def test_a_stranger_proves_who_they_are_first(stage: Stage, redeeming: Redeeming) -> None:
    played = await redeeming.say("redeem 200 points", "redeem_points", quantity="200")
    assert played.followup == VERIFICATION_FORM
    assert stage.slots["pending_request"]["action"] == "redeem_form"


async def test_a_stranger_may_hear_the_rule(stage: Stage, redeeming: Redeeming) -> None:
    played = await redeeming.say("how do I redeem points?", "redeem_points")
    assert "100 points make a voucher of €5.00" in played.text


async def test_points_that_went_in_the_meantime(stage: Stage, redeeming: Redeeming) -> None:
    customer_id = await stage.sign_in("C-0001")
    await redeeming.say("redeem 600 points", "redeem_points", quantity="600")
    async with stage.store.unit() as session:
        await loyalty.redeem(session, customer_id=customer_id, points=500, key="elsewhere")
    stage.hears("yes", "affirm")
    stage.slots |= {CONFIRM: True}
    played = await stage.act(FinishRedeem())
    assert "nothing was redeemed" in played.text
    assert not played.cards


async def test_each_confirmation_is_a_wish_of_its_own(stage: Stage) -> None:
    customer_id = await stage.sign_in("C-0001")
    before = await balance_of(stage, customer_id)
    for _ in range(2):
        stage.hears("yes", "affirm")
        stage.slots |= {POINTS: 100, CONFIRM: True}
        await stage.act(FinishRedeem())
        stage.slots |= {POINTS: None, CONFIRM: None}
    assert await balance_of(stage, customer_id) == before - 200
