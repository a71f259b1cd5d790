"""Finding orders by what was in them."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import matching
from crm_store.models import Order, OrderItem, OrderStatus, Product
from crm_store.orders.reading import list_orders

SEARCHED = 200
"""How many of a customer's newest orders are searched."""
_NEAR_BEST = 0.1
"""An order that fits almost as well as the best one is shown beside it."""


async def find_by_product(session: AsyncSession, *, customer_id: int, text: str) -> list[Order]:
    """The orders that hold something like `text` (`the blue jaket`): the best first, then the newest."""
    orders = await list_orders(session, customer_id=customer_id, limit=SEARCHED)
    lines = {item.id: item for order in orders for item in order.items}
    fits = matching.scores(text, {key: list(_texts(item)) for key, item in lines.items()})
    best = {order.id: max(fits.get(item.id, 0.0) for item in order.items) for order in orders if order.items}
    enough = max(best.values(), default=0.0) - _NEAR_BEST
    found = [order for order in orders if best.get(order.id, 0.0) > max(enough, 0.0)]
    return sorted(found, key=lambda order: -best[order.id])


async def bought_products(session: AsyncSession, *, customer_id: int) -> list[Product]:
    """The products of the customer's orders that were not cancelled, the latest bought first, each once."""
    orders = await list_orders(session, customer_id=customer_id, limit=SEARCHED)
    kept = (order for order in orders if order.status is not OrderStatus.CANCELLED)
    bought = (item.variant.product for order in kept for item in order.items if item.variant)
    return list({product.id: product for product in bought}.values())


def _texts(item: OrderItem) -> Iterator[tuple[str, float]]:
    if item.variant is None:
        yield item.title, 1.0
        return
    product = item.variant.product
    yield product.name, 1.0
    yield " ".join(map(str, product.tags)), 0.8
    yield product.category.name, 0.7
    # Here is the colour, too: a red jacket is nearer to "blue jacket" than blue shoes are.
    yield f"{item.title} {item.variant.color}", 0.6
