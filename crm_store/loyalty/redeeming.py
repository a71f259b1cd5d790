"""Turning points into vouchers."""

from __future__ import annotations

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock, vouchers
from crm_store.errors import Conflict, NotAllowed, NotEnoughPoints
from crm_store.loyalty import rules
from crm_store.loyalty.accounts import take_account
from crm_store.loyalty.expiry import expire
from crm_store.loyalty.ledger import find_line, lots_of, write_line
from crm_store.models import PointsEntry, PointsKind, Voucher, VoucherSource


async def redeem(session: AsyncSession, *, customer_id: int, points: int, key: str) -> Voucher:
    """A voucher for points, in steps of `REDEEM_STEP`; the same key gives the same voucher again.

    `NotAllowed` with reason `step` for a number between the steps, `NotEnoughPoints` when fewer are active,
    `NotFound` for one who is not a member, `Conflict` when the key was used for something else.
    """
    if points < rules.REDEEM_STEP or points % rules.REDEEM_STEP:
        raise NotAllowed("step", f"Points are redeemed in steps of {rules.REDEEM_STEP}.")
    await take_account(session, customer_id=customer_id)
    line_key = f"redeem:{key}"
    known = await find_line(session, customer_id=customer_id, key=line_key)
    if known is None:
        await _spend(session, customer_id, points, line_key)
    elif known.points != -points:
        raise Conflict("This key was used for another number of points.")
    return await _voucher(session, customer_id, points, line_key)


async def _spend(session: AsyncSession, customer_id: int, points: int, line_key: str) -> None:
    await expire(session, customer_id=customer_id)
    lots = await lots_of(session, customer_id=customer_id)
    if lots.balance < points:
        raise NotEnoughPoints(f"There are {max(lots.balance, 0)} points to redeem.")
    line = PointsEntry(
        customer_id=customer_id,
        kind=PointsKind.REDEEM,
        points=-points,
        key=line_key,
        note="Voucher",
        available_at=clock.now(),
    )
    await write_line(session, line)


async def _voucher(session: AsyncSession, customer_id: int, points: int, key: str) -> Voucher:
    return await vouchers.give(
        session,
        customer_id=customer_id,
        cents=points // rules.REDEEM_STEP * rules.CENTS_PER_STEP,
        currency=rules.CURRENCY,
        source=VoucherSource.POINTS,
        key=f"points:{key}",
        expires_at=clock.now() + rules.VOUCHER_LIFE,
    )
