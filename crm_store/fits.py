"""What fitted a customer: the sizes they kept, and those they sent back as too small or too large."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import orders, returns
from crm_store.models import Order, OrderStatus, Product, ReturnReason, ReturnStatus

TOO_SMALL, TOO_LARGE, KEPT = "too_small", "too_large", "kept"
SEARCHED = 100
"""The newest orders and returns that are looked at."""
_VERDICTS = {ReturnReason.TOO_SMALL: TOO_SMALL, ReturnReason.TOO_LARGE: TOO_LARGE}
_CAME = frozenset({OrderStatus.DELIVERED, OrderStatus.PARTIALLY_RETURNED, OrderStatus.RETURNED})
_CALLED_OFF = frozenset({ReturnStatus.CANCELLED, ReturnStatus.REJECTED})


@dataclass(frozen=True)
class Fit:
    """One thing in one size, and what became of it."""

    product: Product
    size: str
    verdict: str


async def fits(session: AsyncSession, *, customer_id: int) -> list[Fit]:
    """The newest first. Gifts and things sent back for another reason say nothing, and are left out."""
    bought = await orders.list_orders(session, customer_id=customer_id, limit=SEARCHED)
    back = {
        item.order_item_id: item.reason
        for one in await returns.list_returns(session, customer_id=customer_id, limit=SEARCHED)
        if one.status not in _CALLED_OFF
        for item in one.items
    }
    return [fit for order in bought if not order.gift and order.status in _CAME for fit in _of(order, back)]


def _of(order: Order, back: dict[int, ReturnReason]) -> list[Fit]:
    found = []
    for item in order.items:
        if item.variant is None or not item.variant.size:
            continue
        verdict = _VERDICTS.get(back[item.id]) if item.id in back else KEPT
        if verdict:
            found.append(Fit(item.variant.product, item.variant.size, verdict))
    return found
