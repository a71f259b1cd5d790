"""Taking rows out of the outbox to send them, in order and each by one sender only."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Final

from sqlalchemy import Select, bindparam, exists, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from crm_store import clock
from crm_store.models import Channel, OutboxRow, OutboxState

LOCAL_CHANNELS: Final = frozenset({Channel.REST, Channel.CONSOLE, Channel.WEB})
"""Where "sending" has no effect outside this house: doing it again does no harm."""

_UNFINISHED = (OutboxState.PENDING, OutboxState.SENDING)
_ANY_DUE: Final = (
    select(OutboxRow.id)
    .where(
        OutboxRow.state == OutboxState.PENDING,
        OutboxRow.next_attempt_at <= bindparam("now"),
        OutboxRow.channel.in_(bindparam("channels", expanding=True)),
    )
    .limit(1)
)
"""Written once: it is asked after every answer."""


async def due(session: AsyncSession, *, limit: int, channels: Collection[Channel]) -> list[OutboxRow]:
    """Claim up to `limit` rows that may leave now: they become `SENDING`, and their `attempts` count.

    Of each conversation only the oldest unfinished row can be due, so nothing overtakes. While a row is
    `SENDING`, its `next_attempt_at` is the moment it was claimed. Commit before sending.
    """
    now = clock.now()
    ready = select(OutboxRow).where(
        OutboxRow.state == OutboxState.PENDING,
        OutboxRow.next_attempt_at <= now,
        OutboxRow.channel.in_(channels),
    )
    query = _first_of_conversation(ready).order_by(OutboxRow.id).limit(limit)
    rows = list(await session.scalars(query.with_for_update(skip_locked=True, of=OutboxRow)))
    for row in rows:
        row.state = OutboxState.SENDING
        row.attempts += 1
        row.next_attempt_at = now
    await session.flush()
    return rows


async def any_due(session: AsyncSession, *, channels: Collection[Channel]) -> bool:
    """Whether some row of these channels may leave now, if it is its conversation's turn. Claims nothing."""
    asked = {"channels": list(channels), "now": clock.now()}
    return await session.scalar(_ANY_DUE, asked) is not None


def _first_of_conversation(query: Select[OutboxRow]) -> Select[OutboxRow]:
    earlier = aliased(OutboxRow)
    overtaken = exists().where(
        earlier.conversation_id == OutboxRow.conversation_id,
        earlier.id < OutboxRow.id,
        earlier.state.in_(_UNFINISHED),
    )
    return query.where(or_(OutboxRow.conversation_id.is_(None), ~overtaken))


async def requeue_stale_sending(session: AsyncSession, *, older_than: timedelta) -> list[OutboxRow]:
    """Settle the rows a dead process left `SENDING` for longer than `older_than`; the rows, changed.

    On `LOCAL_CHANNELS` they are sent again. Elsewhere nobody here knows whether they left: they are
    `UNCERTAIN`.
    """
    stale = select(OutboxRow).where(
        OutboxRow.state == OutboxState.SENDING, OutboxRow.next_attempt_at <= clock.now() - older_than
    )
    rows = list(await session.scalars(stale.order_by(OutboxRow.id).with_for_update(skip_locked=True)))
    for row in rows:
        again = row.channel in LOCAL_CHANNELS
        row.state = OutboxState.PENDING if again else OutboxState.UNCERTAIN
        row.error = "The sending process ended before the outcome was known."
    await session.flush()
    return rows
