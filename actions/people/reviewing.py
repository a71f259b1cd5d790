"""The questions of the review form, and its end: the review is kept, and its points come."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.form import OUTCOME, cleared
from actions.heard import Heard
from actions.language.phrases import Button, button
from actions.orders.order_forms import left_undone
from actions.people.feedback import BEST, GiveFeedback, bare_stars
from actions.people.hostile_words import must_be_read_first
from actions.people.review_form import HOW, MANY, NOTHING, OTHER, PRODUCT, SERVICE, STARS, WORDS, ReviewForm
from actions.points import points_words
from actions.talk.articles import say_article
from actions.talk.said_button import press
from actions.turn import Turn
from crm_store import loyalty, reviews
from crm_store.errors import Conflict, NotAllowed
from crm_store.models import ReviewStatus

_ARTICLES: Final = ("points-for-reviews", "product-reviews")
_SHOWN: Final = 5


class AskReviewProduct(ShopAction):
    """Asks which product, the newest to press."""

    action_name: ClassVar[str] = "action_ask_review_product"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        if turn.verified_id is None:
            return self.ask_who(say, tracker, heard)
        own = await reviews.reviewable(turn.session, customer_id=turn.verified_id, limit=_SHOWN)
        say.utter_message(
            response="utter_ask_review_product",
            points=loyalty.REVIEW_POINTS,
            buttons=[button(product.name, "inform", product=product.name) for product in own],
        )
        return []


class AskReviewStars(ShopAction):
    """Asks for the stars."""

    action_name: ClassVar[str] = "action_ask_review_stars"

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        say.utter_message(
            response="utter_ask_review_stars",
            product=tracker.get_slot(PRODUCT),
            buttons=[_stars_button(stars) for stars in range(1, BEST + 1)],
            json_message={"type": "rating", "of": BEST},
        )
        return []


def _stars_button(stars: int) -> Button:
    return button(f"{stars} of {BEST}", "inform", rating=str(stars))


class FinishReview(ShopAction):
    """Keeps the review."""

    action_name: ClassVar[str] = "action_review_finish"

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Act on what the form found out."""
        outcome = tracker.get_slot(OUTCOME)
        if outcome == HOW:
            _explain(turn, heard, say)
            return cleared(ReviewForm)
        if outcome == SERVICE:
            stars = bare_stars(heard) or heard
            return [*cleared(ReviewForm), *await GiveFeedback().act(turn, stars, say, tracker)]
        undone = left_undone(ReviewForm, turn, heard, tracker)
        if undone is not None or turn.verified_id is None:
            return undone or []
        if outcome == NOTHING:
            say.utter_message(response="utter_review_nothing")
            return cleared(ReviewForm)
        words = str(tracker.get_slot(WORDS) or "")
        await _keep(turn, turn.verified_id, tracker, words, say)
        events = cleared(ReviewForm)
        if outcome == OTHER:
            events += await press(replace(heard, confidence=1.0), turn, say, tracker)
        return events


def _explain(turn: Turn, heard: Heard, say: CollectingDispatcher) -> None:
    slug = _ARTICLES[0] if "point" in heard.text.lower() else _ARTICLES[1]
    article = turn.house.help_desk.get(slug)
    if article is not None:
        say_article(article, say, buttons=[button("Write a review", "leave_review")])


async def _keep(
    turn: Turn, customer_id: int, tracker: Tracker, words: str, say: CollectingDispatcher
) -> None:
    own = await reviews.reviewable(turn.session, customer_id=customer_id, limit=MANY)
    product = next((one for one in own if one.name == tracker.get_slot(PRODUCT)), None)
    try:
        if product is None:
            raise Conflict
        review, points = await reviews.write(
            turn.session,
            customer_id=customer_id,
            product_id=product.id,
            stars=int(tracker.get_slot(STARS)),
            words=words,
            held=must_be_read_first(words),
        )
    except (Conflict, NotAllowed):
        say.utter_message(response="utter_review_twice")
        return
    held = review.status is ReviewStatus.HELD
    response = "utter_review_held" if held else "utter_review_kept" if points else "utter_review_no_club"
    say.utter_message(
        response=response,
        product=product.name,
        points=points_words.points(loyalty.REVIEW_POINTS),
        buttons=[button("My points", "check_points")] if points else [],
    )
