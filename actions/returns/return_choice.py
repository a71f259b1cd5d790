"""Which of the customer's returns a message means: by number, order or what is in it; else the newest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from actions.heard import Heard
from actions.orders.order_choice import numbers_in, thing_in
from crm_store import matching
from crm_store.models import Return, ReturnStatus
from crm_store.order_numbers import normalise

OVER: Final = frozenset(
    {ReturnStatus.REFUNDED, ReturnStatus.EXCHANGED, ReturnStatus.REJECTED, ReturnStatus.CANCELLED}
)
"""Nothing more happens to these."""
_RETURN_NUMBER: Final = re.compile(r"\b(r)[ -]?(\d{4,9})\b", re.IGNORECASE)
_NEARLY: Final = 0.1


def return_numbers(heard: Heard) -> list[str]:
    """The return numbers in a message, tidied: `r5012` becomes `R-5012`."""
    texts = [heard.text, *heard.all("order_number"), *heard.all("code")]
    return list(dict.fromkeys(f"R-{digits}" for text in texts for _, digits in _RETURN_NUMBER.findall(text)))


def order_numbers(heard: Heard) -> list[str]:
    """The order numbers in a message, without what is a return's number."""
    returns = {normalise(number.removeprefix("R-")) for number in return_numbers(heard)}
    found = [number for number in numbers_in(heard) if not _RETURN_NUMBER.fullmatch(number)]
    return [number for number in found if number not in returns]


def choose_returns(heard: Heard, mine: Sequence[Return]) -> list[Return]:
    """The returns that are meant, newest first; none when a number or thing is named that no return has."""
    if wanted := return_numbers(heard):
        return [made for made in mine if made.number in wanted]
    if wanted := order_numbers(heard):
        return [made for made in mine if made.order.number in wanted]
    if thing := thing_in(heard):
        return _holding(thing, mine)
    running = [made for made in mine if made.status not in OVER]
    return (running or list(mine))[:1]


def _holding(thing: str, mine: Sequence[Return]) -> list[Return]:
    fits = matching.scores(
        thing, {made.id: [(item.order_item.title, 1.0) for item in made.items] for made in mine}
    )
    best = max(fits.values(), default=0.0)
    return [made for made in mine if made.id in fits and fits[made.id] >= best - _NEARLY]
