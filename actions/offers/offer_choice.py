"""Which offer is meant: `the first one`, `the 15% one`, `the mug`, a code, or the only one there is."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.language.number_words import positions
from crm_store import matching
from crm_store.models import Grant

_EVERY = re.compile(r"\b(all|any|none|every|everything|each|both)\b(?! right| good)", re.IGNORECASE)
_CONTRACTED = re.compile(r"['’]\w+")
_SAME = 0.9
"""How close a typed word must come to one of the offer's: taking the wrong one is worse than asking."""

_SHARE = 0.6
"""How many of the telling words must be the offer's own."""

_NEARLY = 0.1
"""Offers that fit almost as well as the best one are meant just as well."""

_EMPTY = frozenset(
    re.findall(
        r"\w+",
        """accept account activate add again apply away benefit bonus can claim code codes could coupon
        coupons deal deals decline discount discounts dismiss don enough get give going grab
        has hide his how if interest interested isn just know let like list love need never
        next no not now offer offers ok okay order out pass personal promo promos promotion
        promotions purchase put reject remove rid save see send she show showing shown so
        special stop take taking thank thanks thing think treat up use using voucher vouchers
        wanna wants well what which will won would yes""",
    )
)
"""Words that every offer is spoken of with."""

_MEANS = {"shipping": "delivery", "postage": "delivery", "percent": "off", "euros": "eur", "euro": "eur"}


def by_place(text: str, grants: Sequence[Grant], shown: Sequence[str]) -> list[Grant]:
    """The grants whose places the text names, in the list `shown` (numbers of offers), else in `grants`."""
    places = shown or [grant.offer.number for grant in grants]
    plain = " ".join(word for word in text.split() if word.casefold() not in _EMPTY)
    named = [places[place - 1] for place in positions(plain, len(places))]
    return [grant for grant in grants if grant.offer.number in named]


def by_code(code: str, grants: Sequence[Grant]) -> Grant | None:
    """The grant of the offer with this number, or with this code."""
    wanted = code.strip().upper()
    return next((grant for grant in grants if wanted in {grant.offer.number.upper(), grant.code}), None)


def by_words(text: str, grants: Sequence[Grant]) -> list[Grant]:
    """The grants that the text may mean: one when it is clear, several or none when it is not."""
    typed = [
        _MEANS.get(word, word) for word in matching.words(_CONTRACTED.sub(" ", text)) if word not in _EMPTY
    ]
    fits = {grant.id: _share(typed, grant) for grant in grants}
    enough = max(max(fits.values(), default=0.0) - _NEARLY, _SHARE)
    return [grant for grant in grants if fits[grant.id] >= enough]


def means_every(text: str) -> bool:
    """Whether the text speaks of all the offers: `none of these`."""
    return _EVERY.search(text) is not None


def _share(typed: Sequence[str], grant: Grant) -> float:
    offer = grant.offer
    category = offer.category.name if offer.category else ""
    own = matching.words(f"{offer.title} {category} {offer.description} {grant.reason}")
    same = [word for word in typed if any(matching.closeness(word, known) >= _SAME for known in own)]
    return len(same) / len(typed) if typed else 0.0
