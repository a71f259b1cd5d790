"""Deleting the account: told first, one typed word, and a way back."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.base import VERIFICATION_FORM
from actions.privacy.delete_finish import FinishDelete
from actions.privacy.delete_form import CONFIRM, AskDeleteConfirm, DeleteForm
from actions.privacy.delete_words import KEEPS, is_the_word
from crm_store import clock, outbox, privacy
from crm_store.models import Erasure
from crm_store.session import Store
from tests.actions.form_play import FormPlay
from tests.actions.stage import Stage


@pytest.fixture
async def form(shop: Store) -> FormPlay:
    stage = Stage(shop)
    await stage.sign_in("C-0001")
    return FormPlay(stage, DeleteForm(), {CONFIRM: AskDeleteConfirm()}, FinishDelete())


async def wish(form: FormPlay) -> Erasure | None:
    customer_id = await form.stage.sign_in("C-0001")
    async with form.stage.store.reading() as session:
        return await privacy.waiting(session, customer_id=customer_id)


async def test_told_first_then_typed(form: FormPlay) -> None:
    told = await form.say("delete my account", "delete_account")
    assert "points of Lark Club" in told.text
    assert "A-10922" in told.text, "what is open is named"
    assert "six years" in told.text
    assert await wish(form) is None
    done = await form.say("DELETE", "delete_account")
    assert "It's noted" in done.text
    found = await wish(form)
    assert found is not None
    assert found.due_at - clock.now() > timedelta(days=6)
    async with form.stage.store.reading() as session:
        (mail,) = await outbox.recent_mails(session)
    assert mail.address == "niamh.gallagher@example.com"
    assert "keep my account" in mail.payload["body"]


@pytest.mark.parametrize(
    ("text", "intent"),
    [("yes", "affirm"), ("delete it please", "delete_account"), ("ok go ahead", "affirm"), ("", "affirm")],
)
async def test_a_yes_is_not_enough(form: FormPlay, text: str, intent: str) -> None:
    await form.say("delete my account", "delete_account")
    assert "type the word DELETE" in (await form.say(text, intent)).text
    assert "six years" not in (await form.say(text, intent)).text, "it need not be said twice"
    assert form.open
    assert await wish(form) is None


@pytest.mark.parametrize(
    ("text", "intent"), [("no", "deny"), ("keep my account", "delete_account"), ("", "deny")]
)
async def test_a_no(form: FormPlay, text: str, intent: str) -> None:
    await form.say("delete my account", "delete_account")
    assert "stays as it is" in (await form.say(text, intent)).text
    assert await wish(form) is None


async def test_taken_back(form: FormPlay) -> None:
    await form.say("delete my account", "delete_account")
    await form.say("DELETE", "delete_account")
    assert "called off" in (await form.say("keep my account", "delete_account")).text
    assert await wish(form) is None
    assert "nothing of that kind" in (await form.say("don't delete my account", "delete_account")).text


async def test_asked_for_twice(form: FormPlay) -> None:
    await form.say("delete my account", "delete_account")
    await form.say("delete", "delete_account")
    again = await form.say("delete my account", "delete_account")
    assert "asked for that already" in again.text
    assert not form.open


async def test_a_question_about_it(form: FormPlay) -> None:
    told = await form.say("what happens to my points if I close my account", "delete_account")
    assert "/help/delete-my-account" in told.text
    assert not form.open


async def test_a_stranger_proves_who_they_are_first(shop: Store) -> None:
    form = FormPlay(Stage(shop, address="stranger"), DeleteForm(), {}, FinishDelete())
    assert (await form.say("delete my account", "delete_account")).followup == VERIFICATION_FORM


@pytest.mark.parametrize("text", ["DELETE", "delete", " “Delete”. "])
def test_the_word(text: str) -> None:
    assert is_the_word(text)


@pytest.mark.parametrize("text", ["delete it", "don't delete", "", "deleted", "yes"])
def test_not_the_word(text: str) -> None:
    assert not is_the_word(text)


@pytest.mark.parametrize(
    ("text", "keeps"),
    [
        ("I want to keep my account", True),
        ("don't delete my account", True),
        ("undo the deletion", True),
        ("delete my account, I don't need it", False),
        ("I changed my mind about you, delete my account", False),
    ],
)
def test_what_keeps_it(text: str, keeps: bool) -> None:
    assert bool(KEEPS.search(text)) is keeps
