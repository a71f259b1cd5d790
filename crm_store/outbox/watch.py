"""Looking at the outbox from outside: what is stuck, and how much of everything."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.models import Channel, OutboxRow, OutboxState


async def uncertain(session: AsyncSession, *, channels: Collection[Channel], limit: int) -> list[OutboxRow]:
    """Rows whose fate the provider should be asked about, oldest first."""
    lost = (OutboxRow.state == OutboxState.UNCERTAIN, OutboxRow.channel.in_(channels))
    return list(await session.scalars(select(OutboxRow).where(*lost).order_by(OutboxRow.id).limit(limit)))


async def count_by_state(session: AsyncSession) -> dict[OutboxState, int]:
    """How many rows are in each state; every state is there."""
    counted = await session.execute(select(OutboxRow.state, func.count()).group_by(OutboxRow.state))
    return dict.fromkeys(OutboxState, 0) | dict(counted.all())
