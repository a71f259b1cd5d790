"""Mails leave by the outbox as well; they belong to no conversation."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock
from crm_store.models import Channel, OutboxRow
from crm_store.texts import storable


async def enqueue_mail(
    session: AsyncSession, *, to: str, subject: str, body: str, customer_id: int | None = None
) -> OutboxRow:
    """Let a mail of plain text leave when this unit commits.

    `customer_id`: whom it is about. Their address may be another one when they are erased.
    """
    now = clock.now()
    payload: dict[str, Any] = {"subject": storable(subject), "body": storable(body)}
    if customer_id is not None:
        payload["customer"] = customer_id
    row = OutboxRow(channel=Channel.EMAIL, address=to, payload=payload, next_attempt_at=now, created_at=now)
    session.add(row)
    await session.flush()
    return row


async def recent_mails(session: AsyncSession, *, limit: int = 20) -> list[OutboxRow]:
    """The newest mails first, whatever became of them; those of erased customers are empty."""
    mails = select(OutboxRow).where(OutboxRow.channel == Channel.EMAIL)
    return list(await session.scalars(mails.order_by(OutboxRow.id.desc()).limit(limit)))
