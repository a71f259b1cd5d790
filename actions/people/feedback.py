"""What customers think: of the service, and of what they bought."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.number_words import number
from actions.language.phrases import button
from actions.shopping.goods import named_product
from actions.talk.menu import HUMAN, wish_button
from actions.turn import Turn
from crm_store import audit, loyalty

BEST = 5
_RATING = re.compile(r"(\d{1,3})(?:\s*(?:/|out of|of)\s*(\d{1,3}))?")
_ANNOUNCING = frozenset(
    re.findall(
        r"\w+",
        """a about an box can chat compliment conversation could customer d do for feedback give got have
        hello here hi how i idea in is just leave let like me my of on please rate rating s say service some
        something submit suggest suggestion suggestions support team tell that the this to want where wish
        with would you your comment survey fill satisfaction answer website""",
    )
)
"""Words that say no more than that feedback is to come."""

_MAX_WORDS = 2000


@dataclass(frozen=True)
class Rating:
    """`points` out of `of`."""

    points: int
    of: int

    @property
    def is_low(self) -> bool:
        """Whether somebody is unhappy."""
        return self.points * 5 <= self.of * 2


def read_rating(value: str | None) -> Rating | None:
    """`5`, `four`, `3/5`, `8 out of 10`; None for none. A bare number up to 5 is out of 5, more out of 10."""
    found = _RATING.search((value or "").strip())
    points = int(found[1]) if found else number(value or "")
    if points is None:
        return None
    of = int(found[2]) if found and found[2] else (BEST if points <= BEST else 2 * BEST)
    return Rating(points, of) if 0 <= points <= of else None


def has_content(text: str) -> bool:
    """Whether the words say more than that feedback is to come."""
    return not _ANNOUNCING.issuperset(re.findall(r"\w+", text.lower()))


class GiveFeedback(ShopAction):
    """Takes what somebody thinks of the service."""

    action_name: ClassVar[str] = "action_give_feedback"
    intents: ClassVar[tuple[str, ...]] = ("give_feedback",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Keep it and thank for it; ask for it when it is only announced."""
        rating = read_rating(heard.entity("rating"))
        if rating is None and not has_content(heard.text):
            stars = range(BEST, 0, -1)
            buttons = [button(f"{star} of {BEST}", "give_feedback", rating=str(star)) for star in stars]
            say.utter_message(response="utter_ask_feedback", buttons=buttons)
            return []
        await _keep(turn, heard, rating, about="service")
        low = rating is not None and rating.is_low
        say.utter_message(
            response="utter_feedback_sorry" if low else "utter_feedback_thanks",
            buttons=[wish_button(HUMAN)] if low else [],
        )
        return []


class LeaveReview(ShopAction):
    """Says where reviews are written, and keeps a rating that was given with it."""

    action_name: ClassVar[str] = "action_leave_review"
    intents: ClassVar[tuple[str, ...]] = ("leave_review",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Explain; the points are for the review on the product's page."""
        rating, product = read_rating(heard.entity("rating")), await named_product(turn, heard)
        if rating is not None:
            await _keep(turn, heard, rating, about=product.name if product else "product")
        article = turn.house.help_desk.get("product-reviews")
        say.utter_message(
            response="utter_review_rated" if rating else "utter_review",
            product=product.name if product else "the product",
            points=loyalty.REVIEW_POINTS,
            url=turn.house.link(article) if article else "",
            json_message={"type": "article", "title": article.title, "url": article.url} if article else None,
        )
        return []


async def _keep(turn: Turn, heard: Heard, rating: Rating | None, *, about: str) -> None:
    who = f"customer:{turn.verified_id}" if turn.verified_id is not None else turn.actor
    data = {
        "about": about,
        "rating": rating.points if rating else None,
        "of": rating.of if rating else None,
        "words": heard.text[:_MAX_WORDS],
    }
    await audit.write(turn.session, actor=turn.actor, action="feedback", subject=who, data=data)
