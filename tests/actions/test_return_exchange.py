"""Exchanges: what is there, what is not, and what is put aside."""

from __future__ import annotations

from crm_store import catalogue
from crm_store.models import Resolution, ReturnReason
from crm_store.session import Store
from tests.actions.return_play import ReturnPlay, returning
from tests.crm_store.builders import Line, make_customer, make_delivered, make_product

SHOES = [(str(size), color) for color in ("grey", "black") for size in (41, 42, 43, 44)]


async def shoes(
    store: Store, *, stock: int = 5, quantity: int = 1, variants: list[tuple[str, str]] = SHOES
) -> ReturnPlay:
    """A customer with grey shoes in 42 (or the first variant), delivered."""
    async with store.unit() as session:
        customer = await make_customer(session, "C-0001")
        product = await make_product(
            session, name="Burren Trail Running Shoes", variants=variants, stock=stock
        )
        own = next((one for one in product.variants if one.size == "42"), product.variants[0])
        title = ", ".join(part for part in ("Burren Trail Running Shoes", own.color, own.size) if part)
        await make_delivered(session, customer, Line(own, title=title, quantity=quantity))
    return await returning(store, "C-0001")


async def take(store: Store, size: str, color: str, quantity: int = 5) -> None:
    """Somebody else buys them."""
    async with store.unit() as session:
        product = await catalogue.get_product(session, number="P-001")
        variant = await catalogue.find_variant(session, product_id=product.id, size=size, color=color)
        assert variant is not None
        await catalogue.take_stock(session, variant_id=variant.id, location_slug="web", quantity=quantity)


async def stock_of(store: Store, size: str, color: str) -> int:
    async with store.reading() as session:
        product = await catalogue.get_product(session, number="P-001")
        variant = await catalogue.find_variant(session, product_id=product.id, size=size, color=color)
        assert variant is not None
        return (await catalogue.stock_of(session, variant_id=variant.id))["web"]


async def test_an_exchange_in_one_sentence(store: Store) -> None:
    play = await shoes(store)
    confirm = await play.say(
        "the shoes are too small, can I swap them for a 43 in black?",
        "exchange_item",
        product="shoes",
        size="43",
        color="black",
        reason="too small",
    )
    assert "Burren Trail Running Shoes, grey, 42 (too small)" in confirm.text
    assert "You get instead: Burren Trail Running Shoes, black, 43" in confirm.text
    done = await play.say("yes", "affirm")
    made = (await play.made("C-0001"))[0]
    assert made.resolution is Resolution.EXCHANGE
    assert made.refunds == []
    assert made.number in done.text
    assert await stock_of(store, "43", "black") == 4


async def test_another_size_alone_gives_the_reason(store: Store) -> None:
    play = await shoes(store)
    confirm = await play.say("I got the shoes in 42 and need 41", "exchange_item", product="shoes", size="41")
    assert "(too large)" in confirm.text
    assert "grey, 41" in confirm.text


async def test_the_colour_of_what_goes_back_is_no_wish(store: Store) -> None:
    play = await shoes(store)
    asked = await play.say(
        "exchange my grey shoes, too small", "exchange_item", product="shoes", color="grey"
    )
    assert "is the one you have" not in asked.text
    assert "What would you like instead" in asked.text


async def test_a_colour_where_the_reason_was_asked(store: Store) -> None:
    play = await shoes(store)
    await play.say("exchange the shoes", "exchange_item", product="shoes")
    confirm = await play.say("black", color="black")
    assert "(changed my mind)" in confirm.text
    assert "black, 42" in confirm.text


async def test_larger_sizes_are_offered_first_to_whom_it_is_too_small(store: Store) -> None:
    play = await shoes(store)
    which = await play.say("exchange the shoes, they pinch", "exchange_item", product="shoes")
    assert list(which.buttons)[:2] == ["Size 43 in grey", "Size 44 in grey"]
    assert list(which.buttons)[-1] == "Money back instead"
    assert "grey, 43" in (await play.say("one size up")).text


async def test_what_is_sold_out_is_said_with_the_nearest(store: Store) -> None:
    play = await shoes(store)
    await take(store, "43", "grey")
    gone = await play.say("exchange the shoes for a 43", "exchange_item", product="shoes", size="43")
    assert "size 43 in grey is sold out" in gone.text
    assert "size 43 in black" in gone.text
    assert "Size 43 in grey" not in gone.buttons
    confirm = await play.say("then the black ones in 43", color="black", size="43")
    assert "black, 43" in confirm.text


async def test_money_instead_of_what_is_sold_out(store: Store) -> None:
    play = await shoes(store)
    which = await play.say("exchange the shoes, too tight", "exchange_item", product="shoes")
    how = await play.press("Money back instead", which)
    assert list(how.buttons) == ["€100.00 back", "€110.00 store credit"]


async def test_a_size_that_is_not_made(store: Store) -> None:
    play = await shoes(store)
    told = await play.say("exchange the shoes for a 48, too small", "exchange_item", product="shoes")
    assert "isn't made in 48" in told.text
    assert "isn't made in purple" in (await play.say("in purple?", color="purple")).text
    assert "is the one you have" in (await play.say("the grey 42", size="42", color="grey")).text


async def test_what_else_there_is_may_be_asked(store: Store) -> None:
    play = await shoes(store)
    await play.say("exchange the shoes, ugly colour", "exchange_item", product="shoes", reason="ugly")
    told = await play.say("which colours do you have?", "product_availability")
    assert "black: 41, 42, 43, 44" in told.text
    assert "What would you like instead" in (await play.say("another colour please")).text


async def test_everything_else_is_sold_out(store: Store) -> None:
    play = await shoes(store, stock=0)
    told = await play.say("exchange the shoes, too small", "exchange_item", product="shoes")
    assert "sold out" in told.text
    assert "€100.00 back" in told.buttons


async def test_a_thing_of_one_kind_is_replaced_when_it_is_damaged(store: Store) -> None:
    play = await shoes(store, variants=[("one-size", "")])
    confirm = await play.say(
        "the shoes are broken, swap them", "exchange_item", product="shoes", reason="broken"
    )
    assert "You get instead: Burren Trail Running Shoes." in confirm.text


async def test_a_thing_of_one_kind_cannot_be_exchanged_for_another(store: Store) -> None:
    play = await shoes(store, variants=[("one-size", "")])
    told = await play.say("swap the shoes, don't like them", "exchange_item", product="shoes")
    assert "no other size or colour" in told.text


async def test_the_same_again_for_what_is_damaged(store: Store) -> None:
    play = await shoes(store)
    which = await play.say("exchange the shoes, the sole is broken", "exchange_item", product="shoes")
    assert "The same again" in which.buttons
    assert "grey, 42." in (await play.press("The same again", which)).text


async def test_as_many_as_go_back_must_be_there(store: Store) -> None:
    play = await shoes(store, stock=1, quantity=2)
    which = await play.say("exchange the shoes, too small", "exchange_item", product="shoes")
    gone = await play.press("All 2", which)
    assert "sold out" in gone.text


async def test_the_last_one_is_sold_while_the_customer_thinks(store: Store) -> None:
    play = await shoes(store, stock=1)
    await play.say("exchange the shoes for a 43", "exchange_item", product="shoes", size="43")
    await take(store, "43", "grey", 1)
    gone = await play.say("yes", "affirm")
    assert "the last one was sold a moment ago" in gone.text
    assert gone.followup == "return_form"
    asked = await play.stage.act(play.form)
    assert play.stage.slots["requested_slot"] == "exchange_variant"
    assert asked.texts == []
    assert await play.made("C-0001") == []


async def test_one_thing_at_a_time(shop: Store) -> None:
    play = await returning(shop, "C-0001")
    one = await play.say("exchange the shirt and the shorts", "exchange_item", product="shirt")
    assert "one item at a time" in one.text
    assert "Both" not in one.buttons
    await play.say("the shirt", product="shirt")
    which = await play.say("too small")
    confirm = await play.press("Size L in orange", which)
    done = await play.press("Yes", confirm)
    assert done.buttons["Exchange another item"] == '/exchange_item{"order_number": "A-10771"}'
    made = (await play.made("C-0001"))[0]
    assert [item.reason for item in made.items] == [ReturnReason.TOO_SMALL]
