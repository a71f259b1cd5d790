"""The wish to be erased: it waits for some days, and can be taken back until then."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock
from crm_store.errors import NotFound
from crm_store.models import Customer, Erasure
from crm_store.rows import take


async def waiting(session: AsyncSession, *, customer_id: int) -> Erasure | None:
    """The customer's wish that is neither done nor taken back."""
    mine = select(Erasure).where(Erasure.customer_id == customer_id)
    return await session.scalar(mine.where(Erasure.done_at.is_(None), Erasure.taken_back_at.is_(None)))


async def ask(session: AsyncSession, *, customer_id: int, grace: timedelta, actor: str) -> Erasure:
    """Note the wish; it comes due after `grace`. One that waits already stays as it is. Audited."""
    customer = await take(session, select(Customer).where(Customer.id == customer_id))
    if customer is None or customer.erased_at is not None:
        raise NotFound("This customer does not exist.")
    if (known := await waiting(session, customer_id=customer_id)) is not None:
        return known
    now = clock.now()
    wish = Erasure(customer_id=customer_id, requested_at=now, due_at=now + grace)
    session.add(wish)
    await session.flush()
    subject = f"customer:{customer_id}"
    await audit.write(session, actor=actor, action="erasure_asked", subject=subject)
    return wish


async def keep(session: AsyncSession, *, customer_id: int, actor: str) -> bool:
    """Take the wish back; False when there was none, or it was done. Audited."""
    await take(session, select(Customer).where(Customer.id == customer_id))
    wish = await waiting(session, customer_id=customer_id)
    if wish is None:
        return False
    wish.taken_back_at = clock.now()
    await session.flush()
    subject = f"customer:{customer_id}"
    await audit.write(session, actor=actor, action="erasure_taken_back", subject=subject)
    return True
