"""Giving an offer to a customer, and what the customer does with it."""

from __future__ import annotations

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock, customers, ids, loyalty
from crm_store.errors import NotAllowed, NotFound
from crm_store.models import Grant, GrantStatus, Offer
from crm_store.offers.listing import grants_of
from crm_store.rows import take
from crm_store.upsert import insert_new


async def grant(session: AsyncSession, *, customer_id: int, offer_number: str, reason: str) -> Grant:
    """Give the customer an offer, once; one who has it already keeps it as it is."""
    await customers.get(session, customer_id=customer_id)
    offer_id = await session.scalar(select(Offer.id).where(Offer.number == offer_number))
    if offer_id is None:
        raise NotFound(f"There is no offer {offer_number}.")
    values = {
        "offer_id": offer_id,
        "customer_id": customer_id,
        "reason": reason[:200],
        "status": GrantStatus.ACTIVE,
        "granted_at": clock.now(),
    }
    await insert_new(session, Grant, unique=("offer_id", "customer_id"), values=values)
    query = grants_of(customer_id).where(Grant.offer_id == offer_id)
    return (await session.scalars(query)).one()


async def apply(session: AsyncSession, *, customer_id: int, grant_id: int) -> Grant:
    """Take the offer: the grant gets its own code, the same one every time. Also after having declined it.

    `NotAllowed` with reason `used`, `expired`, `not_started` or `tier`.
    """
    mine = await _take(session, customer_id, grant_id)
    await _refuse_out_of_reach(session, mine)
    if mine.status is GrantStatus.APPLIED and mine.code:
        return mine
    mine.code = mine.code or await _unused_code(session, mine.offer.code_prefix)
    await _decide(session, mine, GrantStatus.APPLIED)
    return mine


async def decline(session: AsyncSession, *, customer_id: int, grant_id: int) -> Grant:
    """Do not show the offer again. `NotAllowed` with reason `used` or `expired` when it is over anyway."""
    mine = await _take(session, customer_id, grant_id)
    if mine.status in (GrantStatus.USED, GrantStatus.EXPIRED):
        raise NotAllowed(mine.status.value, f"This offer is {mine.status.value}.")
    if mine.status is not GrantStatus.DECLINED:
        await _decide(session, mine, GrantStatus.DECLINED)
    return mine


async def _take(session: AsyncSession, customer_id: int, grant_id: int) -> Grant:
    locked = await take(session, select(Grant).where(Grant.id == grant_id, Grant.customer_id == customer_id))
    if locked is None:
        raise NotFound("There is no such offer.")
    return (await session.scalars(grants_of(customer_id).where(Grant.id == grant_id))).one()


async def _refuse_out_of_reach(session: AsyncSession, mine: Grant) -> None:
    now = clock.now()
    if mine.status is GrantStatus.USED:
        raise NotAllowed("used", "This offer was used already.")
    if mine.status is GrantStatus.EXPIRED or mine.offer.ends_at <= now:
        raise NotAllowed("expired", "This offer is over.")
    if mine.offer.starts_at > now:
        raise NotAllowed("not_started", "This offer has not begun yet.")
    tier = await loyalty.current_tier(session, customer_id=mine.customer_id)
    if not loyalty.reaches(tier, mine.offer.min_tier):
        raise NotAllowed("tier", "This offer is for a higher tier.")


async def _decide(session: AsyncSession, mine: Grant, status: GrantStatus) -> None:
    mine.status = status
    mine.decided_at = clock.now()
    await session.flush()
    await audit.write(
        session,
        actor=f"customer:{mine.customer_id}",
        action=f"offer_{status.value}",
        subject=f"grant:{mine.id}",
        data={"offer": mine.offer.number},
    )


async def _unused_code(session: AsyncSession, prefix: str) -> str:
    while True:
        code = ids.voucher_code(prefix)
        if not await session.scalar(select(exists().where(Grant.code == code))):
            return code
