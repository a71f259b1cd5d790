"""What was not understood: help centre, did you mean, a human; and short answers to what was offered."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from actions.language.phrases import MAX_TITLE
from actions.points.loyalty import CheckPoints
from actions.shopping.availability import ProductAvailability
from actions.shopping.recommend import Recommend
from actions.shopping.reserve import ReserveInStore
from actions.shopping.sizing import SizingHelp
from actions.talk.fallback import FallbackAnswer
from actions.talk.intent_titles import TITLES
from actions.talk.talk import Greet
from crm_store import clock
from crm_store.session import Store
from tests.actions.stage import DOMAIN, Played, Stage

OPEN, CLOSED = datetime(2026, 11, 20, 10, tzinfo=UTC), datetime(2026, 11, 21, 19, tzinfo=UTC)

RANKING = [
    ("nlu_fallback", 0.4),
    ("track_order", 0.3),
    ("greet", 0.15),
    ("check_points", 0.1),
    ("complaint", 0.01),
]


@pytest.fixture
def stage(shop: Store) -> Stage:
    return Stage(shop)


async def hear(stage: Stage, text: str, intent: str = "nlu_fallback") -> Played:
    stage.hears(text, intent, ranking=RANKING)
    return await stage.act(FallbackAnswer())


async def test_the_help_centre_is_tried_first(stage: Stage) -> None:
    stage.desk.found = ["klarna"]
    played = await hear(stage, "klarna how does that go")
    assert played.cards[0]["url"] == "/help/klarna"


async def test_the_likeliest_wishes_in_plain_words(stage: Stage) -> None:
    played = await hear(stage, "blorp")
    assert list(played.buttons) == ["Where is my order?", "My points", "Talk to a human"]


async def test_nothing_is_likely(stage: Stage) -> None:
    stage.hears("blorp", "nlu_fallback")
    played = await stage.act(FallbackAnswer())
    assert "in other words" in played.text
    assert played.buttons


@pytest.mark.parametrize("text", ["", "   ", "????", "/restart"])
async def test_texts_without_words(stage: Stage, text: str) -> None:
    stage.desk.found = ["klarna"]
    played = await hear(stage, text)
    assert "Did you mean" in played.text


async def test_the_second_time_in_a_row_a_human(stage: Stage) -> None:
    await hear(stage, "blorp")
    with clock.frozen_at(OPEN):
        played = await hear(stage, "blarp")
    assert played.followup == "action_handoff"
    assert not played.texts


async def test_while_nobody_is_there_a_human_is_offered_first(stage: Stage) -> None:
    await hear(stage, "blorp")
    with clock.frozen_at(CLOSED):
        played = await hear(stage, "blarp")
        assert played.followup is None
        assert "back on Monday 23 November at 8:00" in played.text
        assert "Talk to a human" in played.buttons
        assert (await hear(stage, "blurp")).followup == "action_handoff"


async def test_not_in_a_row(stage: Stage) -> None:
    await hear(stage, "blorp")
    await stage.play(Greet(), "hi", "greet")
    assert (await hear(stage, "blarp")).followup is None


async def test_an_article_was_an_answer(stage: Stage) -> None:
    stage.desk.found = ["klarna"]
    await hear(stage, "klarna hm")
    stage.desk.found = []
    assert (await hear(stage, "blarp")).followup is None


async def test_out_of_scope_is_told_honestly(stage: Stage) -> None:
    stage.desk.found = ["klarna"]
    played = await hear(stage, "who won the match last night", "out_of_scope")
    assert "outside what I can help with" in played.text
    with clock.frozen_at(OPEN):
        assert (
            await hear(stage, "what is the capital of mongolia", "out_of_scope")
        ).followup == "action_handoff"


class TestAnswersToButtons:
    async def test_the_words_on_a_button(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        await hear(stage, "blorp")
        assert "You have" in (await hear(stage, "my points")).text

    async def test_its_place(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        await hear(stage, "blorp")
        assert "You have" in (await hear(stage, "the second one")).text

    async def test_a_button_that_needs_a_proof(self, stage: Stage) -> None:
        await hear(stage, "blorp")
        assert (await hear(stage, "my points")).followup == "verification_form"

    async def test_a_button_that_starts_a_form(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        await stage.play(CheckPoints(), "points?", "check_points")
        played = await hear(stage, "into a voucher")
        assert played.followup == "redeem_form"
        assert stage.slots["pending_request"]["resumed"]

    async def test_one_word_in_a_long_question_is_chance(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        await stage.play(CheckPoints(), "points?", "check_points")
        played = await hear(stage, "the history teacher of my nephew wants a torch for caves")
        assert "Did you mean" in played.text

    async def test_buttons_of_the_turn_before_last_are_past(self, stage: Stage) -> None:
        await stage.sign_in("C-0001")
        await hear(stage, "blorp")
        stage.hears("bye", "goodbye")
        assert (await hear(stage, "the second one")).text.startswith("I'm not sure")


class TestAddedDetails:
    async def test_a_size_after_a_question_about_stock(self, stage: Stage) -> None:
        await stage.play(
            ProductAvailability(), "rain jacket?", "product_availability", product="skylark rain jacket"
        )
        played = await stage.play(FallbackAnswer(), "and in navy, L?", "inform", color="navy", size="L")
        assert "Skylark Rain Jacket, navy, L" in played.text
        again = await stage.play(FallbackAnswer(), "and M?", "inform", size="M")
        assert "Skylark Rain Jacket, navy, M" in again.text

    async def test_a_product_after_the_question_which(self, stage: Stage) -> None:
        await stage.play(ProductAvailability(), "is this in stock?", "product_availability")
        played = await stage.play(FallbackAnswer(), "the skylark jacket", "inform", product="skylark jacket")
        assert "Skylark Rain Jacket" in played.text

    async def test_a_budget_after_a_wish(self, stage: Stage) -> None:
        await stage.play(Recommend(), "something warm", "recommend_product")
        played = await stage.play(FallbackAnswer(), "under 60 euro", "nlu_fallback")
        assert all(product["price_cents"] <= 6000 for product in played.cards[0]["products"])

    async def test_a_size_that_sounds_like_a_question_about_sizes(self, stage: Stage) -> None:
        await stage.play(
            ProductAvailability(),
            "navy L?",
            "product_availability",
            product="skylark rain jacket",
            color="navy",
            size="L",
        )
        played = await stage.play(SizingHelp(), "what about M?", "sizing_help", size="M")
        assert "Skylark Rain Jacket, navy, M" in played.text
        kept = await stage.play(ReserveInStore(), "hold it in Galway", "reserve_in_store", store="Galway")
        assert kept.followup == "reserve_form"
        assert stage.slots["reserve_draft"]["title"] == "Skylark Rain Jacket, navy, M"

    async def test_another_matter_in_between(self, stage: Stage) -> None:
        await stage.play(Recommend(), "boots", "recommend_product", product="boots")
        await stage.play(Greet(), "hi", "greet")
        stage.hears("in 42", "inform", entities={"size": "42"}, ranking=RANKING)
        assert "Did you mean" in (await stage.act(FallbackAnswer())).text


def test_titles_are_of_intents_and_fit_on_buttons() -> None:
    known = {next(iter(intent)) if isinstance(intent, dict) else intent for intent in DOMAIN["intents"]}
    assert known >= set(TITLES)
    assert all(len(title) <= MAX_TITLE for title in TITLES.values())
