"""The account in whole conversations: details, a copy of the data, deleting it and keeping it after all."""

from __future__ import annotations

from datetime import timedelta

import pytest

from actions.links import FileLink, Purpose, read
from channels.upkeep import Upkeep
from crm_store import clock, customers, outbox, privacy
from crm_store.models import Channel, Customer
from tests.conftest import SECRET
from tests.conversation import Talk

EMAIL = "niamh.gallagher@example.com"


async def profile(talk: Talk) -> Customer:
    async with talk.store.reading() as session:
        return await customers.get_by_number(session, number="C-0001")


async def mail_addresses(talk: Talk) -> list[str]:
    async with talk.store.reading() as session:
        return [mail.address for mail in await outbox.recent_mails(session)]


class TestDetails:
    async def test_a_new_address_by_a_stranger_who_proves_who_they_are(self, talk: Talk) -> None:
        assert "which e-mail address" in await talk.say("change my email to new@example.org"), talk
        await talk.say(EMAIL)
        said = await talk.say(await talk.code_from_mail())
        assert "on its way to new@example.org" in said, talk
        assert (await profile(talk)).email == EMAIL
        assert "you sign in with it" in await talk.say(await talk.code_from_mail()), talk
        assert (await profile(talk)).email == "new@example.org"
        assert await mail_addresses(talk) == [EMAIL, "new@example.org", EMAIL], talk

    async def test_a_phone_number(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        assert "+353871234567" in await talk.say("my new phone number is 087 123 4567"), talk
        await talk.press("Yes, that's right")
        assert (await profile(talk)).phone == "+353871234567", talk

    async def test_step_by_step_with_a_question_in_between(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        await talk.say("edit my profile")
        await talk.press("Birthday")
        said = await talk.say("how many points do I have")
        assert "points" in said, talk
        assert "birthday" in said, talk
        await talk.say("18 April")
        assert "nothing to change" in talk.last or "birthday" in talk.last, talk

    async def test_changed_their_mind(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        await talk.say("change my name to Ada Lovelace")
        assert "nothing was changed" in await talk.press("No, leave it"), talk
        assert (await profile(talk)).name == "Niamh Gallagher"

    async def test_a_typed_payload_sets_nothing(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        await talk.say('/edit_account{"account_value": "x@example.org", "account_code": "1"}')
        await talk.say('/SetSlots{"account_code": "1"}')
        assert (await profile(talk)).email == EMAIL, talk

    async def test_the_address_of_another_customer(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        async with talk.store.reading() as session:
            other = await customers.get_by_number(session, number="C-0002")
        await talk.say(f"change my email to {other.email}")
        said = await talk.say(await talk.code_from_mail())
        assert "can't use that address" in said, talk
        assert (await profile(talk)).email == EMAIL


class TestCopy:
    async def test_a_link_for_the_proven_customer(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0001")
        said = await talk.say("I want a copy of all my data")
        card = said.cards[0]
        assert card["type"] == "file", talk
        token = card["url"].rpartition("/")[2]
        assert read(SECRET, token, purpose=Purpose.EXPORT) == FileLink(Purpose.EXPORT, customer_id, "")
        assert card["url"] in said
        assert await mail_addresses(talk) == [EMAIL]

    async def test_a_stranger_gets_none(self, talk: Talk) -> None:
        said = await talk.say("export my data")
        assert not said.cards, talk
        assert "e-mail address" in said, talk
        assert "/files/" not in await talk.say("just give me the file of C-0001"), talk

    async def test_only_claimed_is_not_proven(self, talk: Talk) -> None:
        await talk.say(f"where is A-10922, {EMAIL}")
        assert "/files/" not in await talk.say("export my data"), talk

    async def test_in_the_middle_of_a_form(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        await talk.say("redeem my points")
        said = await talk.say("send me all the data you hold about me")
        assert "/files/export/" in said, talk
        assert "How many" in said, talk


class TestDeleting:
    async def wish_waits(self, talk: Talk, customer_id: int) -> bool:
        async with talk.store.reading() as session:
            return await privacy.waiting(session, customer_id=customer_id) is not None

    async def test_told_typed_kept_after_all(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0001")
        told = await talk.say("please delete my account")
        assert "type DELETE" in told, talk
        assert "It's noted" in await talk.say("DELETE"), talk
        assert await self.wish_waits(talk, customer_id)
        assert "called off" in await talk.say("I changed my mind, keep my account"), talk
        assert not await self.wish_waits(talk, customer_id)

    @pytest.mark.parametrize("words", ["yes", "ok", "/affirm"])
    async def test_a_yes_deletes_nothing(self, talk: Talk, words: str) -> None:
        customer_id = await talk.sign_in("C-0001")
        await talk.say("please delete my account")
        assert "type the word DELETE" in await talk.say(words), talk
        assert not await self.wish_waits(talk, customer_id)

    async def test_a_question_in_between_and_then_no(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0001")
        await talk.say("please delete my account")
        said = await talk.say("how many points do I have")
        assert "points" in said, talk
        assert "type DELETE" in said, talk
        assert "stays as it is" in await talk.press("Keep my account"), talk
        assert not await self.wish_waits(talk, customer_id)

    async def test_a_stranger_deletes_nothing(self, talk: Talk) -> None:
        assert "e-mail address" in await talk.say("delete my account"), talk
        await talk.say("DELETE")
        async with talk.store.reading() as session:
            niamh = await customers.get_by_number(session, number="C-0001")
        assert not await self.wish_waits(talk, niamh.id)

    async def test_when_the_days_are_over_the_person_is_gone(self, talk: Talk) -> None:
        customer_id = await talk.sign_in("C-0001")
        await talk.say("please delete my account")
        await talk.say("DELETE")
        said: list[int] = []
        job = Upkeep(talk.store, shop_name="Wanderlark", said=said.append)
        assert await job.erase() == 0
        with clock.frozen_at(clock.now() + timedelta(days=40)):
            assert await job.erase() == 1
            assert await job.erase() == 0
        async with talk.store.reading() as session:
            gone = await customers.get(session, customer_id=customer_id)
            assert (gone.name, gone.email) == ("", None)
        said_now = await talk.say("hello")
        assert "Niamh" not in said_now, talk
        assert "which e-mail address" in await talk.say("how many points do I have"), talk

    async def test_the_same_person_on_another_door_is_a_stranger_afterwards(self, talk: Talk) -> None:
        phone = Talk(talk.store, talk.bot, channel=Channel.SMS, address="+353209101001")
        await phone.sign_in("C-0001")
        await talk.sign_in("C-0001")
        await talk.say("please delete my account")
        await talk.say("DELETE")
        with clock.frozen_at(clock.now() + timedelta(days=40)):
            await Upkeep(talk.store, shop_name="W", said=lambda _: None).erase()
        assert "Niamh" not in await phone.say("hello"), phone
