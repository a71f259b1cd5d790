"""Contact points: whose address a message came from, and how sure we are."""

from __future__ import annotations

from typing import Final

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from crm_store import audit, clock
from crm_store.errors import Conflict, NotFound
from crm_store.models import Channel, ContactPoint, Customer, Level
from crm_store.rows import hold, take_by_key
from crm_store.session import is_sqlite
from crm_store.upsert import insert_new

ERASED: Final = "erased:"
"""How addresses begin behind which somebody was whom nobody knows any more."""
_WITH_ADDRESS: Final = select(ContactPoint).where(
    ContactPoint.channel == bindparam("channel"), ContactPoint.address == bindparam("address")
)


async def find_or_create(session: AsyncSession, *, channel: Channel, address: str) -> ContactPoint:
    """The contact point of this address; a new one is anonymous. Two at once get the same one."""
    mine = {"channel": channel, "address": address}
    if found := await session.scalar(_WITH_ADDRESS, mine):
        return found
    values = {"channel": channel, "address": address, "level": Level.ANONYMOUS, "created_at": clock.now()}
    made = await insert_new(session, ContactPoint, unique=("channel", "address"), values=values)
    return made or (await session.scalars(_WITH_ADDRESS, mine)).one()


async def find(session: AsyncSession, *, channel: Channel, address: str) -> ContactPoint | None:
    """The contact point of this address with its customer; None where there is none yet."""
    query = _WITH_ADDRESS.options(joinedload(ContactPoint.customer))
    return await session.scalar(query, {"channel": channel, "address": address})


async def get(session: AsyncSession, *, contact_point_id: int) -> ContactPoint:
    """The contact point; `NotFound` without one."""
    point = await session.get(ContactPoint, contact_point_id)
    if point is None:
        raise NotFound("This contact point does not exist.")
    return point


async def has_address(session: AsyncSession, *, contact_point_id: int, address: str) -> bool:
    """Whether a contact point that was read before some wait still has this address."""
    if is_sqlite(session):
        return True
    now = select(ContactPoint.address).where(ContactPoint.id == contact_point_id)
    return await session.scalar(now) == address


async def take_one(session: AsyncSession, *, contact_point_id: int) -> ContactPoint:
    """The contact point, kept from other writers until the unit ends; `NotFound` without one."""
    point = await take_by_key(session, ContactPoint, contact_point_id)
    if point is None:
        raise NotFound("This contact point does not exist.")
    return point


async def move(session: AsyncSession, *, channel: Channel, address: str, to: str, customer_id: int) -> None:
    """Give the contact point of `address` the address `to`, with all that was said there, for that customer.

    It stays where it is when it is verified for another customer, or `to` is somebody's already.
    """
    point = await session.scalar(_WITH_ADDRESS, {"channel": channel, "address": address})
    if point is None:
        return
    await hold(session, point)
    others = point.level is Level.VERIFIED and point.customer_id != customer_id
    # Two at once move it once: the second finds it gone.
    if point.address != address or others or await find(session, channel=channel, address=to):
        return
    point.address = to
    await session.flush()


async def claim(session: AsyncSession, *, contact_point_id: int, customer_id: int) -> ContactPoint:
    """Note who they say they are. A verified contact point stays so; `Conflict` when for another customer."""
    point = await take_one(session, contact_point_id=contact_point_id)
    if point.level is Level.VERIFIED:
        _same_customer(point, customer_id)
        return point
    if point.customer_id != customer_id:
        await _living(session, customer_id)
        point.customer_id = customer_id
        point.level = Level.CLAIMED
        await _note(session, point, "contact_claimed")
    return point


async def verify(session: AsyncSession, *, contact_point_id: int, customer_id: int) -> ContactPoint:
    """They proved who they are; `NotFound` for somebody erased.

    `Conflict` when it is verified for another customer: sign out first.
    """
    point = await take_one(session, contact_point_id=contact_point_id)
    if point.level is Level.VERIFIED:
        _same_customer(point, customer_id)
        return point
    await _living(session, customer_id)
    point.customer_id = customer_id
    point.level = Level.VERIFIED
    point.verified_at = clock.now()
    await _note(session, point, "contact_verified")
    return point


async def forget(session: AsyncSession, *, contact_point_id: int) -> ContactPoint:
    """Sign out: nobody is known behind this contact point any more."""
    point = await take_one(session, contact_point_id=contact_point_id)
    if point.customer_id is not None:
        await _note(session, point, "contact_forgotten")
    point.customer_id = None
    point.level = Level.ANONYMOUS
    point.verified_at = None
    await session.flush()
    return point


async def _living(session: AsyncSession, customer_id: int) -> None:
    """`NotFound` for one who is erased, also by a unit that just ended: nobody becomes them after that."""
    customer = await take_by_key(session, Customer, customer_id)
    if customer is None or customer.erased_at is not None:
        raise NotFound("This customer does not exist.")


def _same_customer(point: ContactPoint, customer_id: int) -> None:
    if point.customer_id != customer_id:
        raise Conflict("This contact point is verified for another customer.")


async def _note(session: AsyncSession, point: ContactPoint, action: str) -> None:
    subject = f"contact:{point.id}"
    await audit.write(
        session, actor=subject, action=action, subject=subject, data={"customer_id": point.customer_id}
    )
