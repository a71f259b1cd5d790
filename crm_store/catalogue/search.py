"""Finding products by a few typed words, in an index of the catalogue's words that the process keeps."""

from __future__ import annotations

import time
from collections import defaultdict
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.catalogue.products import PRODUCTS
from crm_store.matching import Vocabulary
from crm_store.models import Category, Product, Variant
from crm_store.models.base import Id
from crm_store.session import process_memory

_KEPT: Final = "catalogue_words"
_TRUSTED_SECONDS: Final = 60.0
"""What changed without a row that came or went (a name mended by hand) is found after that time."""

_STATE: Final = select(
    *(
        select(counted).scalar_subquery()
        for table in (Category, Product, Variant)
        for counted in (func.count(table.id), func.max(table.id))
    )
)
"""Changes whenever a product, category or variant comes or goes, whichever process sees to it."""
_NAMES: Final = select(Product.id, Product.name, Product.tags, Category.name).join(Product.category)
_COLORS: Final = select(Variant.product_id, Variant.color).distinct()
_FOUND: Final = PRODUCTS.where(Product.id.in_(bindparam("keys", type_=Id, expanding=True)))


@dataclass(frozen=True)
class _Index:
    state: tuple[object, ...]
    made_at: float
    words: Vocabulary

    def holds(self, state: tuple[object, ...]) -> bool:
        """Whether it still says what the catalogue says."""
        return self.state == state and time.monotonic() - self.made_at < _TRUSTED_SECONDS


async def search_products(session: AsyncSession, *, text: str, limit: int = 5) -> list[Product]:
    """The products that fit a few typed words best, forgiving typing errors; none when nothing fits."""
    index = await _index(session)
    fits = index.words.scores(text)
    best = sorted(fits, key=lambda key: (-fits[key], key))[:limit]
    if not best:
        return []
    products = {product.id: product for product in await session.scalars(_FOUND, {"keys": best})}
    return [products[key] for key in best if key in products]


async def _index(session: AsyncSession) -> _Index:
    memory = process_memory(session)
    state = tuple((await session.execute(_STATE)).one())
    known: _Index | None = memory.get(_KEPT)
    if known is None or not known.holds(state):
        known = memory[_KEPT] = _Index(state, time.monotonic(), await _words(session))
    return known


async def _words(session: AsyncSession) -> Vocabulary:
    colors = defaultdict[int, list[str]](list)
    for key, color in await session.execute(_COLORS):
        colors[key].append(color)
    return Vocabulary(
        {
            key: [
                (name, 1.0),
                (" ".join(map(str, tags)), 0.8),
                (category, 0.7),
                (" ".join(colors[key]), 0.7),
            ]
            for key, name, tags, category in await session.execute(_NAMES.order_by(Product.id))
        }
    )
