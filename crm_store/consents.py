"""Consents: append-only, the newest line of a purpose counts. Without any line nothing is allowed."""

from __future__ import annotations

from sqlalchemy import ColumnElement, and_, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock
from crm_store.models import Consent, ContactPoint, Purpose


async def record(
    session: AsyncSession,
    *,
    purpose: Purpose,
    granted: bool,
    wording: str,
    source: str,
    customer_id: int | None = None,
    contact_point_id: int | None = None,
) -> Consent:
    """Write down what was allowed or forbidden, in whose words, and where (`web`, `sms`, `desk`, …)."""
    line = Consent(
        customer_id=customer_id,
        contact_point_id=contact_point_id,
        purpose=purpose,
        granted=granted,
        wording=wording,
        source=source[:32],
        at=clock.now(),
    )
    session.add(line)
    await session.flush()
    who = f"customer:{customer_id}" if customer_id else f"contact:{contact_point_id}"
    action = "consent_granted" if granted else "consent_withdrawn"
    await audit.write(session, actor=who, action=action, subject=who, data={"purpose": purpose.value})
    return line


async def current(session: AsyncSession, *, customer_id: int) -> dict[Purpose, bool]:
    """What the customer allows now, purpose by purpose.

    An opt-out of one of the customer's contact points counts too, also from before it was known whose it is;
    an opt-in from then does not.
    """
    lines = await session.scalars(select(Consent).where(_counts_for(customer_id)).order_by(Consent.id))
    allowed = dict.fromkeys(Purpose, False)
    allowed.update((line.purpose, line.granted) for line in lines)
    return allowed


async def allows(session: AsyncSession, *, customer_id: int, purpose: Purpose) -> bool:
    """Whether the customer may be written to for this purpose."""
    return (await current(session, customer_id=customer_id))[purpose]


async def refuses(session: AsyncSession, *, customer_id: int, purpose: Purpose) -> bool:
    """Whether the customer said no to it, which is more than never having said yes."""
    query = select(Consent).where(_counts_for(customer_id), Consent.purpose == purpose)
    newest = await session.scalar(query.order_by(Consent.id.desc()).limit(1))
    return newest is not None and not newest.granted


async def opt_out_everything(
    session: AsyncSession,
    *,
    contact_point_id: int,
    wording: str,
    source: str,
    customer_id: int | None = None,
) -> list[Consent]:
    """STOP: forbid every purpose, for the contact point and for the customer behind it when known."""
    return [
        await record(
            session,
            customer_id=customer_id,
            contact_point_id=contact_point_id,
            purpose=purpose,
            granted=False,
            wording=wording,
            source=source,
        )
        for purpose in Purpose
    ]


def _counts_for(customer_id: int) -> ColumnElement[bool]:
    own_points = select(ContactPoint.id).where(ContactPoint.customer_id == customer_id)
    opted_out_unknown = and_(
        Consent.customer_id.is_(None),
        Consent.contact_point_id.in_(own_points),
        Consent.granted.is_(False),
    )
    return or_(Consent.customer_id == customer_id, opted_out_unknown)
