"""What customers think of the service."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.number_words import number
from actions.language.phrases import Button, button
from actions.talk.menu import HUMAN, wish_button
from actions.turn import Turn
from crm_store import ratings

BEST = ratings.BEST
STARS_CARD: Final = {"type": "rating", "of": ratings.BEST}
"""For doors that can draw stars."""

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

_NUMBERS = re.compile(r"\d+|\b(?:one|two|three|four|five|out of|stars?|points?)\b|[/★⭐]", re.IGNORECASE)


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


def bare_stars(heard: Heard) -> Heard | None:
    """The message as the rating that a bare number or bare stars are; None when it says more."""
    said = read_rating(heard.entity("rating") or heard.text.strip(" .!"))
    bare = said is not None and not has_content(_NUMBERS.sub(" ", heard.text))
    if said is None or not bare:
        return None
    entities = (("rating", f"{said.points}/{said.of}"),)
    return replace(heard, intent="give_feedback", entities=entities)


async def is_asked_for_stars(turn: Turn) -> bool:
    """Whether a rating was asked for in this conversation and not given yet."""
    return await ratings.is_asked(turn.session, conversation_id=turn.conversation.id)


def stars_buttons() -> list[Button]:
    """One star first, so that a typed `5` is the fifth button as well."""
    stars = range(1, ratings.BEST + 1)
    return [button(f"{star} of {ratings.BEST}", "give_feedback", rating=str(star)) for star in stars]


async def ask_rating(turn: Turn, say: CollectingDispatcher, *, matter: str) -> None:
    """Ask how it went, now that `matter` is settled (`return:R-5012`): once a matter, at most once a week."""
    if await ratings.ask(turn.session, conversation_id=turn.conversation.id, matter=matter):
        say.utter_message(response="utter_ask_rating", buttons=stars_buttons(), json_message=STARS_CARD)


class GiveFeedback(ShopAction):
    """Takes what somebody thinks of the service."""

    action_name: ClassVar[str] = "action_give_feedback"
    intents: ClassVar[tuple[str, ...]] = ("give_feedback",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Keep it and thank for it; ask for it when it is only announced, and for words to bare stars."""
        rating = read_rating(heard.entity("rating"))
        if rating is None and not has_content(heard.text):
            say.utter_message(response="utter_ask_feedback", buttons=stars_buttons(), json_message=STARS_CARD)
            return []
        await ratings.give(
            turn.session,
            conversation_id=turn.conversation.id,
            stars=rating.points if rating else None,
            best=rating.of if rating else ratings.BEST,
            words=heard.text,
        )
        low = rating is not None and rating.is_low
        say.utter_message(
            response="utter_feedback_sorry" if low else "utter_feedback_thanks",
            buttons=[wish_button(HUMAN)] if low else [],
        )
        wordless = rating is not None and not has_content(_NUMBERS.sub(" ", heard.text))
        return [FollowupAction("rating_form")] if wordless and tracker.active_loop_name is None else []
