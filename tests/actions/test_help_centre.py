"""Questions answered from the help centre."""

from __future__ import annotations

from pathlib import Path

import pytest

from actions.offers.offers import DISCOUNT_ARTICLES, HOW_TO_USE
from actions.talk.help_centre import ARTICLE_OF, AskHelpCentre
from crm_store.session import Store
from tests.actions.stage import Stage

HELP_CENTRE = Path(__file__).parents[2] / "data" / "help_centre"


@pytest.fixture
def stage(shop: Store) -> Stage:
    return Stage(shop)


@pytest.mark.parametrize(
    "slug", sorted({*ARTICLE_OF.values(), *DISCOUNT_ARTICLES, HOW_TO_USE, "product-reviews"})
)
def test_every_named_article_exists(slug: str) -> None:
    assert (HELP_CENTRE / f"{slug}.md").exists()


async def test_the_best_article_with_its_address(stage: Stage) -> None:
    stage.desk.found = ["klarna", "payment-methods", "payment-failed"]
    played = await stage.play(AskHelpCentre(), "can I pay with klarna?", "payment_methods")
    assert "An answer." in played.text
    assert "https://wanderlark.example/help/klarna" in played.text
    assert played.cards[0]["url"] == "/help/klarna"
    assert [other["url"] for other in played.cards[0]["related"]] == [
        "/help/payment-methods",
        "/help/payment-failed",
    ]


async def test_nothing_found_is_answered_by_the_intent(stage: Stage) -> None:
    played = await stage.play(AskHelpCentre(), "hmm how is it with sending back", "return_policy")
    assert "/help/return-window" in played.text


async def test_words_that_fit_hardly_leave_it_to_the_intent(stage: Stage) -> None:
    stage.desk.found, stage.desk.score = ["track-a-return"], 0.5
    played = await stage.play(AskHelpCentre(), "what's the return window", "return_policy")
    assert "/help/return-window" in played.text
    assert played.cards[0]["related"][0]["url"] == "/help/track-a-return"


async def test_a_button_is_answered_by_its_intent(stage: Stage) -> None:
    stage.desk.found = ["klarna"]
    played = await stage.play(AskHelpCentre(), "/how_to_earn", "how_to_earn")
    assert "/help/earn-points" in played.text


async def test_no_article_at_all(stage: Stage) -> None:
    played = await stage.play(AskHelpCentre(), "hm", "nothing_known")
    assert played.buttons == {"Talk to a human": "/talk_to_human"}


async def test_a_question_about_a_product(stage: Stage) -> None:
    played = await stage.play(
        AskHelpCentre(), "is the skylark rain jacket warm?", "product_question", product="skylark rain jacket"
    )
    assert "Skylark Rain Jacket, €149.00: Our catalogue doesn't call it warm" in played.text
    assert "A light three-layer shell" in played.text
