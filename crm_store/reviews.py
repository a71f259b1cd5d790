"""Reviews of products that were delivered: one for each product, with points for it."""

from __future__ import annotations

from typing import Final

from sqlalchemy import exists, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from crm_store import audit, clock, loyalty
from crm_store.errors import Conflict, NotAllowed, NotFound
from crm_store.models import (
    Order,
    OrderItem,
    OrderStatus,
    PointsKind,
    Product,
    Review,
    ReviewStatus,
    Shipment,
    ShipmentItem,
    Variant,
)
from crm_store.rows import take
from crm_store.texts import storable
from crm_store.upsert import insert_new

STARS: Final = 5
MAX_WORDS: Final = 2000
_WITH_THEM: Final = (OrderStatus.DELIVERED, OrderStatus.PARTIALLY_RETURNED, OrderStatus.RETURNED)


async def reviewable(session: AsyncSession, *, customer_id: int, limit: int = 10) -> list[Product]:
    """The products that were delivered to the customer and that they have not reviewed, newest first."""
    in_parcel = exists().where(
        ShipmentItem.order_item_id == OrderItem.id,
        ShipmentItem.shipment_id == Shipment.id,
        Shipment.delivered_at.is_not(None),
    )
    reviewed = exists().where(Review.customer_id == customer_id, Review.product_id == Product.id)
    bought = (
        select(Product.id, func.max(Order.placed_at).label("placed_at"))
        .join(Variant, Variant.product_id == Product.id)
        .join(OrderItem, OrderItem.variant_id == Variant.id)
        .join(Order, Order.id == OrderItem.order_id)
        .where(
            Order.customer_id == customer_id,
            or_(Order.status.in_(_WITH_THEM), in_parcel),
            ~reviewed,
        )
        .group_by(Product.id)
        .subquery()
    )
    newest = select(Product).join(bought, bought.c.id == Product.id)
    return list(await session.scalars(newest.order_by(bought.c.placed_at.desc(), Product.id).limit(limit)))


async def write(
    session: AsyncSession, *, customer_id: int, product_id: int, stars: int, words: str, held: bool
) -> tuple[Review, int]:
    """Keep a review; and the points it brought now. A `held` one waits for a human, and so do its points.

    `NotAllowed("not_delivered")` for what they have not got, `Conflict` for what they reviewed before. One
    who is not in Lark Club gets none.
    """
    if not 1 <= stars <= STARS:
        raise ValueError(f"Not so many stars: {stars}")
    known = select(exists().where(Review.customer_id == customer_id, Review.product_id == product_id))
    if await session.scalar(known):
        raise Conflict("You have reviewed this product already.")
    own = await reviewable(session, customer_id=customer_id, limit=1_000)
    if product_id not in {product.id for product in own}:
        raise NotAllowed("not_delivered", "This product was not delivered to you.")
    values = {
        "customer_id": customer_id,
        "product_id": product_id,
        "stars": stars,
        "words": storable(words[:MAX_WORDS]),
        "status": ReviewStatus.HELD if held else ReviewStatus.PUBLISHED,
        "created_at": clock.now(),
    }
    review = await insert_new(session, Review, unique=["customer_id", "product_id"], values=values)
    if review is None:
        raise Conflict("You have reviewed this product already.")
    who = f"customer:{customer_id}"
    await audit.write(session, actor=who, action="review_written", subject=f"review:{review.id}")
    return review, 0 if held else await _points(session, review)


async def decide(session: AsyncSession, *, review_id: int, publish: bool, actor: str) -> Review:
    """A human read a held review: publish it, with its points, or refuse it. Audited; once is enough."""
    review = await take(session, select(Review).where(Review.id == review_id))
    if review is None:
        raise NotFound("There is no such review.")
    if review.status is not ReviewStatus.HELD:
        return review
    review.status = ReviewStatus.PUBLISHED if publish else ReviewStatus.REFUSED
    review.decided_at = clock.now()
    await session.flush()
    action = "review_published" if publish else "review_refused"
    await audit.write(session, actor=actor, action=action, subject=f"review:{review.id}")
    if publish:
        await _points(session, review)
    return review


async def held(session: AsyncSession, *, limit: int = 50) -> list[Review]:
    """The reviews that wait for a human, oldest first, with their products."""
    waiting = select(Review).where(Review.status == ReviewStatus.HELD).order_by(Review.id)
    return list(await session.scalars(waiting.options(joinedload(Review.product)).limit(limit)))


async def _points(session: AsyncSession, review: Review) -> int:
    try:
        line = await loyalty.add(
            session,
            customer_id=review.customer_id,
            kind=PointsKind.REVIEW,
            points=loyalty.REVIEW_POINTS,
            key=f"review:{review.customer_id}:{review.product_id}",
            note="Product review",
        )
    except NotFound:
        return 0
    return line.points
