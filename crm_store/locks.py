"""Locks on things that have no row yet."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.session import is_sqlite


async def exclusive(session: AsyncSession, name: str) -> None:
    """Wait until no other unit holds `name`, and hold it until this one ends."""
    # SQLite's units exclude each other as it is.
    if not is_sqlite(session):
        await session.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(name, 0))))
