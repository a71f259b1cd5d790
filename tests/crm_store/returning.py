"""What the tests of returns share: a shop with one delivered order, and short ways to ask."""

from __future__ import annotations

from typing import Any

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import catalogue, loyalty, orders, returns
from crm_store.models import (
    Customer,
    Resolution,
    Return,
    ReturnReason,
    Variant,
)
from crm_store.returns import Quote, ReturnLine
from crm_store.session import Store
from tests.crm_store.builders import Line, make_delivered, make_member, make_product

CARD, CREDIT, EXCHANGE = Resolution.REFUND_CARD, Resolution.STORE_CREDIT, Resolution.EXCHANGE


def piece(line_no: int = 1, quantity: int = 1, reason: ReturnReason = ReturnReason.TOO_SMALL) -> ReturnLine:
    return ReturnLine(line_no, quantity, reason)


async def shop(store: Store, *lines: Line, stock: int = 5, **fields: Any) -> tuple[Customer, list[Variant]]:
    """A member whose order A-10042 was delivered and earned points; and the sizes of the jacket in it."""
    async with store.unit() as session:
        ada = await make_member(session)
        jacket = await make_product(session, stock=stock)
        whole = lines or (Line(jacket.variants[0], quantity=3),)
        order = await make_delivered(session, ada, *whole, **fields)
        order = await orders.get_by_id(session, customer_id=ada.id, order_id=order.id)
        await loyalty.earn_for_order(session, order=order)
        return ada, list(jacket.variants)


async def create(
    store: Store,
    customer: Customer,
    *lines: ReturnLine,
    resolution: Resolution = CARD,
    key: str = "key",
    variant_id: int | None = None,
    number: str = "A-10042",
) -> Return:
    async with store.unit() as session:
        return await returns.create_return(
            session,
            customer_id=customer.id,
            number=number,
            lines=lines or [piece()],
            resolution=resolution,
            key=key,
            exchange_variant_id=variant_id,
        )


async def offered(
    store: Store, customer: Customer, *lines: ReturnLine, resolution: Resolution = CARD
) -> Quote:
    async with store.reading() as session:
        return await returns.quote(
            session, customer_id=customer.id, number="A-10042", lines=lines, resolution=resolution
        )


async def pending_points(session: AsyncSession, customer: Customer) -> int:
    return (await loyalty.statement(session, customer_id=customer.id)).pending


async def in_stock(store: Store, variant: Variant) -> int:
    async with store.reading() as session:
        return (await catalogue.stock_of(session, variant_id=variant.id))["web"]
