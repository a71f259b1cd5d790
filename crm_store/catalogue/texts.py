"""The catalogue's own words about each product, kept by the process until the catalogue changes."""

from __future__ import annotations

import time
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.models import Category, Product
from crm_store.session import process_memory

_KEPT: Final = "catalogue_texts"
_TRUSTED_SECONDS: Final = 60.0
"""What changed without a row that came or went (a description mended by hand) is read after that time."""

_STATE: Final = select(
    *(
        select(counted).scalar_subquery()
        for table in (Category, Product)
        for counted in (func.count(table.id), func.max(table.id))
    )
)
_TEXTS: Final = (
    select(Product.id, Product.name, Product.description, Product.tags, Category.name, Category.description)
    .join(Product.category)
    .order_by(Product.id)
)


@dataclass(frozen=True)
class _Kept:
    state: tuple[object, ...]
    read_at: float
    texts: Mapping[int, tuple[str, ...]]

    def holds(self, state: tuple[object, ...]) -> bool:
        return self.state == state and time.monotonic() - self.read_at < _TRUSTED_SECONDS


async def product_texts(session: AsyncSession) -> Mapping[int, tuple[str, ...]]:
    """By the product's key: its name, description, tags and category as texts. Do not change it.

    The same object until something changes.
    """
    memory = process_memory(session)
    state = tuple((await session.execute(_STATE)).one())
    known: _Kept | None = memory.get(_KEPT)
    if known is not None and known.holds(state):
        return known.texts
    read = {
        key: (f"{name}. {about}", f"{name}: {', '.join(map(str, tags))}", f"{category}. {shelf} {about}")
        for key, name, about, tags, category, shelf in await session.execute(_TEXTS)
    }
    texts = known.texts if known is not None and known.texts == read else read
    memory[_KEPT] = _Kept(state, time.monotonic(), texts)
    return texts
