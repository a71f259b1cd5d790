"""The end of a return: the goods arrive, or the customer keeps them."""

from __future__ import annotations

from typing import Final

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, catalogue, clock, loyalty, orders, refunds
from crm_store.errors import NotAllowed, NotFound
from crm_store.models import (
    Order,
    OrderStatus,
    RefundStatus,
    Resolution,
    Return,
    ReturnItem,
    ReturnReason,
    ReturnStatus,
)
from crm_store.models.product import WEB_LOCATION
from crm_store.returns.creating import points_key
from crm_store.returns.reading import clean_number, get_return, returns_of
from crm_store.rows import take

_UNSELLABLE: Final = frozenset({ReturnReason.DAMAGED, ReturnReason.QUALITY})
_WITH_CUSTOMER: Final = frozenset({ReturnStatus.REQUESTED, ReturnStatus.LABEL_SENT})
_DONE: Final = frozenset({ReturnStatus.REFUNDED, ReturnStatus.EXCHANGED})
_CALLED_OFF: Final = frozenset({ReturnStatus.CANCELLED, ReturnStatus.REJECTED})


async def receive(session: AsyncSession, *, number: str) -> Return:
    """The goods reached the warehouse: money leaves, sound goods go back on the shelf, the order says so.

    For the warehouse, so it asks for no customer. A return that is done stays as it is; `NotAllowed` with
    reason `cancelled` or `rejected` for one that was called off.
    """
    order, found = await _take(session, number=number)
    if found.status in _DONE:
        return found
    if found.status in _CALLED_OFF:
        raise NotAllowed(found.status.value, "This return was called off.")
    exchanged = found.resolution is Resolution.EXCHANGE
    found.status = ReturnStatus.EXCHANGED if exchanged else ReturnStatus.REFUNDED
    found.received_at = found.received_at or clock.now()
    await _put_on_shelf(session, order, found)
    for refund in await refunds.of_return(session, order_id=order.id, return_id=found.id):
        if refund.status is not RefundStatus.SENT:
            await refunds.mark_sent(session, order=order, refund=refund)
    if not exchanged:
        order.status = await _status_after(session, order)
    await _note(session, found, actor="system", action="return_received")
    return found


async def cancel_return(session: AsyncSession, *, customer_id: int, number: str) -> Return:
    """The customer keeps the goods: points come back, the refund is withdrawn, an exchange is called off.

    `NotAllowed` with the return's status as reason once it is on its way or over, and with
    `store_credit_given` when the credit was given already.
    """
    mine = await get_return(session, customer_id=customer_id, number=number)
    order, found = await _take(session, number=mine.number)
    if found.status not in _WITH_CUSTOMER:
        raise NotAllowed(found.status.value, "This return cannot be called off any more.")
    promised = await refunds.of_return(session, order_id=order.id, return_id=found.id)
    if any(refund.status is RefundStatus.SENT for refund in promised):
        raise NotAllowed("store_credit_given", "The store credit for this return was given already.")
    found.status = ReturnStatus.CANCELLED
    for refund in promised:
        await refunds.withdraw(session, refund=refund)
    session.expire(found, ["refunds"])
    await loyalty.give_back(session, order=order, reversal_key=points_key(found.id))
    if found.resolution is Resolution.EXCHANGE and found.exchange_variant_id:
        await _back(session, found.exchange_variant_id, sum(item.quantity for item in found.items))
    await _note(session, found, actor=f"customer:{customer_id}", action="return_cancelled")
    return await get_return(session, customer_id=customer_id, number=found.number)


async def _take(session: AsyncSession, *, number: str) -> tuple[Order, Return]:
    """The return and its order, kept from other writers."""
    whose = select(Return.customer_id, Return.order_id).where(Return.number == clean_number(number))
    row = (await session.execute(whose)).one_or_none()
    if row is None:
        raise NotFound(f"There is no return {number.strip()[:32]}.")
    order = await orders.take_by_id(session, customer_id=row.customer_id, order_id=row.order_id)
    query = returns_of(row.customer_id).where(Return.number == clean_number(number))
    found = await take(session, query)
    if found is None:
        raise NotFound(f"There is no return {number.strip()[:32]}.")
    return order, found


async def _put_on_shelf(session: AsyncSession, order: Order, found: Return) -> None:
    variants = {item.id: item.variant_id for item in order.items}
    sound = (item for item in found.items if item.reason not in _UNSELLABLE)
    goods = [(variants[item.order_item_id], item.quantity) for item in sound]
    for variant_id, quantity in sorted((key, quantity) for key, quantity in goods if key is not None):
        await _back(session, variant_id, quantity)


async def _back(session: AsyncSession, variant_id: int, quantity: int) -> None:
    await catalogue.put_back(session, variant_id=variant_id, location_slug=WEB_LOCATION, quantity=quantity)


async def _status_after(session: AsyncSession, order: Order) -> OrderStatus:
    await session.flush()
    back = await session.scalar(
        select(func.sum(ReturnItem.quantity))
        .join(Return, Return.id == ReturnItem.return_id)
        .where(Return.order_id == order.id, Return.status == ReturnStatus.REFUNDED)
    )
    everything = (back or 0) >= sum(item.quantity for item in order.items)
    return OrderStatus.RETURNED if everything else OrderStatus.PARTIALLY_RETURNED


async def _note(session: AsyncSession, found: Return, *, actor: str, action: str) -> None:
    await session.flush()
    await audit.write(session, actor=actor, action=action, subject=f"return:{found.number}")
