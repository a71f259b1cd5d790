"""Taking back the points of goods that come back, and giving them again when they stay after all."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock
from crm_store.errors import NotFound
from crm_store.loyalty.accounts import recompute_tier, take_account
from crm_store.loyalty.ledger import entries_of, find_line, write_line
from crm_store.loyalty.lots import read
from crm_store.models import Order, PointsEntry, PointsKind


@dataclass(frozen=True, slots=True)
class OrderPoints:
    """The points of one order."""

    earned: int
    taken: int
    """Taken back so far."""
    at_hand: int
    """What a reversal could take: of the order's own pending points, else of all that can be spent."""
    line: PointsEntry | None
    """Where they were earned."""

    def takeable(self, points: int) -> int:
        """How many of these points could be taken back now."""
        return max(min(points, self.earned - self.taken, self.at_hand), 0)


async def points_of_order(session: AsyncSession, *, order: Order) -> OrderPoints:
    """What the order earned, and what of it could be taken back now."""
    entries = await entries_of(session, customer_id=order.customer_id)
    own = [entry for entry in entries if entry.order_id == order.id]
    lots = read(entries, clock.now())
    pending = sum(lot.left for lot in lots.pending if lot.entry.order_id == order.id)
    return OrderPoints(
        earned=sum(entry.points for entry in own if entry.kind is PointsKind.EARN),
        taken=-sum(entry.points for entry in own if entry.kind is PointsKind.REVERSE),
        at_hand=pending if pending > 0 else max(lots.balance, 0),
        line=_earned(entries, order.id),
    )


async def reverse_for_lines(
    session: AsyncSession, *, order: Order, points: int, key: str, note: str = ""
) -> PointsEntry | None:
    """Take back points that an order earned: pending ones while they are pending, active ones after.

    Never more than the order still holds, and never more than the customer has: points that were spent before
    are lost to the shop, which the audit log notes. None when there is nothing to take back.
    """
    try:
        await take_account(session, customer_id=order.customer_id)
    except NotFound:
        return None
    if known := await find_line(session, customer_id=order.customer_id, key=key):
        return known
    of_order = await points_of_order(session, order=order)
    taken, earned_line = of_order.takeable(points), of_order.line
    if taken < points:
        await _note_shortfall(session, order, points, taken)
    if not taken:
        return None
    now = clock.now()
    line = PointsEntry(
        customer_id=order.customer_id,
        kind=PointsKind.REVERSE,
        points=-taken,
        key=key,
        order_id=order.id,
        note=note or f"Return from order {order.number}",
        available_at=max(now, earned_line.available_at) if earned_line else now,
    )
    await write_line(session, line)
    await recompute_tier(session, customer_id=order.customer_id)
    return line


async def give_back(session: AsyncSession, *, order: Order, reversal_key: str) -> PointsEntry | None:
    """Undo a reversal: the points come back, as pending and as long-lived as they were."""
    try:
        await take_account(session, customer_id=order.customer_id)
    except NotFound:
        return None
    key = f"{reversal_key}:undone"
    if known := await find_line(session, customer_id=order.customer_id, key=key):
        return known
    reversal = await find_line(session, customer_id=order.customer_id, key=reversal_key)
    if reversal is None:
        return None
    entries = await entries_of(session, customer_id=order.customer_id)
    earned = _earned(entries, order.id)
    line = PointsEntry(
        customer_id=order.customer_id,
        kind=PointsKind.REVERSE,
        points=-reversal.points,
        key=key,
        order_id=order.id,
        note=f"Order {order.number} stays",
        available_at=max(clock.now(), reversal.available_at),
        expires_at=earned.expires_at if earned else None,
    )
    await write_line(session, line)
    await recompute_tier(session, customer_id=order.customer_id)
    return line


def _earned(entries: list[PointsEntry], order_id: int) -> PointsEntry | None:
    earned = (line for line in entries if line.order_id == order_id and line.kind is PointsKind.EARN)
    return next(earned, None)


async def _note_shortfall(session: AsyncSession, order: Order, wanted: int, taken: int) -> None:
    await audit.write(
        session,
        actor="system",
        action="points_not_reversed",
        subject=f"customer:{order.customer_id}",
        data={"order": order.number, "wanted": wanted, "taken": taken},
    )
