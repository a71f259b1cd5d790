"""Changing one's details: what is read, what is asked, what is changed."""

from __future__ import annotations

import re

import pytest

from actions.account.profile_finish import FinishAccount
from actions.account.profile_form import CODE, CONFIRM, FIELD, VALUE, AccountForm
from actions.account.profile_questions import AskAccountConfirm, AskAccountValue
from actions.account.profile_reading import answered_value, named_field, read_birthday, volunteered_value
from actions.base import VERIFICATION_FORM
from actions.heard import Heard
from crm_store import audit, customers, outbox
from crm_store.models import Customer, OutboxRow
from crm_store.session import Store
from tests.actions.form_play import FormPlay
from tests.actions.stage import Stage


@pytest.fixture
async def form(shop: Store) -> FormPlay:
    stage = Stage(shop)
    await stage.sign_in("C-0001")
    # The questions that domain.yml asks by itself do not matter here.
    asks = {FIELD: AskAccountValueless(), VALUE: AskAccountValue(), CODE: AskAccountValueless()}
    return FormPlay(stage, AccountForm(), {**asks, CONFIRM: AskAccountConfirm()}, FinishAccount())


class AskAccountValueless(AskAccountConfirm):
    """Says nothing."""

    action_name = "action_silent"

    async def act(self, *_: object) -> list[dict[str, object]]:
        return []


async def profile(form: FormPlay) -> Customer:
    async with form.stage.store.reading() as session:
        return await customers.get_by_number(session, number="C-0001")


async def mails(form: FormPlay) -> list[OutboxRow]:
    async with form.stage.store.reading() as session:
        return await outbox.recent_mails(session)


async def code(form: FormPlay) -> str:
    return re.findall(r"\b\d{6}\b", (await mails(form))[0].payload["body"])[0]


async def test_a_phone_number_is_normalised_and_confirmed(form: FormPlay) -> None:
    asked = await form.say("my new phone number is 087 123 4567", "edit_account", phone="+353871234567")
    assert "phone number will be +353871234567" in asked.text
    assert (await profile(form)).phone != "+353871234567"
    done = await form.say("yes", "affirm")
    assert "Done" in done.text
    assert (await profile(form)).phone == "+353871234567"
    (note,) = await mails(form)
    assert note.address == "niamh.gallagher@example.com"
    assert "353871234567" not in note.payload["body"]
    async with form.stage.store.reading() as session:
        (entry,) = await audit.entries(session, action="profile_changed")
    assert entry.data == {"fields": ["phone"]}


async def test_a_new_address_needs_the_code_sent_to_it(form: FormPlay) -> None:
    await form.say("change my email to new@example.org", "edit_account", email="new@example.org")
    assert (await mails(form))[0].address == "new@example.org"
    right = await code(form)
    wrong = await form.say("000000" if right != "000000" else "111111")
    assert "not the code" in wrong.text
    assert (await profile(form)).email == "niamh.gallagher@example.com"
    done = await form.say(right)
    assert "new@example.org" in done.text
    assert (await profile(form)).email == "new@example.org"
    assert (await mails(form))[0].address == "niamh.gallagher@example.com", "the old one gets a note"


async def test_a_taken_address_is_refused_without_saying_whose(form: FormPlay) -> None:
    async with form.stage.store.reading() as session:
        other = await customers.get_by_number(session, number="C-0002")
    assert other.email
    await form.say("change my email", "edit_account", email=other.email)
    done = await form.say(await code(form))
    assert "can't use that address" in done.text
    assert other.name not in done.text
    assert (await profile(form)).email == "niamh.gallagher@example.com"


async def test_another_address_instead_of_the_code(form: FormPlay) -> None:
    await form.say("change my email to typo@example.org", "edit_account", email="typo@example.org")
    await form.say("sorry, right@example.org", email="right@example.org")
    assert (await mails(form))[0].address == "right@example.org"


async def test_too_many_wrong_codes(form: FormPlay) -> None:
    await form.say("change my email to new@example.org", "edit_account", email="new@example.org")
    right = await code(form)
    for _ in range(5):
        last = await form.say("000000" if right != "000000" else "111111")
    assert "too many wrong codes" in last.text
    assert not form.open
    assert (await profile(form)).email == "niamh.gallagher@example.com"


async def test_without_mail_no_address_can_be_proven(form: FormPlay) -> None:
    form.stage.can_mail = False
    done = await form.say("change my email to new@example.org", "edit_account", email="new@example.org")
    assert "can't send any mail" in done.text


async def test_asked_step_by_step(form: FormPlay) -> None:
    await form.say("update my profile", "edit_account")
    asked = await form.say("", code="birthday")
    assert "18 April" in asked.text
    confirm = await form.say("3rd of May 1990")
    assert "3 May" in confirm.text
    assert "1990" not in confirm.text
    await form.say("yes", "affirm")
    assert (await profile(form)).birthday == "05-03"


async def test_a_no_changes_nothing(form: FormPlay) -> None:
    before = (await profile(form)).phone
    await form.say("remove my phone number", "edit_account")
    done = await form.say("no", "deny")
    assert "nothing was changed" in done.text
    assert (await profile(form)).phone == before


async def test_taking_the_number_out(form: FormPlay) -> None:
    await form.say("remove my phone number", "edit_account")
    await form.say("yes", "affirm")
    assert (await profile(form)).phone is None


async def test_what_is_the_same_already(form: FormPlay) -> None:
    done = await form.say(
        "my email is niamh.gallagher@example.com", "edit_account", email="niamh.gallagher@example.com"
    )
    assert "already" in done.text
    assert await mails(form) == []


async def test_what_a_chat_does_not_change(form: FormPlay) -> None:
    done = await form.say("we moved, update the address in my profile", "edit_account")
    assert "/help/change-account-details" in done.text
    assert "/talk_to_human" in done.buttons.values()


async def test_a_stranger(shop: Store) -> None:
    form = FormPlay(Stage(shop, address="stranger"), AccountForm(), {}, FinishAccount())
    asked = await form.say("how do I change my email", "edit_account")
    assert "/help/change-account-details" in asked.text
    played = await form.say("change my email to evil@example.org", "edit_account", email="evil@example.org")
    assert played.followup == VERIFICATION_FORM
    assert await mails(form) == []


def heard(text: str, **entities: str) -> Heard:
    return Heard(text, "edit_account", 0.9, tuple(entities.items()))


@pytest.mark.parametrize(
    ("text", "field"),
    [
        ("change my email address", "email"),
        ("my surname is now Gallagher", "name"),
        ("new mobile", "phone"),
        ("my date of birth is wrong", "birthday"),
        ("update my profile", None),
        ("change my name and my phone", None),
    ],
)
def test_which_detail(text: str, field: str | None) -> None:
    assert named_field(heard(text)) == field


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("change my name to Ada Lovelace", "Ada Lovelace"),
        ("I got married, my surname is now Kelly", "Niamh Kelly"),
        ("my first name should be Caitríona", "Caitríona Gallagher"),
        ("change my name", None),
        ("change my name to R2D2", None),
    ],
)
def test_a_name_in_the_wish(text: str, name: str | None) -> None:
    assert volunteered_value("name", heard(text), "Niamh Gallagher") == name


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("it's Seán Ó Murchú please", "Seán Ó Murchú"),
        ("Anne-Marie O'Neill", "Anne-Marie O'Neill"),
        ("<script>alert(1)</script>", None),
        ("4711", None),
    ],
)
def test_a_name_in_the_answer(text: str, name: str | None) -> None:
    assert answered_value("name", heard(text)) == name


@pytest.mark.parametrize(
    ("text", "birthday"),
    [
        ("18 April", "04-18"),
        ("April the 18th", "04-18"),
        ("29 Feb", "02-29"),
        ("12/09", "09-12"),
        ("1990-04-18", "04-18"),
        ("31 June", None),
        ("some day", None),
        ("45/13", None),
    ],
)
def test_birthdays(text: str, birthday: str | None) -> None:
    assert read_birthday(text) == birthday
