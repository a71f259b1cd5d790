"""Looking at a customer's claims."""

from __future__ import annotations

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from crm_store.errors import NotFound
from crm_store.models import Claim, ClaimItem


def claims_of(customer_id: int) -> Select[Claim]:
    """The customer's claims with what hangs on them, newest first."""
    return (
        select(Claim)
        .where(Claim.customer_id == customer_id)
        .order_by(Claim.created_at.desc(), Claim.id.desc())
        .options(
            joinedload(Claim.order, innerjoin=True),
            joinedload(Claim.replacement),
            joinedload(Claim.refund),
            joinedload(Claim.ticket),
            selectinload(Claim.items).joinedload(ClaimItem.order_item, innerjoin=True),
        )
    )


async def list_claims(
    session: AsyncSession, *, customer_id: int, order_id: int | None = None, limit: int = 20
) -> list[Claim]:
    """The customer's claims, newest first; of one order, when it is given."""
    query = claims_of(customer_id).limit(limit)
    if order_id is not None:
        query = query.where(Claim.order_id == order_id)
    return list(await session.scalars(query))


async def count_claims(session: AsyncSession, *, customer_id: int, order_id: int) -> int:
    """How many claims the customer made about one order."""
    mine = select(func.count()).where(Claim.customer_id == customer_id, Claim.order_id == order_id)
    return await session.scalar(mine) or 0


async def get_claim(session: AsyncSession, *, customer_id: int, number: str) -> Claim:
    """The customer's claim; `NotFound` without one."""
    tidy = number.strip().upper()
    found = await session.scalar(claims_of(customer_id).where(Claim.number == tidy))
    if found is None:
        raise NotFound(f"There is no claim {tidy[:32]}.")
    return found
