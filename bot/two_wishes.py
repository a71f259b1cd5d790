"""Two wishes in one message: `cancel A-10922 and how many points do I have?`

A message is only split where both halves begin like a wish of their own, and are understood with confidence
as wishes of different kinds. Whatever is in doubt stays one message.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, Final

from actions.digression import STARTS

Parsed = dict[str, Any]

SURE: Final = 0.8
"""How sure both halves must be."""
_MOST_WORDS: Final = 40
_LEAST_WORDS: Final = 2
_MOST_BORDERS: Final = 3
_BORDER: Final = re.compile(
    r"(?:\s*[.!?;]+\s+|,?\s+)(?:(?:and|plus|oh and)\s+)(?:also\s+|then\s+)?|\s*[.!?;]+\s+(?:also,?\s+)?"
    r"|,?\s+(?:also|plus)\s+",
    re.IGNORECASE,
)
_LIKE_A_WISH: Final = re.compile(
    r"\W*(?:(?:ok|okay|hi|hello|hey|please|pls|also|and|oh|so)\W+)*"
    r"(?:how|what|what's|whats|when|where|where's|which|is|are|do|does|did|can|could|may|will|would|have you"
    r"|show|tell|cancel|return|send|track|check|change|give|find|exchange|swap|redeem|use|reserve|hold|keep"
    r"|recommend|suggest|subscribe|unsubscribe|i want|i'd like|i would like|i need|looking for)\b",
    re.IGNORECASE,
)
_KINDS: Final[Sequence[frozenset[str]]] = (
    frozenset({"track_order", "cancel_order", "change_order", "change_delivery_address", "delivery_options"})
    | {"delivery_time", "cancellation_policy", "place_order"},
    frozenset({"return_item", "exchange_item", "request_refund", "track_refund", "track_return"})
    | {"return_policy"},
    frozenset({"check_points", "points_history", "points_expiry", "loyalty_tier", "redeem_points"})
    | {"how_to_earn", "membership", "challenges"},
    frozenset({"show_offers", "apply_offer", "decline_offer"}),
    frozenset({"store_hours", "contact_info"}),
    frozenset({"product_availability", "recommend_product", "reserve_in_store", "product_question"})
    | {"sizing_help"},
    frozenset({"payment_methods", "gift_card", "get_invoice"}),
    frozenset({"subscribe", "unsubscribe"}),
)
"""Wishes of one kind are often one wish said at length, and are never split."""


def halves(text: str) -> Iterator[tuple[str, str]]:
    """Where the text may be two wishes, the first border first; nothing for most texts."""
    if text.lstrip().startswith("/") or len(text.split()) > _MOST_WORDS:
        return
    for border in list(_BORDER.finditer(text))[:_MOST_BORDERS]:
        left, right = text[: border.start()].strip(), text[border.end() :].strip()
        enough = min(len(left.split()), len(right.split())) >= _LEAST_WORDS
        if enough and _LIKE_A_WISH.match(left) and _LIKE_A_WISH.match(right):
            yield left, right


def are_two(whole: Parsed, left: Parsed, right: Parsed) -> bool:
    """Whether the halves are two wishes: clear, of different kinds, and the whole sounds like one of them."""
    names = [_intent(one)[0] for one in (left, right)]
    kinds = [next((kind for kind in _KINDS if name in kind), None) for name in names]
    if None in kinds or kinds[0] == kinds[1] or _intent(whole)[0] not in names:
        return False
    return min(_intent(left)[1], _intent(right)[1]) >= SURE and sum(name in STARTS for name in names) < 2


def in_order(first: Parsed, second: Parsed) -> list[Parsed]:
    """As they were said; but what asks something back comes last, so that the turn ends with its question."""
    return [second, first] if _intent(first)[0] in STARTS else [first, second]


def in_form(events: Sequence[Mapping[str, Any]]) -> bool:
    """Whether a guided form is going on after these events."""
    loops = [event.get("name") for event in events if event.get("event") == "active_loop"]
    return bool(loops) and loops[-1] is not None


def _intent(parsed: Parsed) -> tuple[str, float]:
    intent = parsed.get("intent") or {}
    return str(intent.get("name") or ""), float(intent.get("confidence") or 0.0)
