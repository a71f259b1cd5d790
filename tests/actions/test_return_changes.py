"""Changed minds: what depends on the change is asked again, the rest is kept."""

from __future__ import annotations

from crm_store.session import Store
from tests.actions.return_play import ReturnPlay, returning


async def at_the_confirmation(shop: Store) -> ReturnPlay:
    """The whole order, changed mind, store credit: about to be confirmed."""
    play = await returning(shop, "C-0001")
    await play.say(
        "return everything from A-10771, changed my mind, store credit",
        "return_item",
        order_number="A-10771",
        reason="changed my mind",
    )
    return play


async def test_one_item_less(shop: Store) -> None:
    play = await at_the_confirmation(shop)
    confirm = await play.say("actually not the beanie")
    assert "Beanie" not in confirm.text
    assert "€85.80 as store credit" in confirm.text


async def test_other_items(shop: Store) -> None:
    play = await at_the_confirmation(shop)
    confirm = await play.say("sorry, just the shirt I mean", product="shirt")
    assert "Shorts" not in confirm.text
    assert "€42.90" in confirm.text


async def test_one_item_more_asks_for_its_reason(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("return the shirt, too small, card", "return_item", product="shirt")
    asked = await play.say("and the shorts too", product="shorts")
    assert "What's the reason for sending back Dart Running Shorts, blue, M?" in asked.text
    confirm = await play.say("too big")
    assert "Bunting Running Shirt, orange, M (too small)" in confirm.text
    assert "Dart Running Shorts, blue, M (too large)" in confirm.text
    assert "€78.00" in confirm.text


async def test_the_other_one(shop: Store) -> None:
    play = await returning(shop, "C-0002")
    await play.say("return the wicklow trousers, too small", "return_item", product="wicklow trousers")
    asked = await play.say("no, the other one")
    assert "Otter Water Bottle, teal" in asked.text
    assert "What's the reason" in asked.text


async def test_fewer_pieces(shop: Store) -> None:
    play = await returning(shop, "C-0007")
    await play.say("return both sporks, useless, card", "return_item", product="sporks")
    confirm = await play.say("yes but only one", "affirm")
    assert "€16.00" in confirm.text
    confirm = await play.say("no wait, both of them")
    assert "2 × Hare Titanium Spork" in confirm.text
    await play.say("yes", "affirm")
    assert [item.quantity for item in (await play.made("C-0007"))[0].items] == [2]


async def test_only_one_of_several_things(shop: Store) -> None:
    play = await at_the_confirmation(shop)
    asked = await play.say("actually just one")
    assert "Which of these do you mean?" in asked.text


async def test_money_instead_of_credit(shop: Store) -> None:
    play = await at_the_confirmation(shop)
    assert "€103.00 back to your card" in (await play.say("no, to my card please", "deny")).text


async def test_an_exchange_instead_of_money(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("return the shirt, too small, card", "return_item", product="shirt")
    which = await play.say("no, exchange it instead", "deny")
    assert "What would you like instead of Bunting Running Shirt" in which.text
    assert "orange, L" in (await play.say("L", size="L")).text


async def test_money_instead_of_an_exchange(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("exchange the shirt for an L", "exchange_item", product="shirt", size="L")
    how = await play.say("I'd rather have my money back", "request_refund")
    assert "€39.00 back" in how.buttons


async def test_another_size_at_the_confirmation(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("exchange the shirt for an L", "exchange_item", product="shirt", size="L")
    confirm = await play.say("no, the XL in blue", size="XL", color="blue")
    assert "Bunting Running Shirt, blue, XL" in confirm.text
    confirm = await play.say("S then", size="S")
    assert "Bunting Running Shirt, blue, S" in confirm.text


async def test_another_reason(shop: Store) -> None:
    play = await at_the_confirmation(shop)
    confirm = await play.say("actually they're all too big")
    assert confirm.text.count("(too large)") == 3


async def test_another_order(shop: Store) -> None:
    play = await returning(shop, "C-0004")
    await play.say("return the blanket, it smells", "return_item", product="blanket")
    other = await play.say("no, A-10740 I mean", order_number="A-10740")
    assert "order A-10740" in other.text
    assert "Finch Hip Bag" in other.text


async def test_the_same_order_again_changes_nothing(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    await play.say("return something", "return_item")
    again = await play.say("10771", order_number="10771")
    assert "didn't get that" not in again.text
    assert "What would you like to send back" in again.text


async def test_a_question_is_no_change(shop: Store) -> None:
    play = await at_the_confirmation(shop)
    assert (await play.say("how does an exchange work?", "return_policy")).events == []
    assert (await play.say("wait, where's my refund?", "track_refund")).events == []
    assert play.stage.slots["return_resolution"] == "store_credit"
