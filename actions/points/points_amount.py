"""Reading how many points somebody wants to redeem: `200`, `two hundred`, `all of them`, `€10 worth`."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from crm_store.loyalty import CENTS_PER_STEP, REDEEM_STEP

_DIGITS = re.compile(r"(?<![\w.,-])(\d{1,3}(?:[., ]\d{3})+|\d{1,7})(?![\w-])")
_EUROS = re.compile(
    r"(?:€|\beur(?:o|os)?\b)\s*(\d{1,5})|(?<![\w.,])(\d{1,5})\s*(?:€|eur(?:o|os)?\b)", re.IGNORECASE
)
_ALL = re.compile(
    r"\b(all|everything|max|maximum|most|the lot|whole lot|full (amount|balance)|as (much|many) as"
    r"|every (single )?point)\b",
    re.IGNORECASE,
)
_HALF = re.compile(r"\bhalf\b", re.IGNORECASE)
_NOT_ALL = re.compile(r"\bnot (all|everything)\b|\bat all\b|\ball (right|good)\b", re.IGNORECASE)
_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_HUNDREDS = re.compile(rf"\b(?:(a|{'|'.join(_UNITS)}) )?(hundred|thousand)\b", re.IGNORECASE)
_REDEEMING = re.compile(r"\b(redeem|points?|convert|cash in|(turn|change|make) .*(into|in) )", re.IGNORECASE)
_FILLERS = frozenset(
    re.findall(
        r"\w+",
        """a actually and as be can d do for go got have i instead it just let like ll make maybe my no of
        ok okay one only please pls point points possible pts rather redeem s say single take the them then
        to use voucher want with worth would yes you""",
    )
)
"""Words around an amount that ask nothing."""


class Share(StrEnum):
    """A part of what is there, whatever that is."""

    ALL = "all"
    HALF = "half"


@dataclass(frozen=True)
class Fit:
    """What becomes of a wish: `points` that can be redeemed, or why not."""

    points: int | None
    problem: str = ""
    """`too_few`: less than one step is there; `too_many`: more than there is; `step`: between two steps."""


def read_amount(text: str, quantity: str | None = None) -> int | Share | None:
    """The points meant; None when the text names no amount.

    `quantity` is the entity of that name: a button's value, or what was found in the text. An amount in euro
    becomes the points of a voucher of that value, or of the next one up.
    """
    said = _said(text)
    return said if said is not None else _said(quantity or "")


def _said(text: str) -> int | Share | None:
    if euros := _EUROS.search(text):
        return -(-int(euros[1] or euros[2]) * 100 // CENTS_PER_STEP) * REDEEM_STEP
    if found := _DIGITS.search(text):
        return int(re.sub(r"\D", "", found[1]))
    spelled = _HUNDREDS.search(text)
    return _share(text) if spelled is None else _spelled(spelled)


def _spelled(match: re.Match[str]) -> int:
    word = (match[1] or "a").lower()
    count = 1 if word == "a" else _UNITS.index(word) + 1
    return count * (1000 if match[2].lower() == "thousand" else 100)


def _share(text: str) -> Share | None:
    """What of the whole the words mean."""
    if _HALF.search(text):
        return Share.HALF
    return Share.ALL if _ALL.search(text) and not _NOT_ALL.search(text) else None


def only_amount(text: str) -> bool:
    """Whether `text` says nothing besides an amount, so that it cannot be another question."""
    rest = text.lower()
    for pattern in (_EUROS, _DIGITS, _HUNDREDS, _ALL, _HALF):
        rest = pattern.sub(" ", rest)
    return _FILLERS.issuperset(re.findall(r"\w+", rest))


def wants_points(text: str) -> bool:
    """Whether somebody who speaks of a voucher wants to redeem points: `turn 300 into a voucher`."""
    amount = read_amount(text)
    return _REDEEMING.search(text) is not None and isinstance(amount, int) and amount >= REDEEM_STEP // 2


def fit(wanted: int | Share, balance: int) -> Fit:
    """What of the wish the balance allows."""
    most = balance // REDEEM_STEP * REDEEM_STEP
    if not most:
        return Fit(None, "too_few")
    if wanted is Share.ALL:
        return Fit(most)
    if wanted is Share.HALF:
        return Fit(max(balance // 2 // REDEEM_STEP, 1) * REDEEM_STEP)
    if wanted > balance:
        return Fit(None, "too_many")
    return Fit(wanted) if wanted and wanted % REDEEM_STEP == 0 else Fit(None, "step")


def choices(balance: int, limit: int = 4) -> list[int]:
    """Amounts to offer: the smallest, the largest, and round ones between them."""
    steps = balance // REDEEM_STEP
    if steps <= limit:
        return [step * REDEEM_STEP for step in range(1, steps + 1)]
    between = [1 + (steps - 1) * index // (limit - 1) for index in range(limit)]
    return [step * REDEEM_STEP for step in dict.fromkeys(between)]


def around(wanted: int, balance: int) -> list[int]:
    """The amounts just below and above a number between the steps, as far as the balance reaches."""
    below = wanted // REDEEM_STEP * REDEEM_STEP
    return [amount for amount in (below, below + REDEEM_STEP) if 0 < amount <= balance]
