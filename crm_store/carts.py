"""Carts: what a customer put aside."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from crm_store.models import CartLine, Variant


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
