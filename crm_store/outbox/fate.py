"""What became of a row: said by our sender, or later by the provider. `DELIVERED` is never taken back."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Final

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock
from crm_store.errors import NotFound
from crm_store.locks import exclusive
from crm_store.models import Channel, OutboxRow, OutboxState
from crm_store.rows import take
from crm_store.texts import storable_id

_READ_UNTIL: Final = (
    update(OutboxRow)
    .where(
        OutboxRow.conversation_id == bindparam("of_conversation"),
        OutboxRow.message_id <= bindparam("last_id"),
        OutboxRow.state.in_((OutboxState.PENDING, OutboxState.SENDING, OutboxState.SENT)),
    )
    .values(state=OutboxState.DELIVERED, sent_at=func.coalesce(OutboxRow.sent_at, bindparam("now")))
    .execution_options(synchronize_session=False)
)
"""Written once: it is carried out for every answer that a browser has."""
_EARLY = "early_status"
_LONGEST_SUBJECT = 64


async def mark_sent(session: AsyncSession, *, id: int, provider_id: str | None) -> OutboxRow:
    """The provider took it, under `provider_id`. A status that came before this is applied now."""
    if provider_id is not None:
        await exclusive(session, provider_id)
    row = await _locked(session, id)
    row.provider_id = provider_id
    row.sent_at = row.sent_at or clock.now()
    row.error = ""
    _move(row, OutboxState.SENT)
    if provider_id is not None:
        await _apply_early(session, row, _subject(row.channel, provider_id))
    await session.flush()
    return row


async def mark_delivered(session: AsyncSession, *, id: int) -> OutboxRow:
    """It reached the customer."""
    row = await _locked(session, id)
    _move(row, OutboxState.DELIVERED)
    await session.flush()
    return row


async def mark_read(session: AsyncSession, *, message_ids: Collection[int]) -> None:
    """These messages were read straight from the database by whom they are for: nothing is left to send."""
    theirs = OutboxRow.message_id.in_(message_ids)
    read = {"state": OutboxState.DELIVERED, "sent_at": func.coalesce(OutboxRow.sent_at, clock.now())}
    await session.execute(update(OutboxRow).where(theirs).values(read))


async def mark_read_until(session: AsyncSession, *, conversation_id: int, last_id: int) -> None:
    """Whoever the conversation is with has read everything up to the message `last_id`."""
    read = {"of_conversation": conversation_id, "last_id": last_id, "now": clock.now()}
    await session.execute(_READ_UNTIL, read)


async def mark_failed(session: AsyncSession, *, id: int, error: str) -> OutboxRow:
    """It will never reach the customer, because of `error`."""
    row = await _locked(session, id)
    _move(row, OutboxState.FAILED, error)
    await session.flush()
    return row


async def mark_uncertain(session: AsyncSession, *, id: int, error: str = "") -> OutboxRow:
    """Nobody knows whether the provider took it; it is not sent again before someone finds out."""
    row = await _locked(session, id)
    if row.state in (OutboxState.PENDING, OutboxState.SENDING):
        _move(row, OutboxState.UNCERTAIN, error)
    await session.flush()
    return row


async def retry_later(session: AsyncSession, *, id: int, error: str, at: datetime) -> OutboxRow:
    """The provider surely did not take it: try again at `at`. The rest of its conversation waits."""
    row = await _locked(session, id)
    if row.state in (OutboxState.PENDING, OutboxState.SENDING, OutboxState.UNCERTAIN):
        _move(row, OutboxState.PENDING, error)
        row.next_attempt_at = at
    await session.flush()
    return row


async def status_arrived(
    session: AsyncSession, *, channel: Channel, provider_id: str, state: OutboxState, error: str = ""
) -> OutboxRow | None:
    """The provider reports `SENT`, `DELIVERED` or `FAILED`, in any order; the row it is about.

    None when no row carries that id yet: the report is kept, and `mark_sent` applies it.
    """
    # Whoever comes first, this report or `mark_sent`, the other one waits for its commit and sees it.
    await exclusive(session, provider_id)
    subject = _subject(channel, provider_id)
    theirs = (OutboxRow.channel == channel, OutboxRow.provider_id == provider_id)
    row = await take(session, select(OutboxRow).where(*theirs))
    if row is None:
        said = {"state": state.value, "error": error}
        await audit.write(session, actor="provider", action=_EARLY, subject=subject, data=said)
        return None
    _move(row, state, error)
    await session.flush()
    return row


def _move(row: OutboxRow, state: OutboxState, error: str = "") -> None:
    # Reports come in any order: what is final stays, and only a delivery proves a failure wrong.
    if row.state == OutboxState.DELIVERED:
        return
    if row.state == OutboxState.FAILED and state != OutboxState.DELIVERED:
        return
    row.state = state
    row.error = error or row.error


async def _apply_early(session: AsyncSession, row: OutboxRow, subject: str) -> None:
    for entry in reversed(await audit.entries(session, subject=subject, action=_EARLY)):
        _move(row, OutboxState(entry.data["state"]), entry.data["error"])


def _subject(channel: Channel, provider_id: str) -> str:
    return storable_id(f"{channel.value}:{provider_id}", limit=_LONGEST_SUBJECT)


async def _locked(session: AsyncSession, row_id: int) -> OutboxRow:
    row = await take(session, select(OutboxRow).where(OutboxRow.id == row_id))
    if row is None:
        raise NotFound
    return row
