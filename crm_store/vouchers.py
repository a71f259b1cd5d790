"""Vouchers: money to spend in the shop, by a code."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock, ids
from crm_store.errors import Conflict
from crm_store.models import Voucher, VoucherSource
from crm_store.upsert import insert_new

_PREFIXES: Final = {
    VoucherSource.POINTS: "LARK",
    VoucherSource.STORE_CREDIT: "CREDIT",
    VoucherSource.GIFT_CARD: "GIFT",
    VoucherSource.GOODWILL: "THANKS",
}


async def list_vouchers(session: AsyncSession, *, customer_id: int, spent_too: bool = False) -> list[Voucher]:
    """The vouchers that still buy something, newest first; `spent_too` adds the used and expired ones."""
    query = select(Voucher).where(Voucher.customer_id == customer_id).order_by(Voucher.id.desc())
    if not spent_too:
        unexpired = Voucher.expires_at.is_(None) | (Voucher.expires_at > clock.now())
        query = query.where(Voucher.remaining_cents > 0, unexpired)
    return list(await session.scalars(query))


async def give(
    session: AsyncSession,
    *,
    customer_id: int,
    cents: int,
    currency: str,
    source: VoucherSource,
    key: str,
    expires_at: datetime | None = None,
) -> Voucher:
    """A new voucher worth `cents` minor units; the same key gives the same voucher again.

    `Conflict` when the key was used for another customer or another value.
    """
    if cents < 1:
        raise ValueError(f"Not a voucher's value: {cents}")
    values: dict[str, Any] = {
        "customer_id": customer_id,
        "source": source,
        "value_cents": cents,
        "remaining_cents": cents,
        "currency": currency,
        "key": key,
        "created_at": clock.now(),
        "expires_at": expires_at,
    }
    made = None
    while made is None:
        # One that nobody has: the same code twice is as unlikely as can be, so it is tried, not asked.
        values["code"] = ids.voucher_code(_PREFIXES[source])
        made = await insert_new(session, Voucher, unique=(), values=values)
        if made is None and (known := await _given(session, customer_id, cents, key)):
            return known
    await audit.write(
        session,
        actor="system",
        action="voucher_given",
        subject=f"customer:{customer_id}",
        data={"voucher": made.id, "cents": cents, "currency": currency, "source": source.value},
    )
    return made


async def _given(session: AsyncSession, customer_id: int, cents: int, key: str) -> Voucher | None:
    voucher = await session.scalar(select(Voucher).where(Voucher.key == key))
    if voucher and (voucher.customer_id, voucher.value_cents) != (customer_id, cents):
        raise Conflict("This key was used for another voucher.")
    return voucher
