"""Reviewing what was delivered: which product, how many stars, a few words."""

from __future__ import annotations

import pytest
from sqlalchemy import select

from actions.base import VERIFICATION_FORM
from actions.people.hostile_words import must_be_read_first
from actions.people.review_form import PRODUCT, STARS, WORDS, ReviewForm
from actions.people.reviewing import AskReviewProduct, AskReviewStars, FinishReview
from crm_store import loyalty
from crm_store.models import Review, ReviewStatus
from crm_store.session import Store
from tests.actions.form_play import FormPlay
from tests.actions.stage import Stage


@pytest.fixture
async def form(shop: Store) -> FormPlay:
    stage = Stage(shop)
    await stage.sign_in("C-0001")
    asks = {PRODUCT: AskReviewProduct(), STARS: AskReviewStars(), WORDS: AskReviewStars()}
    return FormPlay(stage, ReviewForm(), asks, FinishReview())


async def kept(form: FormPlay) -> list[Review]:
    async with form.stage.store.reading() as session:
        return list(await session.scalars(select(Review)))


async def balance(form: FormPlay) -> int:
    customer_id = await form.stage.sign_in("C-0001")
    async with form.stage.store.reading() as session:
        return (await loyalty.statement(session, customer_id=customer_id)).balance


async def test_step_by_step_with_points_at_the_end(form: FormPlay) -> None:
    before = await balance(form)
    asked = await form.say("I'd like to write a review", "leave_review")
    assert "50 Lark Club points" in asked.text
    assert "Inis Wool Beanie" in asked.buttons
    await form.say("", product="Inis Wool Beanie")
    await form.say("4", quantity="4")
    done = await form.say("warm, but it itches", "nlu_fallback")
    assert "published" in done.text
    (review,) = await kept(form)
    assert (review.stars, review.words, review.status) == (4, "warm, but it itches", ReviewStatus.PUBLISHED)
    assert await balance(form) == before + 50


async def test_all_at_once(form: FormPlay) -> None:
    said = "5 stars for the inis wool beanie, the warmest one I ever had"
    done = await form.say(said, "leave_review", rating="5", product="inis wool beanie")
    assert "published" in done.text
    assert (await kept(form))[0].words == said


async def test_stars_are_enough(form: FormPlay) -> None:
    await form.say("review", "leave_review", product="Inis Wool Beanie", rating="3")
    await form.say("", code="none")
    assert (await kept(form))[0].words == ""


async def test_hostile_words_are_read_by_a_human_first(form: FormPlay) -> None:
    before = await balance(form)
    await form.say("review", "leave_review", product="Inis Wool Beanie", rating="1")
    done = await form.say("what a load of shite, idiots", "abuse")
    assert "A person reads" in done.text
    assert (await kept(form))[0].status is ReviewStatus.HELD
    assert await balance(form) == before


async def test_not_twice(form: FormPlay) -> None:
    for _ in range(2):
        await form.say("review", "leave_review", product="Inis Wool Beanie", rating="5")
        played = await form.say("", code="none") if form.open else None
    assert played is None or "published" not in played.text
    assert len(await kept(form)) == 1


async def test_what_was_not_delivered_cannot_be_reviewed(form: FormPlay) -> None:
    played = await form.say("review the skylark rain jacket", "leave_review", product="skylark rain jacket")
    assert "I don't see Skylark Rain Jacket" in played.text
    assert form.open
    assert await kept(form) == []


async def test_another_wish_instead_of_words_keeps_the_stars(form: FormPlay) -> None:
    await form.say("review", "leave_review", product="Inis Wool Beanie", rating="5")
    played = await form.say("how many points do I have", "check_points")
    assert "published" in played.text
    assert "points" in played.text
    assert (await kept(form))[0].words == ""


async def test_a_question_about_reviews_is_answered(form: FormPlay) -> None:
    played = await form.say("where can I leave a review", "leave_review")
    assert "/help/product-reviews" in played.text
    assert not form.open


async def test_a_stranger_is_asked_who_they_are(shop: Store) -> None:
    stage = Stage(shop, address="stranger")
    form = FormPlay(stage, ReviewForm(), {}, FinishReview())
    played = await form.say("I want to review my boots", "leave_review")
    assert played.followup == VERIFICATION_FORM


async def test_stars_that_answer_the_question_are_for_the_service(form: FormPlay) -> None:
    from crm_store import contact_points, conversations, ratings
    from crm_store.models import Channel

    async with form.stage.store.unit() as session:
        point = await contact_points.find_or_create(session, channel=Channel.WEB, address="visitor")
        thread = await conversations.open_conversation(session, contact_point_id=point.id)
        await ratings.ask(session, conversation_id=thread.id, matter="ticket:T-1")
    played = await form.say("4 stars", "leave_review", rating="4")
    assert "Thank you" in played.text
    async with form.stage.store.reading() as session:
        (found,) = await ratings.list_ratings(session)
    assert (found.matter, found.stars) == ("ticket:T-1", 4)
    assert await kept(form) == []


@pytest.mark.parametrize(
    ("words", "held"),
    [
        ("keeps me dry on every hike", False),
        ("runs small, order a size up", False),
        ("it is shit", True),
        ("cheaper at www.other.example", True),
        ("call me on 087 123 4567", True),
        ("write to me@example.com", True),
        ("a classic, glass-like finish", False),
    ],
)
def test_what_is_read_first(words: str, held: bool) -> None:
    assert must_be_read_first(words) is held
