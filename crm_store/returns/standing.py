"""How an order stands as to returns: what of it came back, and what still may."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import bindparam, func, literal, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import orders
from crm_store.models import (
    Claim,
    ClaimItem,
    Order,
    Remedy,
    Resolution,
    Return,
    ReturnItem,
    ReturnReason,
    ReturnStatus,
)
from crm_store.models.base import Id
from crm_store.returns.eligibility import LineEligibility, line_eligibility

_CALLED_OFF: Final = (ReturnStatus.CANCELLED, ReturnStatus.REJECTED)
_ORDERS: Final = bindparam("order_ids", type_=Id, expanding=True)
_BACK: Final = union_all(
    select(Return.order_id, ReturnItem.order_item_id, Return.resolution, func.sum(ReturnItem.quantity))
    .join(Return, Return.id == ReturnItem.return_id)
    .where(Return.order_id.in_(_ORDERS), Return.status.not_in(_CALLED_OFF))
    .group_by(Return.order_id, ReturnItem.order_item_id, Return.resolution),
    # What was paid back because it never came, or came broken, is not paid for a second time.
    select(
        Claim.order_id,
        ClaimItem.order_item_id,
        literal(Resolution.REFUND_CARD, Return.resolution.type),
        func.sum(ClaimItem.quantity),
    )
    .join(Claim, Claim.id == ClaimItem.claim_id)
    .where(Claim.order_id.in_(_ORDERS), Claim.remedy == Remedy.REFUND)
    .group_by(Claim.order_id, ClaimItem.order_item_id),
)


@dataclass(frozen=True, slots=True)
class Standing:
    """An order, and by the line's key how many came back or are about to, or were paid back by a claim.

    Returns that were called off do not count.
    """

    order: Order
    back: Counter[int] = field(default_factory=Counter)
    back_for_money: Counter[int] = field(default_factory=Counter)
    """The same without those that were exchanged."""

    def lines(self, reason: ReturnReason | None = None) -> list[LineEligibility]:
        """The verdict on every line. Final sale and hygiene goods may go for damaged or wrong item."""
        return [line_eligibility(self.order, item, self.back, reason) for item in self.order.items]


async def standings(session: AsyncSession, *, orders: Sequence[Order]) -> list[Standing]:
    """How orders at hand stand, in their order; one statement for all of them."""
    found = {order.id: Standing(order) for order in orders}
    for order_id, item_id, resolution, quantity in await session.execute(_BACK, {"order_ids": list(found)}):
        found[order_id].back[item_id] += int(quantity)
        if resolution is not Resolution.EXCHANGE:
            found[order_id].back_for_money[item_id] += int(quantity)
    return list(found.values())


async def eligibility(
    session: AsyncSession, *, customer_id: int, number: str, reason: ReturnReason | None = None
) -> list[LineEligibility]:
    """Every line of the order, as `Standing.lines` sees it; `NotFound` without such an order."""
    order = await orders.get_order(session, customer_id=customer_id, number=number)
    [standing] = await standings(session, orders=[order])
    return standing.lines(reason)


async def returnable_orders(session: AsyncSession, *, customer_id: int, limit: int = 20) -> list[Order]:
    """The newest orders of which something may still come back."""
    newest = await orders.list_orders(session, customer_id=customer_id, limit=limit)
    found = await standings(session, orders=newest)
    return [standing.order for standing in found if any(line.ok for line in standing.lines())]
