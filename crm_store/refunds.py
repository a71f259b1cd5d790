"""Refunds: money on its way back to the customer."""

from __future__ import annotations

from typing import Final

from sqlalchemy import Select, bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock, ids
from crm_store.models import Order, PaymentStatus, Refund, RefundMethod, RefundStatus

GIFT_CARD: Final = "gift_card"
"""The payment method whose money goes back on the gift card."""
NUMBER_PREFIX: Final = "F-"
NUMBER_BASE: Final = 3000


_OF_ORDER: Final = (
    select(Refund)
    .where(Refund.order_id == bindparam("order_id"))
    .order_by(Refund.id)
    .execution_options(populate_existing=True)
)


async def list_refunds(session: AsyncSession, *, customer_id: int, limit: int = 20) -> list[Refund]:
    """The customer's refunds, newest first."""
    return list(await session.scalars(_refunds_of(customer_id).limit(limit)))


async def latest(session: AsyncSession, *, customer_id: int) -> Refund | None:
    """The customer's newest refund."""
    return await session.scalar(_refunds_of(customer_id).limit(1))


async def of_order(session: AsyncSession, *, order_id: int) -> list[Refund]:
    """Every refund of an order, oldest first, as it is now."""
    return list(await session.scalars(_OF_ORDER, {"order_id": order_id}))


async def of_return(session: AsyncSession, *, order_id: int, return_id: int) -> list[Refund]:
    """Every refund of one return of an order, oldest first, as it is now."""
    whole = await of_order(session, order_id=order_id)
    return [refund for refund in whole if refund.return_id == return_id]


async def refund_order(session: AsyncSession, *, order: Order, key: str) -> Refund | None:
    """Give back what was paid and not refunded yet, the way it was paid; None when that is nothing."""
    refunded = sum(refund.amount_cents for refund in await of_order(session, order_id=order.id))
    if order.total_cents <= refunded:
        return None
    return await create(
        session, order=order, cents=order.total_cents - refunded, method=way_back(order), key=key
    )


def way_back(order: Order) -> RefundMethod:
    """How money goes back the way it came."""
    return RefundMethod.GIFT_CARD if order.payment_method == GIFT_CARD else RefundMethod.CARD


async def create(
    session: AsyncSession,
    *,
    order: Order,
    cents: int,
    method: RefundMethod,
    key: str,
    return_id: int | None = None,
) -> Refund:
    """A new refund in the order's currency: store credit is sent at once, everything else is pending.

    The caller holds the order's row, and asks only once for each key.
    """
    row_id, number = await ids.next_number(session, Refund, prefix=NUMBER_PREFIX, base=NUMBER_BASE)
    refund = Refund(
        id=row_id,
        number=number,
        order_id=order.id,
        return_id=return_id,
        amount_cents=cents,
        currency=order.currency,
        method=method,
        status=RefundStatus.PENDING,
        key=key,
        created_at=clock.now(),
    )
    session.add(refund)
    await session.flush()
    await _note(session, refund, "refund_created")
    if method is RefundMethod.STORE_CREDIT:
        await mark_sent(session, order=order, refund=refund)
    return refund


async def mark_sent(session: AsyncSession, *, order: Order, refund: Refund) -> None:
    """The money has left; the order's payment says so."""
    refund.status = RefundStatus.SENT
    await session.flush()
    sent = sum(
        one.amount_cents
        for one in await of_order(session, order_id=order.id)
        if one.status is RefundStatus.SENT
    )
    whole = sent >= order.total_cents
    order.payment_status = PaymentStatus.REFUNDED if whole else PaymentStatus.PARTIALLY_REFUNDED
    await session.flush()
    await _note(session, refund, "refund_sent")


async def withdraw(session: AsyncSession, *, refund: Refund) -> None:
    """Take back a refund that has not been sent."""
    await _note(session, refund, "refund_withdrawn")
    await session.delete(refund)
    await session.flush()


def _refunds_of(customer_id: int) -> Select[Refund]:
    return (
        select(Refund)
        .join(Order, Order.id == Refund.order_id)
        .where(Order.customer_id == customer_id)
        .order_by(Refund.created_at.desc(), Refund.id.desc())
    )


async def _note(session: AsyncSession, refund: Refund, action: str) -> None:
    await audit.write(
        session,
        actor="system",
        action=action,
        subject=f"refund:{refund.number}",
        data={"cents": refund.amount_cents, "currency": refund.currency, "method": refund.method.value},
    )
