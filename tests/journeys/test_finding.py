"""Finding products, sizes and shops in whole conversations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from crm_store import clock, tickets
from tests.conversation import Talk


def names(talk: Talk) -> list[str]:
    """The products on the last card."""
    return [product["name"] for product in talk.last.cards[0]["products"]]


async def test_something_warm_for_hiking(talk: Talk) -> None:
    said = await talk.say("something warm for hiking")
    assert "warm and for hiking" in said or "for hiking and warm" in said, talk
    product = said.cards[0]["products"][0]
    assert product["picture"] == f"/shop/pictures/{product['image']}.svg"
    assert product["url"] == f"/products/{product['image']}"


async def test_words_that_the_catalogue_does_not_use(talk: Talk) -> None:
    await talk.say("can you suggest something to sleep in outdoors?")
    assert any("Sleeping" in name or "Tent" in name for name in names(talk)), talk


async def test_a_gift_with_a_limit(talk: Talk) -> None:
    said = await talk.say("a gift for my dad under 40 euros")
    assert all(product["price_cents"] <= 4000 for product in said.cards[0]["products"]), talk
    assert "a good gift" in said, talk


async def test_nothing_meets_all_of_it_so_the_nearest_is_named(talk: Talk) -> None:
    said = await talk.say("recommend a tent under 50 euro")
    assert "come nearest" in said, talk
    assert "is above your limit" in said, talk


async def test_nothing_of_the_kind(talk: Talk) -> None:
    said = await talk.say("which bike would you recommend?")
    assert "nothing like that in stock" in said or "can't find" in said, talk


async def test_by_what_was_bought(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    said = await talk.say("recommend me something")
    assert "Because you bought the" in said, talk
    assert len(names(talk)) == 3


async def test_a_product_question_is_answered_from_the_catalogue(talk: Talk) -> None:
    said = await talk.say("is the Skylark Rain Jacket really waterproof?")
    assert "Yes, it's waterproof" in said, talk
    said = await talk.say("are the Barrow Walking Shoes waterproof")
    assert "doesn't call it waterproof" in said, talk
    said = await talk.say("How heavy is the Cairn Two-Person Tent?")
    assert "says nothing about that" in said, talk


class TestHours:
    @pytest.fixture(autouse=True)
    def on_a_wednesday(self) -> Iterator[None]:
        with clock.frozen_at(datetime(2026, 3, 4, 12, tzinfo=UTC)):
            yield

    async def test_one_shop_on_a_sunday(self, talk: Talk) -> None:
        assert "Galway, on Sunday 8 March: 12:00 to 17:00" in await talk.say("is Galway open on Sunday?"), (
            talk
        )

    async def test_today_now(self, talk: Talk) -> None:
        assert "9:30 to 18:00, open now" in await talk.say("is Cork open now"), talk

    async def test_a_holiday(self, talk: Talk) -> None:
        said = await talk.say("is the Galway one open on 17 March")
        assert "12:00 to 17:00 (special hours that day)" in said, talk

    async def test_closed(self, talk: Talk) -> None:
        assert "closed, open again" in await talk.say("are you open on Christmas day in Dublin?"), talk

    async def test_what_only_the_article_knows(self, talk: Talk) -> None:
        said = await talk.say("where can I find you in Cork, is there parking nearby?")
        assert said.cards[0]["type"] == "article", talk


class TestSizes:
    async def test_by_height_and_weight(self, talk: Talk) -> None:
        said = await talk.say("I'm 180 cm and 75 kg, which size fits me")
        assert "my best guess is" in said, talk
        assert "180 cm and 75 kg" in said, talk

    async def test_another_countrys_size(self, talk: Talk) -> None:
        assert "take EU 42 (UK 8" in await talk.say("what's a UK 8 in EU"), talk

    async def test_for_a_product_then_its_stock(self, talk: Talk) -> None:
        said = await talk.say("chest 104 cm, which size of the Skylark Rain Jacket do I need?")
        assert "For the Skylark Rain Jacket, take L" in said, talk
        assert "Skylark Rain Jacket" in await talk.press("Is it there in L?"), talk

    async def test_without_measures(self, talk: Talk) -> None:
        assert "your height and weight" in await talk.say("what size should I get?"), talk

    async def test_outside_the_chart(self, talk: Talk) -> None:
        assert "rather not guess" in await talk.say("I'm 2.10 m and 150 kg, which size do I need?"), talk

    async def test_a_child(self, talk: Talk) -> None:
        assert "grown-ups" in await talk.say("my daughter is 8, which kids size is hers"), talk


class TestReserving:
    async def test_a_stranger_is_asked_for_a_name(self, talk: Talk) -> None:
        said = await talk.say("reserve the navy Skylark Rain Jacket in L in Cork for me")
        assert "under which name" in said, talk
        said = await talk.say("Mary Byrne")
        assert "Reserved: Skylark Rain Jacket, navy, L in Cork, under the name Mary Byrne" in said, talk
        assert said.cards[0]["type"] == "reservation"
        assert "is cancelled" in await talk.say("cancel my reservation"), talk

    async def test_a_question_while_the_name_is_asked_for(self, talk: Talk) -> None:
        await talk.say("reserve the navy Skylark Rain Jacket in L in Cork for me")
        said = await talk.say("when does Cork close on Sunday?")
        assert "12:00 to 17:00" in said, talk
        assert "under which name" in said, talk
        assert "Reserved" in await talk.say("mary"), talk

    async def test_a_change_of_mind(self, talk: Talk) -> None:
        await talk.say("reserve the navy Skylark Rain Jacket in L in Cork for me")
        assert "Reserved" not in await talk.say("no, never mind"), talk
        assert "nothing kept" in await talk.say("what have I reserved?"), talk

    async def test_too_many_for_the_bot(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        said = await talk.say("reserve 12 Puffin Enamel Mugs in red in Dublin for me")
        async with talk.store.reading() as session:
            asked = await tickets.list_tickets(session)
        assert asked or "isn't there" in said or "isn't in any" in said, talk

    async def test_inside_another_form_it_waits(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        await talk.say("I want to return something")
        said = await talk.say("reserve the navy Skylark Rain Jacket in L in Cork for me")
        assert "Reserved: Skylark Rain Jacket" in said, talk


class TestTwoWishes:
    async def test_both_are_answered_and_the_question_comes_last(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        said = await talk.say("cancel A-10922 and how many points do I have?")
        assert "points" in said.messages[0].text, talk
        assert "A-10922" in said.messages[-1].text, talk
        assert "cancel" in said.messages[-1].text.lower(), talk

    async def test_in_a_form_it_is_one_answer(self, talk: Talk) -> None:
        await talk.sign_in("C-0001")
        await talk.say("cancel A-10922")
        said = await talk.say("how many points do I have and when is Cork open on Sunday?")
        assert "12:00 to 17:00" not in said or "points" not in said, talk

    async def test_a_stranger_is_asked_who_they_are_once(self, talk: Talk) -> None:
        said = await talk.say("cancel A-10922 and how many points do I have?")
        assert len([m for m in said.messages if "e-mail" in m.text]) <= 1, talk


async def test_where_a_return_is_brought(talk: Talk) -> None:
    assert "post office" in await talk.say("where do i bring it"), talk


class TestPointingAtWhatWasShown:
    async def test_one_of_several_suggestions(self, talk: Talk) -> None:
        shown = await talk.say("recommend me a jumper")
        names = [product["name"] for product in shown.cards[0]["products"]]
        assert names[1] in await talk.say("is the second one there in M"), talk
        assert names[1] in await talk.say("reserve it in galway"), talk

    async def test_a_place_that_is_not_there_points_at_nothing(self, talk: Talk) -> None:
        shown = await talk.say("recommend me a jumper")
        said = await talk.say("is the ninth one there in M")
        assert not [card for card in said.cards if card["type"] == "stock"], talk
        assert shown.cards

    async def test_another_day_of_the_same_shop(self, talk: Talk) -> None:
        await talk.say("is the galway shop open on sunday")
        said = await talk.say("and on christmas day?")
        assert "Galway" in said, talk
        assert "closed" in said, talk
