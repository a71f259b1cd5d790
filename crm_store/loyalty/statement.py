"""What a member is told about their points."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock
from crm_store.loyalty import rules
from crm_store.loyalty.accounts import earned_in_12_months, get_account
from crm_store.loyalty.ledger import entries_of
from crm_store.loyalty.lots import Lots, read
from crm_store.models import PointsEntry, Tier

SOON: Final = timedelta(days=30)


@dataclass(frozen=True, slots=True)
class Statement:
    """A member's points at one moment."""

    balance: int
    """Active points: they can be redeemed."""
    pending: int
    pending_available_at: datetime | None
    """When the next pending points become active."""
    next_expiry: tuple[int, datetime] | None
    """How many points expire next if they are not redeemed, and when."""
    expiring_within_30_days: int
    tier: Tier
    points_12_months: int
    next_tier: Tier | None
    points_to_next: int | None


async def statement(session: AsyncSession, *, customer_id: int) -> Statement:
    """The member's points now; `NotFound` for one who is not a member."""
    await get_account(session, customer_id=customer_id)
    now = clock.now()
    entries = await entries_of(session, customer_id=customer_id)
    lots = read(entries, now)
    earned = earned_in_12_months(entries, now)
    tier = rules.tier_for(earned)
    above = rules.next_tier(tier)
    expiries = _expiries(lots)
    return Statement(
        balance=max(lots.balance, 0),
        pending=sum(lot.left for lot in lots.pending),
        pending_available_at=min((lot.entry.available_at for lot in lots.pending if lot.left), default=None),
        next_expiry=next(((points, at) for at, points in expiries), None),
        expiring_within_30_days=sum(points for at, points in expiries if at <= now + SOON),
        tier=tier,
        points_12_months=earned,
        next_tier=above,
        points_to_next=rules.TIERS[above] - earned if above else None,
    )


async def history(session: AsyncSession, *, customer_id: int, limit: int = 10) -> list[PointsEntry]:
    """The newest lines of the ledger first."""
    query = select(PointsEntry).where(PointsEntry.customer_id == customer_id)
    newest = query.order_by(PointsEntry.created_at.desc(), PointsEntry.id.desc()).limit(limit)
    return list(await session.scalars(newest))


def _expiries(lots: Lots) -> list[tuple[datetime, int]]:
    """(moment, points) of what expires, soonest first; what expires on one day counts as one."""
    days: dict[object, tuple[datetime, int]] = {}
    for lot in lots.active:
        if lot.left and lot.entry.expires_at:
            day = lot.entry.expires_at.date()
            at, points = days.get(day, (lot.entry.expires_at, 0))
            days[day] = at, points + lot.left
    return list(days.values())
