"""Returns, exchanges and refunds as customers talk of them: the trained model and the demo shop."""

from __future__ import annotations

from crm_store import returns
from crm_store.models import Resolution, ReturnReason
from tests.conversation import Talk


async def made(talk: Talk, customer_id: int) -> list[tuple[Resolution, list[tuple[str, int, ReturnReason]]]]:
    """What the customer's newest return holds, with everything before it."""
    async with talk.store.reading() as session:
        mine = await returns.list_returns(session, customer_id=customer_id)
    return [
        (one.resolution, [(item.order_item.title, item.quantity, item.reason) for item in one.items])
        for one in mine
    ]


async def test_a_return_with_questions_in_between(talk: Talk) -> None:
    customer_id = await talk.sign_in("C-0001")
    await talk.say("I want to return something")
    await talk.say("the shirt please")
    aside = await talk.say("how many points do I have?")
    assert "640 points" in aside
    assert "What's the reason for sending back Bunting Running Shirt" in aside
    assert "€39.00 back to your card" in await talk.say("it's a bit tight")
    aside = await talk.say("wait, where's my refund?")
    assert "R-5015" in aside
    assert "€39.00 back to your card" in aside
    assert "Shall I set up this return?" in await talk.say("card please")
    assert "label code" in await talk.say("yes do it")
    newest = (await made(talk, customer_id))[0]
    shirt = ("Bunting Running Shirt, orange, M", 1, ReturnReason.TOO_SMALL)
    assert newest == (Resolution.REFUND_CARD, [shirt])
    assert "still with you" in await talk.say("did my return arrive?")


async def test_a_stranger_says_it_all_and_proves_it_after(talk: Talk) -> None:
    await talk.say("the running shirt is too small, I want to send it back")
    await talk.say("niamh.gallagher@example.com")
    resumed = await talk.say(await talk.code_from_mail())
    assert "€39.00 back to your card" in resumed
    assert "(too small)" in await talk.say("money back on my card")
    assert "is set up" in await talk.say("yes")


async def test_an_exchange_in_one_sentence_and_a_change_of_mind(talk: Talk) -> None:
    customer_id = await talk.sign_in("C-0002")
    confirm = await talk.say("Hi, the wicklow trousers I got are too tight, can I swap them for an XL?")
    assert "Wicklow Hiking Trousers, sand, XL" in confirm
    assert "Wicklow Hiking Trousers, grey, XXL" in await talk.say("actually XXL in grey")
    assert "put aside" in await talk.say("yes")
    assert (await made(talk, customer_id))[0][0] is Resolution.EXCHANGE


async def test_minds_change_until_the_last_word(talk: Talk) -> None:
    customer_id = await talk.sign_in("C-0001")
    before = await made(talk, customer_id)
    await talk.say("I'd like to return everything from A-10771, I changed my mind")
    assert "€113.30 as store credit" in await talk.say("store credit please")
    assert "€85.80 as store credit" in await talk.say("actually not the beanie")
    assert "one item at a time" in await talk.say("no, exchange it instead")
    assert "What would you like instead of Bunting" in await talk.say("the shirt")
    assert "blue, L" in await talk.say("a large in blue")
    assert "nothing was changed" in await talk.say("never mind")
    assert await made(talk, customer_id) == before


async def test_final_sale_that_turns_out_to_be_damaged(talk: Talk) -> None:
    await talk.sign_in("C-0003")
    refused = await talk.say("the half zip is not my style, I'd like to send it back")
    assert "final sale" in refused
    assert "€45.00" in await talk.say("it arrived with a hole in it actually")
    await talk.say("exchange")
    assert "Mourne Half-Zip Sweater, navy, M" in await talk.say("same again please")


async def test_what_is_too_late_and_what_cannot_come_back(talk: Talk) -> None:
    await talk.sign_in("C-0006")
    assert "the 30 days for a return ended on" in await talk.say("return the cushions")
    items = await talk.say("refund a10772")
    for words in ("final sale", "hygiene item", "digital"):
        assert words in items
    await talk.say("everything")
    await talk.say("too big")
    assert "€25.00 back to your PayPal account" in await talk.say("paypal please")


async def test_money_back_for_what_can_still_be_cancelled(talk: Talk) -> None:
    await talk.sign_in("C-0005")
    instead = await talk.say("I want a refund for A-10917")
    assert "cancel it free of charge" in instead
    assert "A-10917" in await talk.press("Cancel this order")
    assert "€71.00 for order A-10865" in await talk.say("where's my refund for A-10865")


async def test_somebody_elses_order_stays_unknown(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    said = await talk.say("I want to return order A-10724")
    assert "can't find an order A-10724" in said
    assert "Burren" not in said


async def test_another_wish_puts_the_return_aside(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    await talk.say("return the shirt")
    aside = await talk.say("cancel order A-10922")
    assert "nothing was changed" in aside
    assert "A-10922" in aside


async def test_a_human_in_the_middle(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    await talk.say("return the shirt")
    assert "T-1001" in await talk.say("can I talk to a human please")


async def test_by_numbers_alone_as_in_a_text_message(talk: Talk) -> None:
    customer_id = await talk.sign_in("C-0001")
    await talk.say("I want to return something")
    await talk.say("2")
    await talk.say("6")
    assert "€42.90 as store credit" in await talk.say("2")
    await talk.say("yes")
    shirt = ("Bunting Running Shirt, orange, M", 1, ReturnReason.CHANGED_MIND)
    assert (await made(talk, customer_id))[0] == (Resolution.STORE_CREDIT, [shirt])
