"""Details across messages: `is the rain jacket there?`, `and in navy?`, `then keep it for me`."""

from __future__ import annotations

import re
from dataclasses import replace

from rasa_sdk import Tracker

from actions.heard import Heard
from actions.language.number_words import positions
from actions.shopping.suggestions import budget_cents
from actions.talk.dialogue import exchanges

DETAILS = frozenset({"product", "size", "color", "store", "quantity", "date"})
QUESTIONS = frozenset({"product_availability", "reserve_in_store", "recommend_product"})
"""Wishes that are made more exact by a detail."""

_OF_PRODUCT = frozenset({"product", "size", "color"})
_BARE = frozenset({"inform", "nlu_fallback", "affirm", "sizing_help", "product_question"})
_FOR = re.compile(r"\W*(?:something|anything|maybe|rather)?\s*(?:for|with|against)\b", re.IGNORECASE)
"""`for rain` says what is to be suggested."""

_BACK = 4
"""How many messages ago the question may have been asked."""


def with_earlier(tracker: Tracker, heard: Heard) -> Heard:
    """A question about `it`, with the product that was spoken of before; itself when it names one."""
    entities = list(heard.entities)
    if heard.entity("product") is None and (meant := _pointed_at(tracker, heard.text)) is not None:
        return replace(heard, entities=(*entities, ("product", meant)))
    for earlier in reversed(exchanges(tracker)[-_BACK:-1]):
        said = {name for name, _ in entities}
        if "product" in said:
            break
        entities += [(name, value) for name, value in earlier.entities if name in _OF_PRODUCT - said]
    if heard.entity("product") is None and (shown := _shown(tracker)) is not None:
        # What was called `boots` has been chosen from several since.
        entities = [*(given for given in entities if given[0] != "product"), ("product", shown)]
    named = any(name == "product" for name, _ in entities)
    return replace(heard, entities=tuple(entities)) if named else heard


def _shown(tracker: Tracker) -> str | None:
    """The one product that the bot spoke of last, unless the customer has named another since."""
    events = [event for event in tracker.events if event.get("event") in {"user", "bot"}]
    while events and events.pop()["event"] != "user":
        pass
    for event in reversed(events):
        card = (event.get("data") or {}).get("custom") or {}
        named = [entity["entity"] for entity in (event.get("parse_data") or {}).get("entities") or []]
        if "product" in named or card.get("type") == "products":
            return None
        if card.get("type") == "stock":
            return str(card["product"])
    return None


def _pointed_at(tracker: Tracker, text: str) -> str | None:
    """The one of the products on the last card that is meant: `the second one`, or the only one there."""
    said = [event for event in tracker.events if event.get("event") == "bot"]
    card = ((said[-1].get("data") or {}).get("custom") or {}) if said else {}
    if card.get("type") != "products":
        return None
    names = [str(product["name"]) for product in card["products"]]
    places = positions(text, len(names))
    if len(places) == 1:
        return names[places[0] - 1]
    return names[0] if len(names) == 1 else None


def with_detail(tracker: Tracker, heard: Heard) -> Heard | None:
    """The earlier question with what this message adds; None when it adds nothing or nothing was asked."""
    added = [(name, value) for name, value in heard.entities if name in DETAILS]
    if added and heard.entity("product") is None and (meant := _pointed_at(tracker, heard.text)) is not None:
        return Heard(heard.text, "product_availability", 1.0, (*added, ("product", meant)))
    recent = exchanges(tracker)
    if not added and len(recent) > 1 and recent[-2].intent == "recommend_product" and _FOR.match(heard.text):
        return Heard(f"{recent[-2].words} {heard.text}", recent[-2].intent, 1.0, recent[-2].entities)
    if not added and budget_cents(heard.text) is None:
        return None
    words = heard.text
    for earlier in reversed(recent[-_BACK:-1]):
        known = {name for name, _ in added}
        added += [(name, value) for name, value in earlier.entities if name in DETAILS - known]
        if earlier.intent == "product_question" and any(name == "product" for name, _ in earlier.entities):
            return Heard(heard.text, "product_availability", 1.0, tuple(added))
        if earlier.intent == "store_hours":
            return Heard(heard.text, earlier.intent, 1.0, tuple(added))
        if earlier.intent in QUESTIONS:
            return Heard(f"{earlier.words} {words}", earlier.intent, 1.0, tuple(added))
        if _FOR.match(earlier.text):
            words = f"{earlier.text} {words}"
        if earlier.intent not in _BARE:
            return None
    return None
