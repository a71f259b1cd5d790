"""Writing a batch of orders with their customers, in one unit of work."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.imports.grouping import Found
from crm_store.imports.parsing import Line
from crm_store.models import Customer, DeliveryMethod, Order, OrderItem, OrderStatus, PaymentStatus
from crm_store.privacy import are_erased
from crm_store.upsert import insert_numbered


@dataclass(frozen=True)
class Written:
    """What became of a batch: counts, and the orders that could not be taken, with the reason."""

    created: int
    existing: int
    customers: int
    refused: list[tuple[Found, str]]
    erased: int
    """Orders of customers who were erased: they are left out."""


async def write(session: AsyncSession, orders: Sequence[Found]) -> Written:
    """Insert the orders that are not there yet. What is there, customers too, stays exactly as it is.

    Whoever was erased does not come back.
    """
    all_orders, numbers = len(orders), {order.first.customer for order in orders}
    gone = await are_erased(session, numbers=numbers)
    orders = [order for order in orders if order.first.customer not in gone]
    owners = await _owners(session, orders)
    known = await _known_customers(session, orders)
    fresh = [order for order in orders if order.number not in owners]
    taken = await _taken_emails(session, fresh, known)
    refused = [(order, taken[order.number]) for order in fresh if order.number in taken]
    refused += [
        (order, "this number is an order of another customer")
        for order in orders
        if order.number in owners and owners[order.number] != known.get(order.first.customer)
    ]
    fresh = [order for order in fresh if order.number not in taken]
    made = await insert_numbered(session, Customer, rows=_new_customers(fresh, known))
    known |= made
    if others := [order for order in fresh if order.first.customer not in known]:
        # Somebody else has created these customers since we looked.
        known |= await _known_customers(session, others)
    created = await insert_numbered(session, Order, rows=[_order(order, known) for order in fresh])
    items = [item for order in fresh if order.number in created for item in _items(order, created)]
    if items:
        await session.execute(insert(OrderItem), items)
    return Written(
        len(created), len(orders) - len(refused) - len(created), len(made), refused, all_orders - len(orders)
    )


async def _owners(session: AsyncSession, orders: Iterable[Found]) -> dict[str, int]:
    """By number of an order that is there: its customer's key."""
    numbers = [order.number for order in orders]
    query = select(Order.number, Order.customer_id).where(Order.number.in_(numbers))
    return dict((await session.execute(query)).all())


async def _known_customers(session: AsyncSession, orders: Iterable[Found]) -> dict[str, int]:
    numbers = {order.first.customer for order in orders}
    query = select(Customer.number, Customer.id).where(Customer.number.in_(numbers))
    return dict((await session.execute(query)).all())


async def _taken_emails(
    session: AsyncSession, orders: Sequence[Found], known: dict[str, int]
) -> dict[str, str]:
    """By order number: why its new customer cannot have the e-mail address of the file."""
    emails = {order.first.email.lower() for order in orders if order.first.email}
    query = select(func.lower(Customer.email), Customer.number)
    theirs = await session.execute(query.where(func.lower(Customer.email).in_(emails)))
    owner: dict[str, str] = dict(theirs.all())
    taken = {}
    for order in orders:
        first = order.first
        if first.email is None or first.customer in known:
            continue
        holder = owner.setdefault(first.email.lower(), first.customer)
        if holder != first.customer:
            taken[order.number] = f"its e-mail address belongs to customer {holder}"
    return taken


def _new_customers(orders: Iterable[Found], known: dict[str, int]) -> list[dict[str, Any]]:
    fresh: dict[str, dict[str, Any]] = {}
    for order in orders:
        first = order.first
        if first.customer in known:
            continue
        person = fresh.setdefault(
            first.customer,
            {
                "number": first.customer,
                "name": first.name,
                "email": first.email,
                "joined_at": first.placed_at,
            },
        )
        person["joined_at"] = min(person["joined_at"], first.placed_at)
    return list(fresh.values())


def _order(order: Found, customers: dict[str, int]) -> dict[str, Any]:
    """A bought and delivered order: a history has nothing else to say of it."""
    return {
        "number": order.number,
        "customer_id": customers[order.first.customer],
        "status": OrderStatus.DELIVERED,
        "placed_at": order.first.placed_at,
        "currency": order.first.currency,
        "discount_cents": sum(_rounding(line) for line in order.lines),
        "total_cents": sum(line.total_cents for line in order.lines),
        "payment_status": PaymentStatus.PAID,
        "delivery_method": DeliveryMethod.STANDARD,
    }


def _items(order: Found, ids: dict[str, int]) -> list[dict[str, Any]]:
    return [
        {
            "order_id": ids[order.number],
            "line_no": line_no,
            "variant_id": None,
            "title": line.title,
            "quantity": line.quantity,
            "unit_price_cents": _unit_price(line),
            "discount_cents": _rounding(line),
        }
        for line_no, line in enumerate(order.lines, start=1)
    ]


def _unit_price(line: Line) -> int:
    return -(-line.total_cents // line.quantity)


def _rounding(line: Line) -> int:
    """What pieces at the rounded-up price cost more than was paid; it is the line's discount."""
    return _unit_price(line) * line.quantity - line.total_cents
