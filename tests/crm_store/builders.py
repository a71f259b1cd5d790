"""Test data: a customer, a product, an order. Every builder adds to the session and flushes."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock, loyalty, orders
from crm_store.models import (
    Base,
    Category,
    Channel,
    ContactPoint,
    Customer,
    DeliveryMethod,
    Location,
    Offer,
    OfferKind,
    Order,
    OrderItem,
    OrderStatus,
    PaymentStatus,
    PointsEntry,
    PointsKind,
    Product,
    Shipment,
    ShipmentItem,
    ShipmentStatus,
    Stock,
    Variant,
)
from crm_store.models.product import WEB_LOCATION
from crm_store.session import Store

Row = TypeVar("Row", bound=Base)


def days_ago(days: float) -> datetime:
    """So long before now; negative days lie ahead."""
    return clock.now() - timedelta(days=days)


async def saved(session: AsyncSession, row: Row) -> Row:
    """Add and flush."""
    session.add(row)
    await session.flush()
    return row


async def make_customer(session: AsyncSession, number: str = "C-0001", **fields: Any) -> Customer:
    """A customer whose e-mail address follows from the number: `c-0001@example.com`."""
    values = {"name": "Ada Byrne", "email": f"{number.lower()}@example.com", "joined_at": days_ago(400)}
    return await saved(session, Customer(number=number, **{**values, **fields}))


async def make_member(session: AsyncSession, number: str = "C-0001", **fields: Any) -> Customer:
    """A customer who is in Lark Club."""
    customer = await make_customer(session, number, **fields)
    await loyalty.enrol(session, customer_id=customer.id)
    return customer


async def make_contact(session: AsyncSession, address: str = "visitor-1", **fields: Any) -> ContactPoint:
    """An anonymous web visitor."""
    values = {"channel": Channel.WEB, "created_at": days_ago(0)}
    return await saved(session, ContactPoint(address=address, **{**values, **fields}))


async def make_location(session: AsyncSession, slug: str = WEB_LOCATION) -> Location:
    """The shop with this slug, made once."""
    found = await session.scalar(select(Location).where(Location.slug == slug))
    return found or await saved(session, Location(slug=slug, name=slug.title()))


async def make_category(session: AsyncSession, slug: str = "jackets") -> Category:
    """The category with this slug, made once."""
    found = await session.scalar(select(Category).where(Category.slug == slug))
    return found or await saved(session, Category(slug=slug, name=slug.title()))


async def make_product(
    session: AsyncSession,
    number: str = "P-001",
    *,
    name: str = "Skylark Rain Jacket",
    category: str = "jackets",
    variants: Sequence[tuple[str, str]] = (("M", "blue"), ("L", "blue")),
    stock: int = 5,
    **fields: Any,
) -> Product:
    """A product in sizes and colours, so many of each in the warehouse; `variants` is loaded."""
    values = {"price_cents": 10_000, "currency": "EUR", "tags": []}
    product = Product(
        number=number,
        name=name,
        category_id=(await make_category(session, category)).id,
        variants=[
            Variant(sku=f"{number}-{size}-{color}", size=size, color=color) for size, color in variants
        ],
        **{**values, **fields},
    )
    await saved(session, product)
    web = await make_location(session)
    for variant in product.variants:
        await saved(session, Stock(location_id=web.id, variant_id=variant.id, quantity=stock))
    return product


@dataclass(frozen=True)
class Line:
    """A line of an order to make; without a variant it is of an imported history."""

    variant: Variant | None = None
    title: str = "Skylark Rain Jacket, blue, M"
    quantity: int = 1
    price_cents: int = 10_000
    discount_cents: int = 0


async def make_order(
    session: AsyncSession,
    customer: Customer,
    *lines: Line,
    number: str = "A-10042",
    status: OrderStatus = OrderStatus.PAID,
    extra_discount_cents: int = 0,
    **fields: Any,
) -> Order:
    """An order that was paid two days ago; what `extra_discount_cents` takes off no line shows."""
    items = [_item(line_no, line) for line_no, line in enumerate(lines or [Line()], start=1)]
    goods = sum(item.paid_cents for item in items)
    values: dict[str, Any] = {
        "placed_at": days_ago(2),
        "currency": "EUR",
        "shipping_cents": 0,
        "discount_cents": sum(item.discount_cents for item in items) + extra_discount_cents,
        "payment_method": "card",
        "payment_status": PaymentStatus.PAID,
        "delivery_method": DeliveryMethod.STANDARD,
    } | fields
    values.setdefault("total_cents", goods + values["shipping_cents"] - extra_discount_cents)
    order = Order(number=number, customer_id=customer.id, status=status, items=items, **values)
    return await saved(session, order)


async def make_parcel(
    session: AsyncSession,
    order: Order,
    *contents: tuple[int, int],
    status: ShipmentStatus = ShipmentStatus.DELIVERED,
    delivered: float | None = None,
    **fields: Any,
) -> Shipment:
    """A parcel with (line number, quantity) pairs, or with the whole order; `delivered` counts days back."""
    lines = {item.line_no: item for item in order.items}
    whole = [(item.line_no, item.quantity) for item in order.items]
    inside = [
        ShipmentItem(order_item_id=lines[line_no].id, quantity=quantity)
        for line_no, quantity in contents or whole
    ]
    parcel = Shipment(
        number=fields.pop("number", f"S-{order.number}-{contents}"),
        order_id=order.id,
        carrier="An Post",
        status=status,
        delivered_at=None if delivered is None else days_ago(delivered),
        items=inside,
        **fields,
    )
    return await saved(session, parcel)


async def make_delivered(
    session: AsyncSession,
    customer: Customer,
    *lines: Line,
    days: float = 3,
    **fields: Any,
) -> Order:
    """An order that was delivered whole, so many days ago."""
    placed = {"placed_at": days_ago(days + 3)} | fields
    order = await make_order(session, customer, *lines, status=OrderStatus.DELIVERED, **placed)
    await make_parcel(session, order, delivered=days)
    return order


async def give_points(
    session: AsyncSession, customer: Customer, points: int, key: str = "gift", **more: Any
) -> PointsEntry:
    """Goodwill, or another kind."""
    values = {"kind": PointsKind.GOODWILL} | more
    return await loyalty.add(session, customer_id=customer.id, points=points, key=key, **values)


async def earn_points(session: AsyncSession, order: Order) -> PointsEntry | None:
    """The points of an order."""
    whole = await orders.get_by_id(session, customer_id=order.customer_id, order_id=order.id)
    return await loyalty.earn_for_order(session, order=whole)


async def make_offer(session: AsyncSession, number: str = "O-01", **fields: Any) -> Offer:
    """Ten per cent off everything, for everybody, this month."""
    values = {
        "title": "Ten per cent off",
        "kind": OfferKind.PERCENT,
        "value": 10,
        "currency": "EUR",
        "starts_at": days_ago(10),
        "ends_at": days_ago(-20),
        "code_prefix": "TEN",
    }
    return await saved(session, Offer(number=number, **{**values, **fields}))


def _item(line_no: int, line: Line) -> OrderItem:
    return OrderItem(
        line_no=line_no,
        variant_id=line.variant.id if line.variant else None,
        title=line.title,
        quantity=line.quantity,
        unit_price_cents=line.price_cents,
        discount_cents=line.discount_cents,
    )


async def warm_up(store: Store) -> None:
    """Open the connections that side-by-side attempts will need.

    Without it the first attempt would be over before the others are connected, and nothing would race.
    """
    opened = await asyncio.gather(*(store.engine.connect().start() for _ in range(15)))
    for connection in opened:
        await connection.close()
