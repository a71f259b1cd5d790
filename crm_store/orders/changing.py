"""Cancelling an order, or sending it elsewhere, until it is packed."""

from __future__ import annotations

from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, catalogue, clock, loyalty, refunds
from crm_store.errors import NotAllowed
from crm_store.models import DeliveryMethod, Order, OrderStatus, PaymentStatus
from crm_store.models.order import CHANGEABLE
from crm_store.models.product import WEB_LOCATION
from crm_store.orders.reading import take_order

_PAID: Final = frozenset({PaymentStatus.PAID, PaymentStatus.PARTIALLY_REFUNDED})
_TOO_LATE: Final = {
    OrderStatus.CANCELLED: ("cancelled", "This order was cancelled before."),
    OrderStatus.PACKED: ("packed", "This order is packed already."),
    OrderStatus.LOST: ("lost", "This order was lost on its way."),
    OrderStatus.PARTIALLY_SHIPPED: ("shipped", "A part of this order is on its way already."),
    OrderStatus.SHIPPED: ("shipped", "This order is on its way already."),
    OrderStatus.OUT_FOR_DELIVERY: ("shipped", "This order is on its way already."),
    OrderStatus.DELIVERED: ("delivered", "This order was delivered already."),
    OrderStatus.PARTIALLY_RETURNED: ("delivered", "This order was delivered already."),
    OrderStatus.RETURNED: ("returned", "This order was sent back already."),
}


async def cancel(session: AsyncSession, *, customer_id: int, number: str) -> Order:
    """Cancel the order: goods back on the shelf, points taken back, a refund of what was paid.

    `NotAllowed` with reason `cancelled`, `packed`, `shipped`, `delivered`, `returned`, `lost`, or `digital`
    for downloads that were paid and thus delivered.
    """
    order = await take_order(session, customer_id=customer_id, number=number)
    _refuse_too_late(order)
    if order.delivery_method is DeliveryMethod.DIGITAL and order.payment_status in _PAID:
        raise NotAllowed("digital", "Digital goods are delivered at once and cannot be cancelled.")
    order.status = OrderStatus.CANCELLED
    order.cancelled_at = clock.now()
    await _take_points_back(session, order)
    await _put_goods_back(session, order)
    if order.payment_status in _PAID:
        await refunds.refund_order(session, order=order, key=f"cancel:order:{order.id}")
    await _note(session, order, "order_cancelled")
    return order


async def change_address(
    session: AsyncSession,
    *,
    customer_id: int,
    number: str,
    address_line: str,
    postcode: str,
    city: str,
    name: str | None = None,
    country: str | None = None,
) -> Order:
    """Send the order to another address; `name` and `country` stay as they are when None.

    `NotAllowed` with the reasons of `cancel`, with `pickup` or `digital` for orders that are not sent
    anywhere, and with `incomplete` without street or town.
    """
    order = await take_order(session, customer_id=customer_id, number=number)
    _refuse_too_late(order)
    if order.delivery_method in (DeliveryMethod.PICKUP, DeliveryMethod.DIGITAL):
        raise NotAllowed(order.delivery_method.value, "This order is not sent to an address.")
    if not address_line.strip() or not city.strip():
        raise NotAllowed("incomplete", "An address needs a street and a town.")
    order.ship_address = address_line.strip()[:300]
    order.ship_postcode = postcode.strip()[:20]
    order.ship_city = city.strip()[:120]
    order.ship_name = (name or order.ship_name).strip()[:200]
    order.ship_country = (country or order.ship_country).strip().upper()[:2]
    await _note(session, order, "order_address_changed")
    return order


def _refuse_too_late(order: Order) -> None:
    if order.status not in CHANGEABLE:
        reason, message = _TOO_LATE[order.status]
        raise NotAllowed(reason, message)


async def _take_points_back(session: AsyncSession, order: Order) -> None:
    earned, taken = await loyalty.earned_for(session, order_id=order.id)
    if earned > taken:
        await loyalty.reverse_for_lines(
            session,
            order=order,
            points=earned - taken,
            key=f"reverse:order:{order.id}",
            note=f"Order {order.number} cancelled",
        )


async def _put_goods_back(session: AsyncSession, order: Order) -> None:
    goods = [item for item in order.items if item.variant and not item.variant.product.digital]
    # Everybody touches shelves in the same order: no two units wait for each other.
    for item in sorted(goods, key=lambda item: item.variant_id or 0):
        await catalogue.put_back(
            session, variant_id=item.variant_id or 0, location_slug=WEB_LOCATION, quantity=item.quantity
        )


async def _note(session: AsyncSession, order: Order, action: str) -> None:
    await session.flush()
    await audit.write(
        session,
        actor=f"customer:{order.customer_id}",
        action=action,
        subject=f"order:{order.number}",
    )
