"""Proof of identity where no mail can carry a code: nobody waits for one, and a human is near."""

from __future__ import annotations

import pytest

from actions.account.verification import AGAIN, NO_NUMBER, PROVEN_ORDERS, FinishVerification, VerificationForm
from actions.base import VERIFICATION_FORM
from actions.form import REQUESTED
from actions.heard import PENDING
from crm_store import outbox
from crm_store.models import OrderStatus
from crm_store.session import Store
from tests.actions.order_cases import order
from tests.actions.stage import DOMAIN, Played, Stage
from tests.crm_store.builders import make_customer

NO_MAIL = "I can't send any mail"


def waiting(store: Store, action: str, *, can_mail: bool, **entities: str) -> Stage:
    """A stranger whose request waits for a proof."""
    request = {"action": action, "entities": [list(pair) for pair in entities.items()]}
    return Stage(store, can_mail=can_mail, slots={PENDING: request}, loop=VERIFICATION_FORM)


async def answer(stage: Stage, text: str, **entities: str) -> Played:
    """The form's part of a turn, and its end when nothing is left to ask."""
    heard = await stage.play(VerificationForm(), text, "inform", **entities)
    if stage.slots[REQUESTED] is not None:
        return heard
    stage.loop = None
    return await stage.act(FinishVerification())


async def has_mails(store: Store) -> bool:
    async with store.reading() as session:
        return bool(await outbox.recent_mails(session, limit=1))


async def test_with_mail_the_address_is_asked_and_the_code_sent(store: Store) -> None:
    async with store.unit() as session:
        await make_customer(session)
    stage = waiting(store, "action_check_points", can_mail=True)
    await answer(stage, "my points")
    assert stage.slots[REQUESTED] == "proof_email"
    said = await answer(stage, "c-0001@example.com", email="c-0001@example.com")
    assert "a 6-digit code is on its way" in said.text
    assert stage.slots[REQUESTED] == "proof_code"
    assert await has_mails(store)


@pytest.mark.parametrize(
    "named", [{}, {"email": "c-0001@example.com"}, {"order_number": "A-10001", "email": "c-0001@example.com"}]
)
async def test_without_mail_no_code_is_promised_and_nothing_asked(
    store: Store, named: dict[str, str]
) -> None:
    async with store.unit() as session:
        customer = await make_customer(session)
    await order(store, customer, "A-10001")
    stage = waiting(store, "action_check_points", can_mail=False, **named)
    said = await answer(stage, "my points")
    assert NO_MAIL in said.text
    assert "on its way" not in said.text
    assert said.followup is None
    assert stage.slots[PENDING] is None
    assert not await has_mails(store)


async def test_without_mail_an_order_and_its_address_still_show_its_status(store: Store) -> None:
    async with store.unit() as session:
        customer = await make_customer(session)
    await order(store, customer, "A-10001", OrderStatus.SHIPPED)
    stage = waiting(store, "action_track_order", can_mail=False)
    await answer(stage, "where is my order")
    assert stage.slots[REQUESTED] == "proof_order"
    await answer(stage, "A-10001", order_number="A-10001")
    said = await answer(stage, "c-0001@example.com", email="c-0001@example.com")
    assert said.followup == "action_track_order"
    assert stage.slots[PROVEN_ORDERS] == ["A-10001"]


@pytest.mark.parametrize(("text", "entities"), [("/inform", {"code": NO_NUMBER}), ("I lost it", {})])
async def test_without_mail_a_forgotten_number_leads_to_a_human(
    store: Store, text: str, entities: dict[str, str]
) -> None:
    stage = waiting(store, "action_track_order", can_mail=False)
    await answer(stage, "where is my order")
    said = await answer(stage, text, **entities)
    assert NO_MAIL in said.text
    assert said.followup is None


def test_the_human_is_a_button_away() -> None:
    [response] = DOMAIN["responses"]["utter_verification_no_mail"]
    assert [button["payload"] for button in response["buttons"]] == ["/talk_to_human"]


async def test_a_mail_server_that_was_taken_away_meanwhile(store: Store) -> None:
    stage = waiting(store, "action_check_points", can_mail=True)
    await answer(stage, "my points")
    await answer(stage, "c-0001@example.com", email="c-0001@example.com")
    stage.can_mail = False
    assert NO_MAIL in (await answer(stage, "again", code=AGAIN)).text
