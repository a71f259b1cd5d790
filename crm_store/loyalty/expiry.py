"""Writing down that points expired. The balance knows without it; the history shows it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock
from crm_store.loyalty.accounts import recompute_tier, take_account
from crm_store.loyalty.ledger import entries_of, write_line
from crm_store.loyalty.lots import expiry_key, read
from crm_store.models import LoyaltyAccount, PointsEntry, PointsKind


async def expire(session: AsyncSession, *, customer_id: int, at: datetime | None = None) -> int:
    """Write an `EXPIRE` line for every lot that ran out unspent; gives the points that expired.

    Doing it again, or at once with somebody else, writes nothing twice.
    """
    await take_account(session, customer_id=customer_id)
    entries = await entries_of(session, customer_id=customer_id)
    recorded = {entry.key for entry in entries}
    total = 0
    for lot in read(entries, at or clock.now()).gone:
        if lot.expired and expiry_key(lot.entry.id) not in recorded:
            await write_line(session, _expiry_of(lot.entry, lot.expired))
            total += lot.expired
    return total


async def expire_all(session: AsyncSession, *, now: datetime | None = None) -> int:
    """`expire` for every member with a lot that ran out, and their tiers anew; gives the points that expired.

    For a scheduled job. Holds the accounts it touches until the unit ends.
    """
    at = now or clock.now()
    ran_out = select(PointsEntry.customer_id).where(PointsEntry.points > 0, PointsEntry.expires_at <= at)
    members = select(LoyaltyAccount.customer_id).where(LoyaltyAccount.customer_id.in_(ran_out))
    total = 0
    for customer_id in await session.scalars(members.order_by(LoyaltyAccount.customer_id)):
        total += await expire(session, customer_id=customer_id, at=at)
        await recompute_tier(session, customer_id=customer_id)
    return total


def _expiry_of(lot: PointsEntry, points: int) -> PointsEntry:
    # The moment the points went is the lot's end, however late the job runs.
    return PointsEntry(
        customer_id=lot.customer_id,
        kind=PointsKind.EXPIRE,
        points=-points,
        key=expiry_key(lot.id),
        order_id=lot.order_id,
        note="Expired",
        available_at=lot.expires_at,
    )
