"""How an order stands as to claims: how many pieces of each line one can still claim about."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import returns
from crm_store.models import Claim, ClaimItem, Order, OrderItem, OrderStatus, Remedy
from crm_store.models.base import Id
from crm_store.returns import Standing

_CLAIMED: Final = (
    select(ClaimItem.order_item_id, func.sum(ClaimItem.quantity))
    .join(Claim, Claim.id == ClaimItem.claim_id)
    .where(Claim.order_id.in_(bindparam("order_ids", type_=Id, expanding=True)))
    .where(Claim.remedy != Remedy.REFUND)
    .group_by(ClaimItem.order_item_id)
)
_NEVER_LEFT: Final = frozenset(
    {
        OrderStatus.PENDING_PAYMENT,
        OrderStatus.PAYMENT_FAILED,
        OrderStatus.PAID,
        OrderStatus.PACKED,
        OrderStatus.CANCELLED,
    }
)


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """So many of a line of an order."""

    line_no: int
    quantity: int


@dataclass(frozen=True, slots=True)
class ClaimStanding:
    """An order, what came back of it or was paid back, and by line key how many were claimed besides."""

    returned: Standing
    claimed: Counter[int]

    @property
    def order(self) -> Order:
        """The order."""
        return self.returned.order

    def open_pieces(self, item: OrderItem) -> int:
        """How many of the line left us and neither came back nor were claimed."""
        return max(sent(self.order, item) - self.returned.back[item.id] - self.claimed[item.id], 0)

    def open_lines(self) -> dict[int, int]:
        """By line number, the pieces one can claim about; lines without any are left out."""
        pieces = {item.line_no: self.open_pieces(item) for item in self.order.items}
        return {line_no: count for line_no, count in pieces.items() if count}


def sent(order: Order, item: OrderItem) -> int:
    """How many of a line left us as goods."""
    if order.status in _NEVER_LEFT or (item.variant and item.variant.product.digital):
        return 0
    if not order.shipments:
        return item.quantity
    return sum(
        inside.quantity
        for parcel in order.shipments
        for inside in parcel.items
        if inside.order_item_id == item.id
    )


async def claim_standings(session: AsyncSession, *, orders: Sequence[Order]) -> list[ClaimStanding]:
    """How orders at hand stand, in their order."""
    rows = await session.execute(_CLAIMED, {"order_ids": [order.id for order in orders]})
    claimed = Counter({item_id: int(count) for item_id, count in rows})
    returned = await returns.standings(session, orders=orders)
    return [ClaimStanding(one, claimed) for one in returned]
