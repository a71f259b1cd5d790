"""What a wish in the customer's own words asks for: what must hold, and what it is about."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from actions.heard import Heard
from actions.shopping.suggestions import BUDGET, as_catalogued, budget_cents
from crm_store import matching

_MONEY: Final = r"(?:€|eur(?:os?)?)?\s*(\d{1,5})\s*(?:€|eur(?:os?)?|quid)?"
_BETWEEN: Final = re.compile(rf"\b(?:between|from)\s*{_MONEY}\s*(?:and|to|-)\s*{_MONEY}", re.I)
_LEAST: Final = re.compile(rf"\b(?:over|above|more than|at least|from)\s*{_MONEY}(?=\W|$)", re.I)
_SIZE: Final = re.compile(r"\b(?:in )?sizes? \w{1,4}\b|\bin (?:stock|store|the shop)\b", re.I)
_NOT_TELLING: Final = frozenset(
    matching.words(
        """about advice after all alternative another anybody anyone anything aunt available been before best
        better birthday boy boyfriend bring brother budget buy can cannot cheap choose christmas
        could couple customer dad dear decide did do else ever everybody father favourite fella find
        friend gift gimme girl girlfriend give go goes good granny great grandad granda grandfather
        grandmother guy guys have hello help her hers hi him his hot how husband idea ideas if
        important interesting into it items just kid kids know last latest least left let like look
        looking lady look ma mam man maximum max may me might more most mother much mum my need new
        nice none not now offer old ones option options or order own partner pay perfect person pick
        picks popular present previous price product products propose purchase recommend
        recommendation recommendations santa search secret sell seller selling she shop should show
        similar sister sold some somebody someone something son special spend stock stuff style
        suggest suggestion suggestions suit suits sure surprise take taste tell than thank thanks
        there thing things think tip tips today top trending try uncle under up us use usually very
        want what when where which who wife will woman women men would you your yours euro euros eur
        quid around between over above below less daughter yes ok okay please hey well really got
        get bought buying shopping kind sort type any browse catalogue see home day days way set
        other"""
    )
)
"""Words that say that something is wanted, or for whom, and not what."""


@dataclass(frozen=True)
class Wish:
    """What is wanted. Prices in minor units; None and empty where nothing was said."""

    text: str
    """What it is about, without prices and sizes."""
    called: str
    """What the customer named: `jacket`, `Skylark`."""
    most_cents: int | None
    least_cents: int | None
    colors: tuple[str, ...]
    sizes: tuple[str, ...]
    store: str | None
    """A shop of which they spoke."""

    @property
    def tells(self) -> bool:
        """Whether the words say anything about what is wanted."""
        return bool(set(as_catalogued(self.text).split()) - _NOT_TELLING) or "gift" in as_catalogued(
            self.text
        )


def read_wish(heard: Heard) -> Wish:
    """The wish of a message."""
    text, least, most = heard.text, None, budget_cents(heard.text)
    if found := _BETWEEN.search(text):
        least, most = sorted((int(found[1]) * 100, int(found[2]) * 100))
    elif found := _LEAST.search(text):
        least, most = int(found[1]) * 100, None
    for pattern in (_BETWEEN, _LEAST, BUDGET, _SIZE):
        text = pattern.sub(" ", text)
    return Wish(
        text=" ".join(text.split()),
        called=" ".join(heard.all("product")),
        most_cents=most,
        least_cents=least,
        colors=tuple(color.casefold() for color in heard.all("color")),
        sizes=tuple(size.casefold() for size in heard.all("size")),
        store=heard.entity("store"),
    )
