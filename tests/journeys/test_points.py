"""Points in whole conversations: asking, proving who one is, redeeming, and changing one's mind."""

from __future__ import annotations

from crm_store import loyalty, vouchers
from tests.conversation import Talk


async def balance_of(talk: Talk, customer_id: int) -> int:
    async with talk.store.reading() as session:
        return (await loyalty.statement(session, customer_id=customer_id)).balance


async def test_a_stranger_proves_who_they_are_and_gets_the_balance(talk: Talk) -> None:
    assert "e-mail address" in await talk.say("how many points do I have")
    await talk.say("niamh.gallagher@example.com")
    said = await talk.say(await talk.code_from_mail())
    assert "Your tier is Wren" in said, talk


async def test_from_the_balance_to_the_voucher(talk: Talk) -> None:
    customer_id = await talk.sign_in("C-0001")
    before = await balance_of(talk, customer_id)
    await talk.say("how many points do I have")
    await talk.press("Turn into a voucher")
    assert "Turn 200 points" in await talk.press("200 points"), talk
    said = await talk.press("Yes")
    async with talk.store.reading() as session:
        newest = (await vouchers.list_vouchers(session, customer_id=customer_id))[0]
    assert newest.code in said, talk
    assert await balance_of(talk, customer_id) == before - 200


async def test_a_stranger_who_named_the_number_is_not_asked_again(talk: Talk) -> None:
    await talk.say("redeem 200 points please")
    await talk.say("niamh.gallagher@example.com")
    said = await talk.say(await talk.code_from_mail())
    assert "Turn 200 points into a voucher of €10.00?" in said, talk
    assert "Done: 200 points" in await talk.say("yes"), talk


async def test_too_much_then_the_most_there_is(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    assert "more than you have" in await talk.say("redeem 5000 points please"), talk
    assert "Turn 600 points" in await talk.say("all of them"), talk
    assert "stay as they are" in await talk.say("no"), talk


async def test_a_question_in_the_middle(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    await talk.say("redeem my points")
    said = await talk.say("when do my points expire")
    assert "The next to expire" in said, talk
    assert "How many would you like" in said, talk
    assert "Turn 100 points" in await talk.say("100"), talk


async def test_never_mind(talk: Talk) -> None:
    customer_id = await talk.sign_in("C-0001")
    before = await balance_of(talk, customer_id)
    await talk.say("redeem my points")
    assert "nothing was changed" in await talk.say("never mind"), talk
    assert await balance_of(talk, customer_id) == before
    assert "Hello again" in await talk.say("hello"), talk


async def test_history_and_tier(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    assert "The newest entries first" in await talk.say("show my points history"), talk
    assert "You're a Wren" in await talk.say("what tier am I"), talk
