"""Choosing what to suggest: by the words' meaning, then by what must hold, then by what is on the shelves."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from actions.shopping.goods import is_color
from actions.shopping.reasons import asked_tags, hits, reason
from actions.shopping.suggestions import as_catalogued, ranked
from actions.shopping.wishes import Wish
from actions.turn import Turn
from crm_store import catalogue
from crm_store.models import Product, Variant
from crm_store.money import format_money

SUGGESTED: Final = 3
RELEVANT: Final = 0.38
"""How near a product must come to a wish: `I am always cold at night` reaches a winter sleeping bag with
0.39, `which bike` a cycling jacket with 0.34.
"""
_HIT: Final = 0.1
"""What a tag that was asked for adds to the nearness."""
_LOOKED_AT: Final = 40
_SEARCHED: Final = 200


@dataclass(frozen=True)
class Choice:
    """A product, why, and what of the wish it does not meet."""

    product: Product
    why: str = ""
    lacks: tuple[str, ...] = ()


@dataclass(frozen=True)
class Suggestion:
    """Products and the response that says them, with the name it mentions."""

    choices: list[Choice]
    response: str
    because: str = ""
    nearest: bool = field(default=False)
    """True: nothing meets the whole wish, and these come nearest."""

    @property
    def products(self) -> list[Product]:
        """The products."""
        return [choice.product for choice in self.choices]


async def by_words(turn: Turn, wish: Wish) -> Suggestion | None:
    """What meets the wish, else what comes nearest to it; None when the words ask for nothing we have."""
    candidates = await _candidates(turn, wish)
    asked = asked_tags(f"{wish.text} {wish.called}")
    stock = await _stock(turn, candidates)
    there = [
        Choice(product, reason(product, asked), tuple(_lacks(product, wish, stock)))
        for product in candidates
        if any(sum(stock[variant.id].values()) for variant in product.variants)
    ]
    if whole := [choice for choice in there if not choice.lacks]:
        return Suggestion(whole[:SUGGESTED], "utter_recommend")
    near = sorted(there, key=lambda choice: (len(choice.lacks), _too_dear(choice.product, wish)))[:SUGGESTED]
    return Suggestion(near, "utter_recommend_nearest", nearest=True) if near else None


async def near_to(turn: Turn, wish: str) -> Mapping[int, float]:
    """By product: how near it comes to the words. The encoder works beside the event loop."""
    texts = await catalogue.product_texts(turn.session)
    return await asyncio.to_thread(turn.house.finder.nearness, wish, texts)


async def in_stock(turn: Turn, products: Sequence[Product]) -> list[Product]:
    """Those that lie on any shelf."""
    stock = await _stock(turn, products)
    return [one for one in products if any(sum(stock[variant.id].values()) for variant in one.variants)]


async def _candidates(turn: Turn, wish: Wish) -> list[Product]:
    """What the wish may mean, the likeliest first. What the customer calls by a name must be called so."""
    if not wish.called and not wish.tells:
        return []
    words = " ".join([wish.called, *wish.colors]) if wish.called else as_catalogued(wish.text)
    fitting = await catalogue.search_products(turn.session, text=words, limit=_SEARCHED) if words else []
    by_name = ranked(fitting, wish.called, wish.text) if wish.called else []
    near = await near_to(turn, f"{wish.text} {wish.called if wish.called not in wish.text else ''}".strip())
    if by_name or not near:
        found = by_name or ranked(fitting, wish.called, wish.text)
    else:
        best = sorted(near, key=lambda key: -near[key])[:_LOOKED_AT]
        found = await catalogue.find_by_ids(turn.session, product_ids=best)
    asked = asked_tags(wish.text)
    scores = {one.id: near.get(one.id, 0.0) + _HIT * len(hits(one, asked)) for one in found}
    relevant = found if by_name or not near else [one for one in found if scores[one.id] >= RELEVANT]
    if "gift" in asked and not wish.called:
        relevant = [one for one in relevant if "gift" in one.tags] or relevant
    return sorted(relevant, key=lambda one: -scores[one.id])[:_LOOKED_AT]


async def _stock(turn: Turn, products: Sequence[Product]) -> dict[int, dict[str, int]]:
    keys = [variant.id for product in products for variant in product.variants]
    return await catalogue.stock_of_each(turn.session, variant_ids=keys) if keys else {}


def _lacks(product: Product, wish: Wish, stock: Mapping[int, Mapping[str, int]]) -> list[str]:
    """What of the wish the product does not meet, in words."""
    price = format_money(product.price_cents, product.currency)
    found = []
    if wish.most_cents is not None and product.price_cents > wish.most_cents:
        found.append(f"{price} is above your limit")
    if wish.least_cents is not None and product.price_cents < wish.least_cents:
        found.append("below the price you named")
    fitting = [variant for variant in product.variants if _fits(variant, wish)]
    if not fitting:
        found.append(f"not made in {', '.join(_wanted(wish))}")
    elif not any(_there(stock[variant.id], wish.store) for variant in fitting):
        places = [wish.store.capitalize()] if wish.store else []
        found.append(f"sold out in {', '.join([*_wanted(wish), *places])}")
    return found


def _wanted(wish: Wish) -> list[str]:
    return [*wish.colors, *(size.upper() for size in wish.sizes)]


def _fits(variant: Variant, wish: Wish) -> bool:
    return (not wish.sizes or variant.size.casefold() in wish.sizes) and (
        not wish.colors or any(is_color(color, variant.color) for color in wish.colors)
    )


def _there(stock: Mapping[str, int], store: str | None) -> bool:
    return stock[store] > 0 if store is not None and store in stock else any(stock.values())


def _too_dear(product: Product, wish: Wish) -> int:
    return max(product.price_cents - wish.most_cents, 0) if wish.most_cents is not None else 0
