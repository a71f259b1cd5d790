"""What is said about reservations, and what a name looks like."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any, Final

from actions.language.phrases import Button, button, day
from actions.shopping import stock_words
from crm_store.clock import SHOP_ZONE
from crm_store.models import Reservation

CANCEL: Final = "cancel"
"""What the button that cancels says, as entity `reason`."""
MAX_LETTERS: Final = 60
_MOST_WORDS: Final = 4
_CANCELS: Final = re.compile(
    r"\b(?:cancel|call off|drop|undo|release|remove|delete|scrap|give back|forget)\b"
    r"|\b(?:don'?t|do not|no longer|not) (?:need|want|keep|hold|reserve|reserving)\b|\bany ?more\b",
    re.IGNORECASE,
)
_CANCELS_ONE: Final = re.compile(
    r"\b(?:cancel|call off|undo|release|drop)\b[^.?!]*\b(?:reserv\w+|hold)\b"
    r"|\b(?:don'?t|no longer) (?:need|want)\b[^.?!]*\breserv(?:ation|ed)\b",
    re.IGNORECASE,
)
"""With a product named, the words must be plainer."""
_LISTS: Final = re.compile(
    r"\b(?:my|what|which|show|any|list)\b[^.?!]*"
    r"\b(?:reservations?|(?:is|have i|did i|do i have) (?:reserved?|kept))\b"
    r"|\b(?:until when|how long|till when)\b[^.?!]*\bmy\b|\bmy reservations?\b",
    re.IGNORECASE,
)
_NUMBER: Final = re.compile(r"\bK-?\s?(\d{4,9})\b", re.IGNORECASE)
_LEAD: Final = re.compile(
    r"^\W*(?:(?:just|please|ok|okay|sure|yes|well|oh|hi|hello)\W+)*"
    r"(?P<lead>(?:(?:my|the) name(?:'s| is| would be)?|name is|it'?s|this is|i'?m|i am|call me"
    r"|(?:put|keep|leave) it (?:under|for)|(?:under|for|on)(?: the name(?: of)?)?)\s+)?",
    re.IGNORECASE,
)
_TAIL: Final = re.compile(r"[\s,.!]*(?:please|pls|thanks|thank you|cheers|ta)?[\s,.!]*$", re.IGNORECASE)
_UNDER: Final = re.compile(r"\b(?:under|on|in) the name(?: of)? (?P<name>[^,.;!?\d]{2,60})", re.IGNORECASE)
_NO_NAME: Final = frozenset(
    [
        "yes",
        "no",
        "ok",
        "okay",
        "yeah",
        "yep",
        "nope",
        "sure",
        "maybe",
        "me",
        "mine",
        "myself",
        "please",
        "thanks",
        "hello",
        "hi",
        "hey",
        "what",
        "why",
        "who",
        "where",
        "when",
        "how",
        "anonymous",
        "nobody",
        "none",
        "cancel",
        "stop",
        "help",
        "later",
        "now",
        "today",
        "tomorrow",
    ]
)


def wants_to_cancel(text: str, reason: str | None, *, product_named: bool) -> bool:
    """Whether a reservation shall end."""
    return reason == CANCEL or (_CANCELS_ONE if product_named else _CANCELS).search(text) is not None


def asks_for_list(text: str) -> bool:
    """Whether they want to know what is kept for them."""
    return _LISTS.search(text) is not None


def number_in(text: str, code: str | None) -> str | None:
    """The reservation number that is named, as it is kept: `K-8001`."""
    found = _NUMBER.search(f"{code or ''} {text}")
    return f"K-{found[1]}" if found else None


def name_in_request(text: str) -> str | None:
    """`reserve it under the name Mary Byrne`: the name."""
    found = _UNDER.search(text)
    return as_name(found["name"]) if found else None


def as_name(text: str) -> str | None:
    """The name that an answer says; None when it is none that one could call out."""
    plain = _TAIL.sub("", _LEAD.sub("", text, count=1)).strip()
    parts = plain.split()
    letters = plain.replace(" ", "").replace("'", "").replace("’", "").replace("-", "").replace(".", "")
    if not parts or len(parts) > _MOST_WORDS or len(plain) > MAX_LETTERS or not letters.isalpha():
        return None
    if len(letters) < 2 or any(part.casefold().strip(".") in _NO_NAME for part in parts):
        return None
    return " ".join(part if not part.islower() else part[:1].upper() + part[1:] for part in parts)


def is_plainly_name(text: str) -> bool:
    """Whether the words say that a name follows, or are written as one."""
    found = _LEAD.match(text)
    parts = text.split()
    return bool(found and found["lead"]) or (
        len(parts) <= _MOST_WORDS and all(p[:1].isupper() for p in parts)
    )


def title(kept: Reservation) -> str:
    """`2 × Skylark Rain Jacket, navy, L`."""
    named = stock_words.titled(kept.variant.product.name, kept.variant)
    return named if kept.quantity == 1 else f"{kept.quantity} × {named}"


def until(moment: datetime) -> str:
    """`Monday 23 November at 18:30`."""
    local = moment.astimezone(SHOP_ZONE)
    return f"{day(moment)} at {local.hour}:{local:%M}"


def line(kept: Reservation) -> str:
    """One reservation in a list."""
    return f"- {kept.number}: {title(kept)} in {stock_words.city(kept.location)}, until {until(kept.until)}"


def cancel_button(kept: Reservation, words: str = "") -> Button:
    """Cancels it when pressed."""
    return button(words or f"Cancel {kept.number}", "reserve_in_store", code=kept.number, reason=CANCEL)


def gaps(kept: Reservation) -> dict[str, Any]:
    """What the texts about one reservation need."""
    return {
        "product": title(kept),
        "shop": stock_words.city(kept.location),
        "name": kept.name,
        "until": until(kept.until),
        "number": kept.number,
        "address": kept.location.address,
    }


def card(kept: Reservation) -> dict[str, Any]:
    """The card of a reservation. `until` is ISO 8601 in UTC."""
    return {
        "type": "reservation",
        "number": kept.number,
        "product": title(kept),
        "quantity": kept.quantity,
        "shop": kept.location.name,
        "address": kept.location.address,
        "name": kept.name,
        "until": kept.until.isoformat(),
    }
