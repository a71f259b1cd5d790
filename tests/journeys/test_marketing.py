"""Marketing messages in whole conversations."""

from __future__ import annotations

from crm_store import consents
from crm_store.models import Purpose
from tests.conversation import Talk


async def allowed(talk: Talk, customer_id: int) -> dict[Purpose, bool]:
    async with talk.store.reading() as session:
        return await consents.current(session, customer_id=customer_id)


async def test_on_and_off_again(talk: Talk) -> None:
    customer_id = await talk.sign_in("C-0008")
    assert "newsletter e-mails" in await talk.say("please send me the newsletter"), talk
    assert (await allowed(talk, customer_id))[Purpose.MARKETING_EMAIL]
    assert "Done" in await talk.say("no more newsletters please"), talk
    assert not (await allowed(talk, customer_id))[Purpose.MARKETING_EMAIL]


async def test_a_stranger_proves_whose_newsletter_it_is(talk: Talk) -> None:
    said = await talk.say("unsubscribe me from your newsletter, I get too many")
    assert "one click is enough" in said, talk
    await talk.say("niamh.gallagher@example.com")
    assert "no more newsletter e-mails" in await talk.say(await talk.code_from_mail()), talk


async def test_in_the_middle_of_a_form_it_is_done_and_the_form_goes_on(talk: Talk) -> None:
    customer_id = await talk.sign_in("C-0001")
    await talk.say("redeem my points")
    said = await talk.say("I don't want your newsletter any longer")
    assert "How many would you like" in said, talk
    assert not (await allowed(talk, customer_id))[Purpose.MARKETING_EMAIL]
