"""What customers liked: what they bought and kept, and what was bought together."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Final

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from crm_store.models import (
    Order,
    OrderItem,
    OrderStatus,
    Product,
    Return,
    ReturnItem,
    ReturnStatus,
    Variant,
)
from crm_store.orders.finding import SEARCHED
from crm_store.orders.reading import list_orders

LEAST_PEOPLE: Final = 3
"""So many others must have bought both: fewer is chance, and would tell on single people."""
_NOT_BOUGHT: Final = (OrderStatus.CANCELLED, OrderStatus.PAYMENT_FAILED)
_CALLED_OFF: Final = (ReturnStatus.CANCELLED, ReturnStatus.REJECTED)


@dataclass(frozen=True)
class Taste:
    """A customer's products: those kept for themselves, the latest first, and all they ever had."""

    kept: list[Product]
    had: frozenset[int]
    """Keys of products that were bought, given away or sent back: none of them is news."""


@dataclass(frozen=True)
class Together:
    """A product that others bought who bought `with_id`."""

    product_id: int
    with_id: int
    people: int


async def taste(session: AsyncSession, *, customer_id: int) -> Taste:
    """What the customer bought; what was sent back, or was a gift, is not their taste."""
    orders = await list_orders(session, customer_id=customer_id, limit=SEARCHED)
    bought = [order for order in orders if order.status not in _NOT_BOUGHT]
    back = set(await session.scalars(_sent_back(customer_id)))
    lines = [(order, item.id, item.variant) for order in bought for item in order.items if item.variant]
    kept = (variant.product for order, key, variant in lines if not order.gift and key not in back)
    had = frozenset(variant.product_id for *_, variant in lines)
    return Taste(list({product.id: product for product in kept}.values()), had)


async def bought_together(
    session: AsyncSession, *, product_ids: Collection[int], customer_id: int, limit: int = 20
) -> list[Together]:
    """What others bought besides these products, by how many of them did; the customer is not counted."""
    mine, theirs = aliased(Variant), aliased(Variant)
    own_line, other_line = aliased(OrderItem), aliased(OrderItem)
    own, other = aliased(Order), aliased(Order)
    people = func.count(func.distinct(own.customer_id))
    query = (
        select(theirs.product_id, mine.product_id, people)
        .select_from(own)
        .join(own_line, own_line.order_id == own.id)
        .join(mine, mine.id == own_line.variant_id)
        .join(other, other.customer_id == own.customer_id)
        .join(other_line, other_line.order_id == other.id)
        .join(theirs, theirs.id == other_line.variant_id)
        .where(
            mine.product_id.in_(product_ids),
            theirs.product_id.not_in(product_ids),
            own.customer_id != customer_id,
            own.status.not_in(_NOT_BOUGHT),
            other.status.not_in(_NOT_BOUGHT),
        )
        .group_by(theirs.product_id, mine.product_id)
        .having(people >= LEAST_PEOPLE)
        .order_by(people.desc(), theirs.product_id, mine.product_id)
        .limit(limit)
    )
    return [Together(*row) for row in await session.execute(query)]


def _sent_back(customer_id: int) -> Select[int]:
    return (
        select(ReturnItem.order_item_id)
        .join(Return, Return.id == ReturnItem.return_id)
        .where(Return.customer_id == customer_id, Return.status.not_in(_CALLED_OFF))
    )
