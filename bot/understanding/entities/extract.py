"""All entities of a text, none overlapping."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from bot.understanding.entities import code_, date, email, order_number, phone, quantity, rating, reason, size
from bot.understanding.entities.color import ColorFinder
from bot.understanding.entities.product import ProductFinder
from bot.understanding.entities.span import Span, settle
from bot.understanding.entities.store import StoreFinder
from bot.understanding.entities.text import Text
from bot.understanding.entities.typing_errors import Typos
from bot.understanding.shop_words import ShopWords

Finder = Callable[[Text], Iterator[Span]]


class Extractor:
    """Finds every entity in any text. Deterministic, and safe for hostile texts."""

    def __init__(self, shop: ShopWords, typos: Typos) -> None:
        self._finders: tuple[tuple[Finder, ...], ...] = (
            (email.find,),
            (phone.find,),
            (order_number.find,),
            (code_.find,),
            (date.find,),
            (rating.find,),
            (reason.find,),
            (
                ProductFinder(shop.products, shop.kinds, typos, frozenset(shop.not_products)).find,
                StoreFinder(shop.stores, typos).find,
                ColorFinder(shop.colors, typos).find,
            ),
        )
        """Where two claim the same characters, the earlier group has them; within a group, the longer."""

    def extract(self, raw: str) -> list[Span]:
        """The entities of `raw`, in order of place. Offsets count characters of `raw`."""
        text = Text.read(raw)
        spans: list[Span] = []
        for group in self._finders:
            found = [span for find in group for span in find(text)]
            spans = settle(sorted(found, key=lambda span: span.start - span.end), spans)
        spans = settle(size.find(text, spans), spans)
        return settle(quantity.find(text, spans), spans)
