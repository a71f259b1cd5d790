"""Remembering what a customer has been told unasked."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock
from crm_store.models import ProactiveNote
from crm_store.upsert import insert_new


async def note(session: AsyncSession, *, customer_id: int, key: str) -> bool:
    """Write down that they are told now; False when they have been, also by a unit that just ended."""
    values = {"customer_id": customer_id, "key": key, "said_at": clock.now()}
    return await insert_new(session, ProactiveNote, unique=["customer_id", "key"], values=values) is not None


async def told(session: AsyncSession, *, customer_id: int, keys: Collection[str]) -> set[str]:
    """Those of `keys` that the customer has been told."""
    mine = (ProactiveNote.customer_id == customer_id, ProactiveNote.key.in_(keys))
    return set(await session.scalars(select(ProactiveNote.key).where(*mine)))


async def any_since(session: AsyncSession, *, customer_id: int, since: datetime) -> bool:
    """Whether the customer has been told anything since that moment."""
    mine = (ProactiveNote.customer_id == customer_id, ProactiveNote.said_at > since)
    return await session.scalar(select(ProactiveNote.key).where(*mine).limit(1)) is not None
