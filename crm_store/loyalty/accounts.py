"""Membership and tiers."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock, customers
from crm_store.errors import NotFound
from crm_store.loyalty.rules import EARNING, YEAR, tier_for
from crm_store.models import LoyaltyAccount, PointsEntry, PointsKind, Tier
from crm_store.rows import take_by_key
from crm_store.upsert import insert_new


async def enrol(session: AsyncSession, *, customer_id: int) -> LoyaltyAccount:
    """Make the customer a member of Lark Club; a member stays what they are."""
    customer = await customers.get(session, customer_id=customer_id)
    if customer.erased_at:
        raise NotFound("This customer does not exist.")
    values = {"customer_id": customer_id, "tier": Tier.FLEDGLING, "enrolled_at": clock.now()}
    made = await insert_new(session, LoyaltyAccount, unique=("customer_id",), values=values)
    if made is None:
        return await get_account(session, customer_id=customer_id)
    subject = f"customer:{customer_id}"
    await audit.write(session, actor=subject, action="club_joined", subject=subject)
    return made


async def get_account(session: AsyncSession, *, customer_id: int) -> LoyaltyAccount:
    """The membership; `NotFound` for a customer who is not a member."""
    return _member(await session.get(LoyaltyAccount, customer_id))


async def take_account(session: AsyncSession, *, customer_id: int) -> LoyaltyAccount:
    """As `get_account`; until the unit ends nobody else changes this customer's points."""
    return _member(await take_by_key(session, LoyaltyAccount, customer_id))


def earned_in_12_months(entries: Iterable[PointsEntry], now: datetime) -> int:
    """As `points_of_12_months`, from all the customer's lines at hand."""
    counts = EARNING | {PointsKind.REVERSE}
    return max(sum(e.points for e in entries if e.kind in counts and e.created_at > now - YEAR), 0)


async def points_of_12_months(session: AsyncSession, *, customer_id: int) -> int:
    """What counts for the tier: points earned in 365 days, pending ones too, less those taken back."""
    counts = PointsEntry.kind.in_([*EARNING, PointsKind.REVERSE])
    total = await session.scalar(
        select(func.sum(case((counts, PointsEntry.points), else_=0))).where(
            PointsEntry.customer_id == customer_id, PointsEntry.created_at > clock.now() - YEAR
        )
    )
    return max(int(total or 0), 0)


async def current_tier(session: AsyncSession, *, customer_id: int) -> Tier:
    """The tier the ledger makes today, whatever the account said last; the lowest for a non-member."""
    return tier_for(await points_of_12_months(session, customer_id=customer_id))


async def recompute_tier(session: AsyncSession, *, customer_id: int) -> Tier:
    """Write today's tier on the account, up or down."""
    account = await take_account(session, customer_id=customer_id)
    account.tier = await current_tier(session, customer_id=customer_id)
    await session.flush()
    return account.tier


def _member(account: LoyaltyAccount | None) -> LoyaltyAccount:
    if account is None:
        raise NotFound("This customer is not a member of Lark Club.")
    return account
