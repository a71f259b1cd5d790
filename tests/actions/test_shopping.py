"""Stock, suggestions and reservations."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from actions.base import ShopAction
from actions.people.people import HandOff
from actions.shopping.availability import ProductAvailability
from actions.shopping.recommend import Recommend
from actions.shopping.reservation import AskReserveName, FinishReserve, ReserveForm
from actions.shopping.reserve import ReserveInStore
from actions.shopping.suggestions import budget_cents
from crm_store import clock, tickets
from crm_store.session import Store
from tests.actions.form_play import FormPlay
from tests.actions.stage import Stage

NAVY_L = {"product": "Skylark Rain Jacket", "color": "navy", "size": "L"}


@pytest.fixture
def stage(shop: Store) -> Stage:
    return Stage(shop)


class TestStock:
    async def test_one_variant_place_by_place(self, stage: Stage) -> None:
        played = await stage.play(ProductAvailability(), "is it there?", "product_availability", **NAVY_L)
        assert "Skylark Rain Jacket, navy, L" in played.text
        assert "- Online: sold out" in played.text
        assert "- Galway: 1" in played.text
        assert "- Cork: 2" in played.text
        assert list(played.buttons) == ["Reserve in Galway", "Reserve in Cork"]

    async def test_one_shop(self, stage: Stage) -> None:
        played = await stage.play(
            ProductAvailability(),
            "in Cork?",
            "product_availability",
            store="Oliver Plunkett Street",
            **NAVY_L,
        )
        assert "- Cork: 2" in played.text
        assert "Galway" not in played.text

    async def test_all_sizes_of_a_product(self, stage: Stage) -> None:
        played = await stage.play(
            ProductAvailability(),
            "skylark rain jacket?",
            "product_availability",
            product="skylark rain jacket",
        )
        assert "navy: in stock" in played.text
        assert "only in our shops L" in played.text

    async def test_sold_out_everywhere(self, stage: Stage) -> None:
        played = await stage.play(
            ProductAvailability(),
            "cairn in orange?",
            "product_availability",
            product="cairn tent",
            color="orange",
        )
        assert "sold out at the moment, online and in our stores" in played.text
        assert played.buttons == {
            "Suggest something similar": '/recommend_product{"product": "Cairn Two-Person Tent"}'
        }

    async def test_a_size_it_is_not_made_in(self, stage: Stage) -> None:
        played = await stage.play(
            ProductAvailability(), "in 43?", "product_availability", product="skylark rain jacket", size="43"
        )
        assert "doesn't come in 43" in played.text

    async def test_several_products_fit(self, stage: Stage) -> None:
        played = await stage.play(
            ProductAvailability(), "skylark in L?", "product_availability", product="skylark", size="L"
        )
        assert set(played.buttons) == {"Skylark Rain Jacket", "Skylark Rain Trousers"}
        assert all('"size": "L"' in payload for payload in played.buttons.values())

    async def test_the_same_in_another_colour(self, stage: Stage) -> None:
        await stage.play(ProductAvailability(), "is it there?", "product_availability", **NAVY_L)
        played = await stage.play(ProductAvailability(), "in red too?", "product_availability", color="red")
        assert "Skylark Rain Jacket, red, L" in played.text

    async def test_all_that_is_in_one_shop(self, stage: Stage) -> None:
        played = await stage.play(
            ProductAvailability(),
            "the throw in galway?",
            "product_availability",
            product="Meadow Lambswool Throw",
            store="Galway",
        )
        assert "Meadow Lambswool Throw in Galway" in played.text
        variants = played.cards[0]["variants"]
        assert variants
        assert all(variant["stock"].get("galway") for variant in variants)
        assert set(played.buttons) == {variant["color"] for variant in variants}

    async def test_only_products_of_that_colour_are_offered(self, stage: Stage) -> None:
        played = await stage.play(
            ProductAvailability(), "the blue jacket?", "product_availability", product="jacket", color="blue"
        )
        assert set(played.buttons) == {"Kestrel Wind Jacket", "Tern Cycling Jacket"}

    async def test_no_product_named(self, stage: Stage) -> None:
        played = await stage.play(ProductAvailability(), "is this in stock?", "product_availability")
        assert "Which item do you mean?" in played.text

    async def test_a_kind_of_thing(self, stage: Stage) -> None:
        played = await stage.play(
            ProductAvailability(), "have you something for camping", "product_availability"
        )
        assert played.cards[0]["type"] == "products"

    async def test_nothing_of_that_name(self, stage: Stage) -> None:
        played = await stage.play(
            ProductAvailability(), "do you sell bikes", "product_availability", product="bikes"
        )
        assert "can't find anything by that name" in played.text


class TestSuggest:
    @pytest.mark.parametrize(
        ("text", "cents"),
        [
            ("under 30 euro", 3000),
            ("something for €50", 5000),
            ("max 100", 10_000),
            ("size 42", None),
            ("", None),
        ],
    )
    def test_budget(self, text: str, cents: int | None) -> None:
        assert budget_cents(text) == cents

    async def test_what_was_asked_for(self, stage: Stage) -> None:
        played = await stage.play(Recommend(), "boots for boggy ground", "recommend_product", product="boots")
        names = [product["name"] for product in played.cards[0]["products"]]
        assert len(names) == 3
        assert all("Boots" in name for name in names)

    async def test_within_the_budget(self, stage: Stage) -> None:
        played = await stage.play(Recommend(), "something warm under 60 euro", "recommend_product")
        assert all(product["price_cents"] <= 6000 for product in played.cards[0]["products"])

    async def test_the_words_of_the_whole_sentence_count(self, stage: Stage) -> None:
        played = await stage.play(Recommend(), "a jacket for winter", "recommend_product", product="jacket")
        assert played.cards[0]["products"][0]["name"] == "Snipe Down Jacket"

    async def test_nothing_of_the_kind(self, stage: Stage) -> None:
        played = await stage.play(Recommend(), "which bike?", "recommend_product", product="bike")
        assert "nothing like that in stock" in played.text

    async def test_a_gift_is_not_chosen_by_ones_own_taste(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        played = await stage.play(Recommend(), "what should I get my dad", "recommend_product")
        assert "What is it for?" in played.text

    async def test_a_present_is_a_gift(self, stage: Stage) -> None:
        played = await stage.play(Recommend(), "a present under 40 euro for my dad", "recommend_product")
        assert all(product["price_cents"] <= 4000 for product in played.cards[0]["products"])

    async def test_like_what_they_know(self, stage: Stage) -> None:
        played = await stage.play(
            Recommend(), "like the skylark", "recommend_product", product="Skylark Rain Jacket"
        )
        names = [product["name"] for product in played.cards[0]["products"]]
        assert "Skylark Rain Jacket" not in names
        assert all("Jacket" in name or "Parka" in name for name in names)

    async def test_after_what_they_bought(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        played = await stage.play(Recommend(), "/recommend_product", "recommend_product")
        assert "Because you bought the" in played.text

    async def test_a_stranger_with_no_wish_is_asked(self, stage: Stage) -> None:
        played = await stage.play(Recommend(), "/recommend_product", "recommend_product")
        assert "What is it for?" in played.text
        assert len(played.buttons) == 6


class TestReserve:
    @pytest.fixture(autouse=True)
    def on_a_wednesday(self) -> Iterator[None]:
        with clock.frozen_at(datetime(2026, 3, 4, 12, tzinfo=UTC)):
            yield

    async def test_it_is_kept_until_the_shop_closes_the_next_day(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        played = await stage.play(ReserveInStore(), "one in cork", "reserve_in_store", store="Cork", **NAVY_L)
        assert "Reserved: Skylark Rain Jacket, navy, L in Cork, under the name Niamh Gallagher" in played.text
        assert "until Thursday 5 March at 18:00" in played.text
        card = played.cards[0]
        assert (card["type"], card["until"]) == ("reservation", "2026-03-05T18:00:00+00:00")
        there = await stage.play(ProductAvailability(), "is it there?", "product_availability", **NAVY_L)
        assert "- Cork: 1" in there.text
        assert "is already reserved" not in played.text
        again = await stage.play(ReserveInStore(), "one in cork", "reserve_in_store", store="Cork", **NAVY_L)
        assert "already reserved for you" in again.text
        assert again.cards[0]["number"] == card["number"]

    async def test_cancelled_it_is_there_again(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        kept = await stage.play(ReserveInStore(), "in cork", "reserve_in_store", store="Cork", **NAVY_L)
        number = kept.cards[0]["number"]
        assert f'"code": "{number}"' in kept.buttons["Cancel the reservation"]
        listed = await stage.play(ReserveInStore(), "what have I reserved?", "reserve_in_store")
        assert f"{number}: Skylark Rain Jacket, navy, L in Cork" in listed.text
        played = await stage.play(ReserveInStore(), "cancel my reservation", "reserve_in_store")
        assert f"Done: reservation {number}" in played.text
        there = await stage.play(ProductAvailability(), "is it there?", "product_availability", **NAVY_L)
        assert "- Cork: 2" in there.text
        assert "nothing kept" in (await stage.play(ReserveInStore(), "cancel it", "reserve_in_store")).text

    async def test_which_of_two_to_cancel(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        for shop in ("Cork", "Galway"):
            await stage.play(ReserveInStore(), "keep it", "reserve_in_store", store=shop, **NAVY_L)
        asked = await stage.play(ReserveInStore(), "cancel my reservation", "reserve_in_store")
        assert "Which reservation shall I cancel?" in asked.text
        number = next(iter(asked.buttons)).removeprefix("Cancel ")
        done = await stage.play(ReserveInStore(), "", "reserve_in_store", code=number, reason="cancel")
        assert f"Done: reservation {number}" in done.text

    async def test_nobody_cancels_somebody_elses(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        kept = await stage.play(ReserveInStore(), "in cork", "reserve_in_store", store="Cork", **NAVY_L)
        number = kept.cards[0]["number"]
        other = Stage(stage.store, address="another")
        await other.sign_in("C-0002")
        played = await other.play(ReserveInStore(), f"cancel {number}", "reserve_in_store")
        assert f"can't find a reservation {number} of yours" in played.text
        assert number in (await stage.play(ReserveInStore(), "my reservations", "reserve_in_store")).text

    async def test_no_more_than_three_at_a_time(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        two = NAVY_L | {"quantity": "2"}
        assert (
            "Reserved: 2 ×"
            in (
                await stage.play(ReserveInStore(), "two in cork", "reserve_in_store", store="Cork", **two)
            ).text
        )
        mug = {"product": "Puffin Enamel Mug", "color": "red", "quantity": "2", "store": "Dublin"}
        played = await stage.play(ReserveInStore(), "two mugs", "reserve_in_store", **mug)
        assert "3 pieces at a time" in played.text or "isn't there" in played.text

    async def test_a_human_of_the_shop_is_asked_for_longer(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        wanted = NAVY_L | {"store": "Cork", "date": "2026-03-14"}
        played = await stage.play(ReserveInStore(), "hold one in cork", "reserve_in_store", **wanted)
        assert "once they confirm it here" in played.text
        async with stage.store.reading() as session:
            ticket = (await tickets.list_tickets(session))[0]
        assert ticket.topic == "reservation in a store"
        assert "Skylark Rain Jacket, navy, L" in ticket.summary
        assert "Wanderlark Cork, to be collected: 2026-03-14; the shelf says 2" in ticket.summary

    async def test_a_stranger_gives_a_name(self, stage: Stage) -> None:
        started = await stage.play(
            ReserveInStore(), "keep it in cork", "reserve_in_store", store="Cork", **NAVY_L
        )
        assert started.followup == "reserve_form"
        questions: dict[str, ShopAction] = {"reserve_name": AskReserveName()}
        form = FormPlay(stage, ReserveForm(), questions, FinishReserve())
        stage.loop, stage.slots["requested_slot"] = "reserve_form", "reserve_name"
        odd = await form.say("M4ry 007", "inform")
        assert "letters only" in odd.text
        assert "under which name" in odd.text
        done = await form.say("my name is mary o'byrne")
        assert "under the name Mary O'byrne" in done.text
        assert stage.slots["reserve_draft"] is None
        more = await stage.play(
            ReserveInStore(),
            "another, under the name of Mary Byrne",
            "reserve_in_store",
            store="Galway",
            **NAVY_L,
        )
        assert "1 piece at a time" in more.text

    async def test_sold_while_the_stranger_was_asked_for_a_name(self, stage: Stage) -> None:
        galway = NAVY_L | {"store": "Galway"}
        await stage.play(ReserveInStore(), "keep it", "reserve_in_store", **galway)
        other = Stage(stage.store, address="another")
        await other.sign_in("C-0001")
        assert (
            "Reserved" in (await other.play(ReserveInStore(), "keep it", "reserve_in_store", **galway)).text
        )
        stage.slots["reserve_name"] = "Mary"
        assert "Somebody was quicker" in (await stage.act(FinishReserve())).text

    async def test_not_there_but_elsewhere(self, stage: Stage) -> None:
        played = await stage.play(ReserveInStore(), "in dublin", "reserve_in_store", store="dublin", **NAVY_L)
        assert "isn't there in that store" in played.text
        assert list(played.buttons) == ["Galway", "Cork"]

    async def test_which_shop(self, stage: Stage) -> None:
        played = await stage.play(ReserveInStore(), "keep it for me", "reserve_in_store", **NAVY_L)
        assert "which store" in played.text

    async def test_which_size(self, stage: Stage) -> None:
        played = await stage.play(
            ReserveInStore(), "hold the errigal boots", "reserve_in_store", product="errigal hiking boots"
        )
        assert "Which Errigal Hiking Boots" in played.text
        assert "- black: 36" in played.text

    async def test_the_one_that_was_spoken_of(self, stage: Stage) -> None:
        await stage.play(ProductAvailability(), "is it there?", "product_availability", **NAVY_L)
        played = await stage.play(
            ReserveInStore(), "keep it for me in cork", "reserve_in_store", store="Cork"
        )
        assert played.followup == "reserve_form"
        assert stage.slots["reserve_draft"]["title"] == "Skylark Rain Jacket, navy, L"

    async def test_in_no_shop(self, stage: Stage) -> None:
        played = await stage.play(
            ReserveInStore(), "cairn in orange", "reserve_in_store", product="cairn tent", color="orange"
        )
        assert "isn't in any of our stores" in played.text

    async def test_what(self, stage: Stage) -> None:
        played = await stage.play(ReserveInStore(), "reserve something", "reserve_in_store")
        assert "Which item" in played.text

    async def test_not_in_the_middle_of_a_form(self, stage: Stage) -> None:
        stage.loop = "return_form"
        played = await stage.play(ReserveInStore(), "keep it", "reserve_in_store", store="Cork", **NAVY_L)
        assert "as soon as we've finished this" in played.text
        async with stage.store.reading() as session:
            assert not await tickets.list_tickets(session)


async def test_a_handoff_after_a_question_about_stock_names_it(stage: Stage) -> None:
    await stage.play(ProductAvailability(), "is the jacket there?", "product_availability", **NAVY_L)
    await stage.play(HandOff(), "a human please", "talk_to_human")
    async with stage.store.reading() as session:
        ticket = (await tickets.list_tickets(session))[0]
    assert ticket.topic == "Is it in stock"
    assert ticket.tried == ["“is the jacket there?”: looked up stock"]
