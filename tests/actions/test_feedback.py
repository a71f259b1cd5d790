"""What customers think is kept."""

from __future__ import annotations

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.people.feedback import GiveFeedback, Rating, ask_rating, bare_stars, has_content, read_rating
from actions.people.rating_form import WORDS, AskRatingWords, FinishRating, RatingForm
from actions.turn import Turn
from crm_store import ratings
from crm_store.models import Rating as Kept
from crm_store.session import Store
from tests.actions.form_play import FormPlay
from tests.actions.stage import Played, Stage


@pytest.fixture
def stage(shop: Store) -> Stage:
    return Stage(shop)


async def kept(stage: Stage) -> list[Kept]:
    async with stage.store.reading() as session:
        return await ratings.list_ratings(session)


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
    assert played.followup is None
    (found,) = await kept(stage)
    assert (found.customer_id, found.stars, found.best) == (customer_id, 5, 5)
    assert found.words == "this chat was really good, 5 stars"


async def test_somebody_unhappy_is_offered_a_human(stage: Stage) -> None:
    played = await stage.play(GiveFeedback(), "only 1 star", "give_feedback", rating="1")
    assert "I'm sorry" in played.text
    assert "/talk_to_human" in played.buttons.values()


async def test_a_typed_five_is_the_fifth_button(stage: Stage) -> None:
    played = await stage.play(GiveFeedback(), "I want to give feedback", "give_feedback")
    assert list(played.buttons)[4] == "5 of 5"


@pytest.mark.parametrize(
    ("text", "entity", "points"),
    [("5", "", 5), ("four", "", 4), ("3 stars", "3", 3), ("5 blue mugs", "", None), ("why", "", None)],
)
def test_stars_and_nothing_else(text: str, entity: str, points: int | None) -> None:
    entities = (("rating", entity),) if entity else ()
    found = bare_stars(Heard(text, "inform", 0.9, entities))
    assert (found and found.entity("rating")) == (f"{points}/5" if points else None)


async def stars_alone(stage: Stage) -> FormPlay:
    played = await stage.play(GiveFeedback(), "", "give_feedback", rating="4")
    assert played.followup == "rating_form"
    form = FormPlay(stage, RatingForm(), {WORDS: AskRatingWords()}, FinishRating())
    stage.loop = "rating_form"
    await stage.act(form.form)
    return form


async def test_words_may_follow(stage: Stage) -> None:
    form = await stars_alone(stage)
    assert "noted" in (await form.say("friendly and quick", "thank")).text
    (found,) = await kept(stage)
    assert (found.stars, found.words) == (4, "friendly and quick")


@pytest.mark.parametrize(("text", "intent"), [("", "deny"), ("no thanks", "deny"), ("nope", "inform")])
async def test_or_none(stage: Stage, text: str, intent: str) -> None:
    form = await stars_alone(stage)
    await form.say(text, intent)
    assert not form.open
    assert (await kept(stage))[0].words == ""


async def test_who_wants_something_else_gets_that(stage: Stage) -> None:
    await stage.sign_in("C-0001")
    form = await stars_alone(stage)
    assert "points" in (await form.say("how many points do I have", "check_points")).text
    assert (await kept(stage))[0].words == ""


class _Asking(ShopAction):
    """Settles something, as a form's end does."""

    action_name = "action_asking"
    matter = "return:R-1"

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        await ask_rating(turn, say, matter=self.matter)
        return []


async def settle(stage: Stage, matter: str = "return:R-1") -> Played:
    asking = _Asking()
    asking.matter = matter
    return await stage.play(asking, "yes", "affirm")


async def test_after_a_settled_matter_it_is_asked_once(stage: Stage) -> None:
    first = await settle(stage)
    assert first.cards == [{"type": "rating", "of": 5}]
    assert not (await settle(stage)).texts
    assert not (await settle(stage, "return:R-2")).texts
    await stage.play(GiveFeedback(), "", "give_feedback", rating="2")
    (found,) = await kept(stage)
    assert (found.matter, found.stars) == ("return:R-1", 2)
