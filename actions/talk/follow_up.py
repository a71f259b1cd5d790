"""Short follow-ups right after an answer: `when`, `why not`, `and the other one?` are about the same."""

from __future__ import annotations

import re
from typing import Final

from rasa_sdk import Tracker

from actions.heard import Heard
from actions.talk.dialogue import Exchange, exchanges

_WHEN: Final = re.compile(r"^\W*(?:and |so |but )*(?:when|how long|since when|until when)\b", re.IGNORECASE)
_WHY: Final = re.compile(r"^\W*(?:and |so |but )*(?:why|how come|what for|how so)\b", re.IGNORECASE)
_OTHER: Final = re.compile(
    r"^\W*(?:and|what about|how about|also)?\W*(?:the |my )?(?:other|second|next|previous|last)"
    r"(?: ones?| order)?\W*$",
    re.IGNORECASE,
)
_MOST_WORDS: Final = 5

_ANSWERS: Final[dict[re.Pattern[str], dict[str, str]]] = {
    _WHEN: {
        "track_order": "track_order",
        "track_return": "track_return",
        "track_refund": "track_refund",
        "request_refund": "track_refund",
        "return_item": "track_refund",
        "exchange_item": "track_return",
        "cancel_order": "track_refund",
        "check_points": "points_expiry",
        "points_history": "points_expiry",
        "loyalty_tier": "points_expiry",
        "delivery_options": "delivery_time",
        "place_order": "delivery_time",
        "talk_to_human": "contact_info",
        "store_hours": "store_hours",
    },
    _WHY: {
        "cancel_order": "cancellation_policy",
        "change_order": "cancellation_policy",
        "change_delivery_address": "cancellation_policy",
        "return_item": "return_policy",
        "exchange_item": "return_policy",
        "request_refund": "return_policy",
        "track_order": "track_order",
        "check_points": "points_history",
        "points_expiry": "how_to_earn",
        "redeem_points": "how_to_earn",
        "loyalty_tier": "membership",
    },
    _OTHER: {"track_order": "track_order", "track_return": "track_return", "track_refund": "track_refund"},
}
"""What each question means after which wish."""


def follow_up(tracker: Tracker, heard: Heard) -> Heard | None:
    """The whole question that a short one stands for; None when it stands alone."""
    if len(heard.text.split()) > _MOST_WORDS or not heard.text:
        return None
    before = _last_wish(exchanges(tracker)[:-1])
    if before is None:
        return None
    for question, wishes in _ANSWERS.items():
        if question.search(heard.text) and before.intent in wishes:
            kept = () if question is _OTHER else before.entities
            text = heard.text if question is _OTHER else f"{before.words} {heard.text}"
            return Heard(text, wishes[before.intent], 1.0, kept)
    return None


def _last_wish(earlier: list[Exchange]) -> Exchange | None:
    """What was asked last, unless it was not answered; a yes or a number in between is passed over."""
    for exchange in reversed(earlier[-4:]):
        if exchange.failed:
            return None
        if exchange.intent not in {"affirm", "deny", "inform", "nlu_fallback"}:
            return exchange
    return None
