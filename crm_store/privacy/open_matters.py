"""What is still going on with a customer, for which the shop needs to know who they are."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sqlalchemy import and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.models import (
    Order,
    OrderStatus,
    PaymentStatus,
    Refund,
    RefundStatus,
    Return,
    ReturnStatus,
)

_UNDER_WAY: Final = (
    OrderStatus.PENDING_PAYMENT,
    OrderStatus.PAID,
    OrderStatus.PACKED,
    OrderStatus.PARTIALLY_SHIPPED,
    OrderStatus.SHIPPED,
    OrderStatus.OUT_FOR_DELIVERY,
)
_COMING_BACK: Final = (
    ReturnStatus.REQUESTED,
    ReturnStatus.LABEL_SENT,
    ReturnStatus.IN_TRANSIT,
    ReturnStatus.RECEIVED,
)


@dataclass(frozen=True)
class OpenMatters:
    """Numbers of what is not settled, oldest first."""

    orders: tuple[str, ...]
    returns: tuple[str, ...]
    refunds: tuple[str, ...]

    @property
    def all(self) -> tuple[str, ...]:
        """All of them."""
        return self.orders + self.returns + self.refunds


async def open_matters(session: AsyncSession, *, customer_id: int) -> OpenMatters:
    """Orders under way (also lost ones whose money is not back), returns, and refunds that have not left."""
    lost = and_(Order.status == OrderStatus.LOST, Order.payment_status == PaymentStatus.PAID)
    orders = select(Order.number).where(
        Order.customer_id == customer_id, or_(Order.status.in_(_UNDER_WAY), lost)
    )
    returns = select(Return.number).where(Return.customer_id == customer_id, Return.status.in_(_COMING_BACK))
    refunds = (
        select(Refund.number)
        .join(Order, Order.id == Refund.order_id)
        .where(Order.customer_id == customer_id, Refund.status != RefundStatus.SENT)
    )
    return OpenMatters(
        orders=tuple(await session.scalars(orders.order_by(Order.id))),
        returns=tuple(await session.scalars(returns.order_by(Return.id))),
        refunds=tuple(await session.scalars(refunds.order_by(Refund.id))),
    )
