"""Writing lines of the points ledger. Whoever writes one holds the account; no line is ever changed.

An idempotency key is written once: asked for again, the line that has it is given.
"""

from __future__ import annotations

from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock
from crm_store.errors import Conflict, NotFound
from crm_store.loyalty import rules
from crm_store.loyalty.accounts import current_tier, recompute_tier, take_account
from crm_store.loyalty.lots import Lots, read
from crm_store.models import Order, OrderStatus, PaymentStatus, PointsEntry, PointsKind

_ENTRIES: Final = (
    select(PointsEntry).where(PointsEntry.customer_id == bindparam("customer_id")).order_by(PointsEntry.id)
)


async def entries_of(session: AsyncSession, *, customer_id: int) -> list[PointsEntry]:
    """Every line of the customer, oldest first."""
    return list(await session.scalars(_ENTRIES, {"customer_id": customer_id}))


async def lots_of(session: AsyncSession, *, customer_id: int, at: datetime | None = None) -> Lots:
    """The customer's points, lot by lot, now or at a given moment."""
    entries = await entries_of(session, customer_id=customer_id)
    return read(entries, at or clock.now())


async def add(
    session: AsyncSession,
    *,
    customer_id: int,
    kind: PointsKind,
    points: int,
    key: str,
    note: str = "",
    available_at: datetime | None = None,
    order_id: int | None = None,
) -> PointsEntry:
    """Give points: sign-up, review, referral, goodwill. They expire a year after they become active.

    `NotFound` for one who is not a member, `Conflict` when the key was used for another customer.
    """
    if points < 1 or kind not in rules.GIVING:
        raise ValueError(f"Not points to give: {points} {kind}")
    await take_account(session, customer_id=customer_id)
    if known := await find_line(session, customer_id=customer_id, key=key):
        return known
    active = available_at or clock.now()
    line = PointsEntry(
        customer_id=customer_id,
        kind=kind,
        points=points,
        key=key,
        order_id=order_id,
        note=note,
        available_at=active,
        expires_at=active + rules.EXPIRY,
    )
    await write_line(session, line)
    await recompute_tier(session, customer_id=customer_id)
    return line


async def earn_for_order(session: AsyncSession, *, order: Order) -> PointsEntry | None:
    """The points of a paid order, pending until its return window closes; None when it earns none.

    `order` comes with its parcels. Customers who are not members earn nothing.
    """
    if order.payment_status is not PaymentStatus.PAID or order.status is OrderStatus.CANCELLED:
        return None
    tier = await current_tier(session, customer_id=order.customer_id)
    points = rules.points_for(rules.earning_cents(order), tier)
    delivered = [parcel.delivered_at for parcel in order.shipments]
    last = max((at for at in delivered if at), default=None) if all(delivered) else None
    if not points:
        return None
    try:
        return await add(
            session,
            customer_id=order.customer_id,
            kind=PointsKind.EARN,
            points=points,
            key=earn_key(order.id),
            note=f"Order {order.number}",
            available_at=rules.active_from(order.placed_at, last),
            order_id=order.id,
        )
    except NotFound:
        return None


def earn_key(order_id: int) -> str:
    """The idempotency key of an order's points."""
    return f"earn:order:{order_id}"


async def earned_for(session: AsyncSession, *, order_id: int) -> tuple[int, int]:
    """(points an order earned, points of it taken back so far)."""
    rows = await session.execute(
        select(PointsEntry.kind, func.sum(PointsEntry.points))
        .where(
            PointsEntry.order_id == order_id,
            PointsEntry.kind.in_([PointsKind.EARN, PointsKind.REVERSE]),
        )
        .group_by(PointsEntry.kind)
    )
    sums = {kind: int(total) for kind, total in rows}
    return sums.get(PointsKind.EARN, 0), -sums.get(PointsKind.REVERSE, 0)


async def find_line(session: AsyncSession, *, customer_id: int, key: str) -> PointsEntry | None:
    """The line with this key; `Conflict` when it is another customer's."""
    line = await session.scalar(select(PointsEntry).where(PointsEntry.key == key))
    if line and line.customer_id != customer_id:
        raise Conflict("This key was used for another customer.")
    return line


async def write_line(session: AsyncSession, line: PointsEntry) -> None:
    """Add the line to the ledger and to the audit log."""
    line.created_at = clock.now()
    session.add(line)
    await session.flush()
    await audit.write(
        session,
        actor="system",
        action=f"points_{line.kind.value}",
        subject=f"customer:{line.customer_id}",
        data={"points": line.points, "key": line.key},
    )
