"""Making a return: everything is checked again while nobody else can change the order."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload
from sqlalchemy.orm.attributes import set_committed_value

from crm_store import audit, catalogue, clock, ids, loyalty, orders, refunds, vouchers
from crm_store.errors import Conflict, NotAllowed
from crm_store.models import (
    Order,
    Refund,
    RefundMethod,
    Resolution,
    Return,
    ReturnItem,
    ReturnStatus,
    Variant,
    VoucherSource,
)
from crm_store.models.product import WEB_LOCATION
from crm_store.returns.quote import Quote, ReturnLine, price
from crm_store.returns.reading import returns_of
from crm_store.returns.standing import standings

NUMBER_PREFIX: Final = "R-"
NUMBER_BASE: Final = 5000
_LABEL_LENGTH: Final = 12


async def create_return(
    session: AsyncSession,
    *,
    customer_id: int,
    number: str,
    lines: Sequence[ReturnLine],
    resolution: Resolution,
    key: str,
    exchange_variant_id: int | None = None,
) -> Return:
    """Make a return of lines of the order, with its label; the same key gives the same return again.

    Store credit is given at once, money is promised, the goods of an exchange are put aside, and the points
    earned on the lines are taken back. Refuses as `quote` does; an exchange also `NotAllowed` with reason
    `exchange_variant` for a variant of another product, and `OutOfStock`. `Conflict` when the key was used
    for another order. What is refused leaves no trace.
    """
    order = await orders.take_order(session, customer_id=customer_id, number=number)
    label_code = _label_code(customer_id, key)
    if known := await _known(session, order, label_code):
        return known
    [standing] = await standings(session, orders=[order])
    offered = await price(session, standing=standing, lines=lines, resolution=resolution)
    wanted = None
    if resolution is Resolution.EXCHANGE:
        wanted = await _put_aside(session, order, lines, exchange_variant_id)
    made = await _write(session, order, lines, resolution, wanted, label_code)
    await _take_points_back(session, order, made, offered)
    # Only told, not written: whoever reads the return finds its refunds.
    set_committed_value(made, "refunds", await _give_money(session, order, made, offered))
    await audit.write(
        session,
        actor=f"customer:{customer_id}",
        action="return_created",
        subject=f"return:{made.number}",
        data={"order": order.number, "resolution": resolution.value, "cents": offered.total_cents},
    )
    return made


def points_key(return_id: int) -> str:
    """The idempotency key of the points that a return takes back."""
    return f"reverse:return:{return_id}"


def _label_code(customer_id: int, key: str) -> str:
    # Made from the key, so that the same request finds the return that it made before.
    digest = base64.b32encode(hashlib.sha256(f"{customer_id}:{key}".encode()).digest()).decode()
    return f"WL{digest[:_LABEL_LENGTH]}"


async def _known(session: AsyncSession, order: Order, label_code: str) -> Return | None:
    known = await session.scalar(returns_of(order.customer_id).where(Return.label_code == label_code))
    if known and known.order_id != order.id:
        raise Conflict("This key was used for a return of another order.")
    return known


async def _write(
    session: AsyncSession,
    order: Order,
    lines: Sequence[ReturnLine],
    resolution: Resolution,
    wanted: Variant | None,
    label_code: str,
) -> Return:
    row_id, number = await ids.next_number(session, Return, prefix=NUMBER_PREFIX, base=NUMBER_BASE)
    goods = {item.line_no: item for item in order.items}
    made = Return(
        id=row_id,
        number=number,
        order=order,
        customer_id=order.customer_id,
        status=ReturnStatus.LABEL_SENT,
        resolution=resolution,
        exchange_variant=wanted,
        label_code=label_code,
        requested_at=clock.now(),
        items=[
            ReturnItem(order_item=goods[line.line_no], quantity=line.quantity, reason=line.reason)
            for line in lines
        ],
    )
    session.add(made)
    await session.flush()
    return made


async def _take_points_back(session: AsyncSession, order: Order, made: Return, offered: Quote) -> None:
    if offered.points_back:
        await loyalty.reverse_for_lines(
            session,
            order=order,
            points=offered.points_back,
            key=points_key(made.id),
            note=f"Return {made.number} of order {order.number}",
        )


async def _put_aside(
    session: AsyncSession, order: Order, lines: Sequence[ReturnLine], variant_id: int | None
) -> Variant:
    query = select(Variant).where(Variant.id == variant_id).options(joinedload(Variant.product))
    wanted = await session.scalar(query)
    going = {item.variant for item in order.items if item.line_no in {line.line_no for line in lines}}
    if wanted is None or any(gone is None or gone.product_id != wanted.product_id for gone in going):
        raise NotAllowed("exchange_variant", "An exchange is for another size or colour of the same product.")
    await catalogue.take_stock(
        session,
        variant_id=wanted.id,
        location_slug=WEB_LOCATION,
        quantity=sum(line.quantity for line in lines),
    )
    return wanted


async def _give_money(session: AsyncSession, order: Order, made: Return, offered: Quote) -> list[Refund]:
    """The refunds of the return: one, or none where there is nothing to give."""
    if not offered.total_cents:
        return []
    as_credit = made.resolution is Resolution.STORE_CREDIT
    key = f"return:{made.id}"
    if as_credit:
        await vouchers.give(
            session,
            customer_id=order.customer_id,
            cents=offered.total_cents,
            currency=offered.currency,
            source=VoucherSource.STORE_CREDIT,
            key=key,
        )
    promised = await refunds.create(
        session,
        order=order,
        cents=offered.total_cents,
        method=RefundMethod.STORE_CREDIT if as_credit else refunds.way_back(order),
        key=key,
        return_id=made.id,
    )
    return [promised]
