"""The offers a customer can have now."""

from __future__ import annotations

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from crm_store import clock, loyalty
from crm_store.models import (
    Grant,
    GrantStatus,
    Offer,
    Order,
    OrderItem,
    OrderStatus,
    Product,
    Variant,
)
from crm_store.offers.worth import Shopper, worth


async def list_for(session: AsyncSession, *, customer_id: int) -> list[Grant]:
    """The grants the customer may still use, in their dates and tier, with the offer: the best one first."""
    now = clock.now()
    query = grants_of(customer_id).where(
        Grant.status.in_([GrantStatus.ACTIVE, GrantStatus.APPLIED]),
        Grant.offer.has((Offer.starts_at <= now) & (Offer.ends_at > now)),
    )
    grants = list(await session.scalars(query))
    tier = await loyalty.current_tier(session, customer_id=customer_id)
    shopper = await _shopper(session, customer_id)
    reached = (grant for grant in grants if loyalty.reaches(tier, grant.offer.min_tier))
    return sorted(reached, key=lambda grant: (-worth(grant.offer, shopper), -grant.offer.priority, grant.id))


def grants_of(customer_id: int) -> Select[Grant]:
    """The customer's grants, with the offer and its category."""
    offer = joinedload(Grant.offer, innerjoin=True).joinedload(Offer.category)
    return select(Grant).where(Grant.customer_id == customer_id).options(offer)


async def _shopper(session: AsyncSession, customer_id: int) -> Shopper:
    kept = (Order.customer_id == customer_id) & (Order.status != OrderStatus.CANCELLED)
    basket = await session.scalar(select(func.avg(Order.total_cents)).where(kept))
    if basket is None:
        return Shopper()
    bought = (
        select(Product.category_id)
        .join(Variant, Variant.product_id == Product.id)
        .join(OrderItem, OrderItem.variant_id == Variant.id)
        .join(Order, Order.id == OrderItem.order_id)
        .where(kept)
        .distinct()
    )
    return Shopper(int(basket), frozenset(await session.scalars(bought)))
