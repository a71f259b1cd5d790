"""A customer with orders in the states that the tests of the orders topic need."""

from __future__ import annotations

from typing import Any

from crm_store.models import Customer, Order, OrderStatus, PaymentStatus, ShipmentStatus, TrackingEvent
from crm_store.session import Store
from tests.actions.stage import Stage
from tests.crm_store.builders import Line, days_ago, make_customer, make_order, make_parcel

HOME: dict[str, Any] = {
    "ship_name": "Ada Byrne",
    "ship_address": "14 Quay Street",
    "ship_postcode": "H91 X2Y3",
    "ship_city": "Galway",
    "ship_country": "IE",
}
"""Where the orders go."""


async def signed_in(store: Store, number: str = "C-0001") -> tuple[Stage, Customer]:
    """A verified customer without orders, on a stage."""
    async with store.unit() as session:
        customer = await make_customer(session, number)
    stage = Stage(store)
    await stage.sign_in(number)
    return stage, customer


async def order(
    store: Store, customer: Customer, number: str, status: OrderStatus = OrderStatus.PAID, **fields: Any
) -> Order:
    """An order of one thing (`title`) that goes home."""
    title = fields.pop("title", "Skylark Rain Jacket, blue, M")
    async with store.unit() as session:
        lines = fields.pop("lines", [Line(title=title)])
        return await make_order(session, customer, *lines, number=number, status=status, **HOME | fields)


async def parcel(
    store: Store,
    made: Order,
    *contents: tuple[int, int],
    status: ShipmentStatus,
    said: str = "",
    place: str = "Portlaoise hub",
    hours_ago: float = 5,
    **fields: Any,
) -> None:
    """A parcel of an order, and what the carrier said last of it."""
    async with store.unit() as session:
        sent = await make_parcel(session, made, *contents, status=status, **fields)
        if said:
            session.add(
                TrackingEvent(
                    shipment_id=sent.id,
                    at=days_ago(hours_ago / 24),
                    status=status,
                    location=place,
                    description=said,
                )
            )


UNPAID: dict[str, Any] = {"payment_status": PaymentStatus.FAILED}
