"""Which order a message means: by number, by its goods, by place in a list, or the one spoken of last."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from actions.heard import Heard
from actions.language.number_words import positions
from actions.orders.order_states import by_state
from actions.turn import Turn
from crm_store import audit, order_numbers, orders
from crm_store.clock import SHOP_ZONE
from crm_store.errors import NotFound
from crm_store.models import Order, OrderStatus

CURRENT_ORDER: Final = "current_order"
"""The slot with the number of the order that was spoken of last."""

LOOKED_AT: Final = 50
"""Newest orders that a choice looks at."""
MOST_AT_ONCE: Final = 5
"""Numbers in one message that are looked up."""

_ON_THE_WAY: Final = frozenset(
    {OrderStatus.PACKED, OrderStatus.PARTIALLY_SHIPPED, OrderStatus.SHIPPED, OrderStatus.OUT_FOR_DELIVERY}
)
_TYPED_NUMBER: Final = re.compile(r"\ba[ -]?\d{4,9}\b|#\s?\d{4,9}\b", re.IGNORECASE)
_ONLY_A_NUMBER: Final = re.compile(r"\W*\d{4,9}\W*")
_BACK: Final = re.compile(
    r"\b(?:it|its|it's|this|that|this one|that one|them|the same|the order|the parcel)\b", re.IGNORECASE
)
_LATEST: Final = re.compile(
    r"\b(?:latest|newest|newer|most recent|last (?:order|purchase|parcel)"
    r"|just (?:now |placed|made|ordered|bought))",
    re.IGNORECASE,
)
_OLDEST: Final = re.compile(r"\b(?:older|oldest|earlier|earliest|previous)\b", re.IGNORECASE)
_WHEN_PLACED: Final = re.compile(r"\b(?:ordered|placed|bought|made|submitted|from)\b", re.IGNORECASE)
"""A date without these may be the day of the delivery."""
_ALL: Final = re.compile(
    r"\bboth\b|\ball\b.*\borders\b|\ball (?:of them|of those|three|four|five)\b|^\W*all\W*$", re.IGNORECASE
)
_OTHER: Final = re.compile(r"\bother (?:one|order|parcel)\b|\bthe other\W*$", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """The customer's orders among the numbers of a message, and the numbers that are none of theirs."""

    orders: list[Order]
    unknown: list[str]


def numbers_in(heard: Heard) -> list[str]:
    """The order numbers in a message, tidied, each once."""
    typed = heard.all("order_number") or _TYPED_NUMBER.findall(heard.text)
    if not typed and not heard.entity("code") and _ONLY_A_NUMBER.fullmatch(heard.text):
        typed = [heard.text]
    return list(dict.fromkeys(order_numbers.normalise(number) for number in typed))[:MOST_AT_ONCE]


def thing_in(heard: Heard) -> str:
    """What a message says of the goods: colour and product."""
    return " ".join([*heard.all("color"), *heard.all("product")])


async def named(turn: Turn, customer_id: int, heard: Heard) -> Named:
    """Look the numbers of a message up among the customer's orders; others are noted in the audit log."""
    found = Named([], [])
    for number in numbers_in(heard):
        try:
            found.orders.append(await orders.get_order(turn.session, customer_id=customer_id, number=number))
        except NotFound:
            found.unknown.append(number[:30])
    if found.unknown:
        await audit.write(
            turn.session,
            actor=turn.actor,
            action="order_refused",
            subject=turn.actor,
            data={"numbers": found.unknown},
        )
    return found


async def with_thing(turn: Turn, customer_id: int, text: str) -> list[Order]:
    """The customer's orders that hold something like `text`, best first; none for an empty text."""
    if not text:
        return []
    return await orders.find_by_product(turn.session, customer_id=customer_id, text=text)


async def first_choice(
    turn: Turn, customer_id: int, heard: Heard, *, fits: Callable[[Order], bool], current: str | None
) -> list[Order]:
    """The orders that a wish without a number means; none: the customer must choose.

    `fits`: what the wish can be granted for. Where nothing fits, the order that comes closest is meant all
    the same, so that the customer hears why it cannot be done.
    """
    recent = await orders.list_orders(turn.session, customer_id=customer_id, limit=LOOKED_AT)
    fitting = [order for order in recent if fits(order)]
    spoken_of = [order for order in recent if order.number == current]
    if thing := thing_in(heard):
        return _best(await with_thing(turn, customer_id, thing), fits)
    if _WHEN_PLACED.search(heard.text) and (dated := placed_then(heard, recent)):
        return _best(dated, fits)
    if _ALL.search(heard.text):
        return fitting
    if _LATEST.search(heard.text):
        return recent[:1]
    if len(stated := by_state(heard.text, fitting)) == 1:
        return stated
    if other := other_one(heard, fitting, [current] if current else []):
        return other
    if spoken_of and (_BACK.search(heard.text) or fits(spoken_of[0])):
        return spoken_of
    if not fitting:
        return [order for order in recent if order.status in _ON_THE_WAY][:1] or recent[:1]
    return fitting if len(fitting) == 1 else []


def _best(found: Sequence[Order], fits: Callable[[Order], bool]) -> list[Order]:
    fitting = [order for order in found if fits(order)]
    if len(fitting) > 1:
        return []
    return fitting or list(found[:1])


async def answer(
    turn: Turn, customer_id: int, heard: Heard, candidates: Sequence[Order], *, any_words: bool
) -> list[Order]:
    """The candidates that an answer to "which order?" picks. `any_words`: its words may be of the goods."""
    if _ALL.search(heard.text):
        return list(candidates)
    thing = thing_in(heard) or (heard.text if any_words else "")
    places = [] if thing_in(heard) else positions(heard.text, len(candidates))
    if places:
        return [candidates[place - 1] for place in places]
    if _LATEST.search(heard.text):
        return list(candidates[:1])
    if len(dated := placed_then(heard, candidates)) == 1:
        return dated
    if stated := _by_state(heard.text, candidates):
        return stated
    picked = {order.number for order in await with_thing(turn, customer_id, thing)}
    fitting = [order for order in candidates if order.number in picked]
    return fitting if len(fitting) == 1 else []


def _by_state(text: str, candidates: Sequence[Order]) -> list[Order]:
    """The one candidate that `the one I didn't pay` or `the older one` means."""
    if stated := by_state(text, candidates):
        return stated if len(stated) == 1 else []
    return list(candidates[-1:]) if _OLDEST.search(text) else []


def placed_then(heard: Heard, among: Sequence[Order]) -> list[Order]:
    """The orders that were placed on a day that the message names."""
    days = set(heard.all("date"))
    return [order for order in among if f"{order.placed_at.astimezone(SHOP_ZONE):%Y-%m-%d}" in days]


def means_another(heard: Heard) -> bool:
    """Whether a message speaks of `the other one`."""
    return bool(_OTHER.search(heard.text))


def other_one(heard: Heard, candidates: Sequence[Order], chosen: Sequence[str]) -> list[Order]:
    """The candidate that `the other one` means, when there is just one besides the chosen."""
    others = [order for order in candidates if order.number not in chosen]
    return others if means_another(heard) and len(others) == 1 else []
