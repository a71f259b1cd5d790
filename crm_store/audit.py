"""The audit log: written by whoever does something that matters, in the same transaction as the deed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock
from crm_store.models import AuditEntry


async def write(
    session: AsyncSession, *, actor: str, action: str, subject: str, data: Mapping[str, Any] | None = None
) -> AuditEntry:
    """Add one line: `actor` (`contact:17`, `agent:3`, `system`) did `action` to `subject` (`order:A-7`)."""
    entry = AuditEntry(at=clock.now(), actor=actor, action=action, subject=subject, data=dict(data or {}))
    session.add(entry)
    await session.flush()
    return entry


async def entries(
    session: AsyncSession,
    *,
    subject: str | None = None,
    action: str | None = None,
    since: datetime | None = None,
    limit: int = 100,
) -> list[AuditEntry]:
    """The newest lines first, narrowed by what is given; `since` is inclusive."""
    query = select(AuditEntry).order_by(AuditEntry.id.desc()).limit(limit)
    if subject is not None:
        query = query.where(AuditEntry.subject == subject)
    if action is not None:
        query = query.where(AuditEntry.action == action)
    if since is not None:
        query = query.where(AuditEntry.at >= since)
    return list(await session.scalars(query))
