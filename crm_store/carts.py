"""Carts: what a customer puts aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import delete, select, update
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from crm_store import clock
from crm_store.models import CartLine, Variant
from crm_store.upsert import insert_new

MOST: Final = 20
"""Of one variant, in one cart."""


@dataclass(frozen=True, slots=True)
class CartItem:
    """A line of a cart with its goods; `variant.product` is loaded."""

    variant: Variant
    quantity: int
    updated_at: datetime

    @property
    def price_cents(self) -> int:
        """What the whole line costs today, in the product's currency."""
        own = self.variant.price_cents
        return self.quantity * (self.variant.product.price_cents if own is None else own)


async def lines(session: AsyncSession, *, customer_id: int) -> list[CartItem]:
    """What lies in the customer's cart, the latest first."""
    query = (
        select(CartLine, Variant)
        .join(Variant, Variant.id == CartLine.variant_id)
        .where(CartLine.customer_id == customer_id)
        .order_by(CartLine.updated_at.desc(), Variant.id)
        .options(joinedload(Variant.product))
    )
    rows = await session.execute(query)
    return [CartItem(variant, line.quantity, line.updated_at) for line, variant in rows]


async def put(session: AsyncSession, *, customer_id: int, variant_id: int) -> None:
    """One more of the variant, up to `MOST`."""
    key = {"customer_id": customer_id, "variant_id": variant_id}
    values = {**key, "quantity": 1, "updated_at": clock.now()}
    if await insert_new(session, CartLine, unique=tuple(key), values=values) is None:
        line = (CartLine.customer_id == customer_id) & (CartLine.variant_id == variant_id)
        more = update(CartLine).where(line, CartLine.quantity < MOST)
        await session.execute(more.values(quantity=CartLine.quantity + 1, updated_at=clock.now()))


async def remove(session: AsyncSession, *, customer_id: int, variant_id: int) -> None:
    """Take the variant out of the cart, however many there are."""
    mine = (CartLine.customer_id == customer_id) & (CartLine.variant_id == variant_id)
    await session.execute(delete(CartLine).where(mine))
