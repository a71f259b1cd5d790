"""What customers think is kept."""

from __future__ import annotations

import pytest

from actions.people.feedback import GiveFeedback, LeaveReview, Rating, has_content, read_rating
from crm_store import audit
from crm_store.models import AuditEntry
from crm_store.session import Store
from tests.actions.stage import Stage


@pytest.fixture
def stage(shop: Store) -> Stage:
    return Stage(shop)


async def kept(stage: Stage) -> list[AuditEntry]:
    async with stage.store.reading() as session:
        return await audit.entries(session, action="feedback")


@pytest.mark.parametrize(
    ("text", "rating"),
    [
        ("5", Rating(5, 5)),
        ("four", Rating(4, 5)),
        ("3/5", Rating(3, 5)),
        ("8 out of 10", Rating(8, 10)),
        ("8", Rating(8, 10)),
        ("11", None),
        ("6/5", None),
        ("great", None),
        (None, None),
    ],
)
def test_reading_a_rating(text: str | None, rating: Rating | None) -> None:
    assert read_rating(text) == rating


@pytest.mark.parametrize(
    ("text", "says_something"),
    [
        ("I want to give feedback", False),
        ("feedback", False),
        ("can I suggest something?", False),
        ("feedback: the parcel was packed beautifully", True),
        ("", False),
    ],
)
def test_announced_or_said(text: str, says_something: bool) -> None:
    assert has_content(text) is says_something


async def test_announced_feedback_is_asked_for(stage: Stage) -> None:
    played = await stage.play(GiveFeedback(), "I want to give feedback", "give_feedback")
    assert played.buttons["5 of 5"] == '/give_feedback{"rating": "5"}'
    assert not await kept(stage)


async def test_words_and_rating_are_kept(stage: Stage) -> None:
    customer_id = await stage.sign_in("C-0001")
    played = await stage.play(
        GiveFeedback(), "this chat was really good, 5 stars", "give_feedback", rating="5"
    )
    assert "Thank you" in played.text
    (entry,) = await kept(stage)
    assert entry.subject == f"customer:{customer_id}"
    assert entry.data == {
        "about": "service",
        "rating": 5,
        "of": 5,
        "words": "this chat was really good, 5 stars",
    }


async def test_somebody_unhappy_is_offered_a_human(stage: Stage) -> None:
    played = await stage.play(GiveFeedback(), "only 1 star", "give_feedback", rating="1")
    assert "I'm sorry" in played.text
    assert "/talk_to_human" in played.buttons.values()


async def test_where_reviews_are_written_and_what_they_earn(stage: Stage) -> None:
    played = await stage.play(LeaveReview(), "write a review", "leave_review")
    assert "50 Lark Club points" in played.text
    assert "/help/product-reviews" in played.text
    assert not await kept(stage)


async def test_a_rated_product(stage: Stage) -> None:
    await stage.play(
        LeaveReview(),
        "4 for the skylark rain jacket",
        "leave_review",
        rating="4",
        product="skylark rain jacket",
    )
    (entry,) = await kept(stage)
    assert entry.data["about"] == "Skylark Rain Jacket"
    assert entry.data["rating"] == 4
