"""What providers report, in whatever order it comes."""

from __future__ import annotations

import asyncio

import pytest

from crm_store import outbox
from crm_store.models import Channel, OutboxRow, OutboxState
from crm_store.session import Store
from tests.crm_store.talk import answer, hear

SENT, DELIVERED, FAILED = OutboxState.SENT, OutboxState.DELIVERED, OutboxState.FAILED


async def _row(store: Store) -> int:
    async with store.unit() as session:
        await answer(session, (await hear(session)).conversation_id)
        (row,) = await outbox.due(session, limit=5, channels={Channel.SMS})
    return row.id


async def _report(store: Store, state: OutboxState, error: str = "") -> OutboxRow | None:
    async with store.unit() as session:
        return await outbox.status_arrived(
            session, channel=Channel.SMS, provider_id="SM1", state=state, error=error
        )


@pytest.mark.parametrize(
    ("reports", "end"),
    [
        ([SENT, DELIVERED], DELIVERED),
        ([DELIVERED, SENT], DELIVERED),
        ([DELIVERED, FAILED], DELIVERED),
        ([FAILED, SENT], FAILED),
        ([FAILED, DELIVERED], DELIVERED),
    ],
)
@pytest.mark.parametrize("early", [False, True])
async def test_the_end_does_not_depend_on_the_order(
    store: Store, reports: list[OutboxState], end: OutboxState, early: bool
) -> None:
    row_id = await _row(store)
    if early:
        for state in reports:
            assert await _report(store, state, error="30003") is None
    async with store.unit() as session:
        await outbox.mark_sent(session, id=row_id, provider_id="SM1")
    if not early:
        for state in reports:
            assert await _report(store, state, error="30003") is not None
    async with store.reading() as session:
        assert (await session.get_one(OutboxRow, row_id)).state == end


async def test_a_report_racing_the_note_that_it_was_sent_is_never_lost(store: Store) -> None:
    for _ in range(10):
        row_id = await _row(store)

        async def sent(row_id: int = row_id) -> None:
            async with store.unit() as session:
                await outbox.mark_sent(session, id=row_id, provider_id=f"SM{row_id}")
                await asyncio.sleep(0.002)

        async def delivered(row_id: int = row_id) -> None:
            async with store.unit() as session:
                await outbox.status_arrived(
                    session, channel=Channel.SMS, provider_id=f"SM{row_id}", state=DELIVERED
                )

        await asyncio.gather(sent(), delivered())
        async with store.reading() as session:
            assert (await session.get_one(OutboxRow, row_id)).state == DELIVERED
