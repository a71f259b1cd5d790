"""Finding the help centre's articles and saying them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from actions.language.phrases import Button
from actions.turn import Article, Hit, Turn, current_turn

SURE: Final = 0.62
"""How well an article must fit the words before they count for more than the intent."""

_ASKS: Final = re.compile(
    r"\?\s*$|\b(?:how|what|when|where|who|why|which|is (?:it|that|there)|do (?:i|you)|can (?:i|you))\b",
    re.IGNORECASE,
)


def find_articles(turn: Turn, question: str) -> list[Article]:
    """The articles that are relevant to the question, best first; none for a text without words."""
    return [hit.article for hit in find_hits(turn, question)]


def find_hits(turn: Turn, question: str) -> Sequence[Hit]:
    """The same with how well each fits."""
    return turn.house.help_desk.find(question) if any(letter.isalpha() for letter in question) else []


def answered(turn: Turn, question: str, say: CollectingDispatcher) -> bool:
    """Say the article that answers a question in the middle of something else; whether there was one."""
    found = find_hits(turn, question) if _ASKS.search(question) else []
    if not found or found[0].score < SURE:
        return False
    say_article(found[0].article, say)
    return True


def say_article(
    article: Article,
    say: CollectingDispatcher,
    *,
    related: Sequence[Article] = (),
    buttons: Sequence[Button] = (),
) -> None:
    """Say an article's answer and where the rest of it stands."""
    say.utter_message(
        response="utter_article",
        answer=article.answer,
        heading=article.title,
        url=current_turn().house.link(article),
        buttons=list(buttons),
        json_message=_card(article, related),
    )


def _card(article: Article, related: Sequence[Article]) -> dict[str, Any]:
    others = [{"title": other.title, "url": other.url} for other in related if other.slug != article.slug]
    return {"type": "article", "title": article.title, "url": article.url, "related": others[:2]}
