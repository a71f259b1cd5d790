"""Sending goods again, free of charge."""

from __future__ import annotations

from collections import Counter
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import catalogue, clock, ids
from crm_store.models import DeliveryMethod, Order, OrderItem, OrderStatus, PaymentStatus
from crm_store.models.product import WEB_LOCATION

REPLACEMENT: Final = "replacement"
"""The payment method of an order that costs nothing because something was wrong with another."""
NUMBER_PREFIX: Final = "A-"
NUMBER_BASE: Final = 10_000


async def resend(session: AsyncSession, *, order: Order, wanted: Counter[int], claim_number: str) -> Order:
    """A new order with these pieces (by the line's key) to the same address; `OutOfStock`.

    It costs nothing and earns no points; the warehouse packs it like any other.
    """
    going = [item for item in order.items if wanted[item.id]]
    # Everybody touches shelves in the same order: no two units wait for each other.
    for item in sorted(going, key=lambda item: item.variant_id or 0):
        await catalogue.take_stock(
            session,
            variant_id=item.variant_id or 0,
            location_slug=WEB_LOCATION,
            quantity=wanted[item.id],
        )
    row_id, number = await ids.next_number(session, Order, prefix=NUMBER_PREFIX, base=NUMBER_BASE)
    pickup = order.delivery_method is DeliveryMethod.PICKUP
    again = Order(
        id=row_id,
        number=number,
        customer_id=order.customer_id,
        status=OrderStatus.PAID,
        placed_at=clock.now(),
        currency=order.currency,
        total_cents=0,
        payment_method=REPLACEMENT,
        payment_status=PaymentStatus.PAID,
        delivery_method=DeliveryMethod.PICKUP if pickup else DeliveryMethod.STANDARD,
        ship_name=order.ship_name,
        ship_address=order.ship_address,
        ship_postcode=order.ship_postcode,
        ship_city=order.ship_city,
        ship_country=order.ship_country,
        note=f"Replaces goods of {order.number} (claim {claim_number})",
        items=[
            OrderItem(
                line_no=place,
                variant_id=item.variant_id,
                title=item.title,
                quantity=wanted[item.id],
                unit_price_cents=0,
            )
            for place, item in enumerate(going, start=1)
        ],
    )
    session.add(again)
    await session.flush()
    return again
