"""The audit log."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from crm_store import audit, clock
from crm_store.session import Store


async def test_lines_are_found_by_subject_action_and_time_newest_first(store: Store) -> None:
    start = datetime(2026, 3, 1, tzinfo=UTC)
    for minute in range(3):
        with clock.frozen_at(start + timedelta(minutes=minute)):
            async with store.unit() as session:
                await audit.write(
                    session, actor="contact:1", action="proof_failed", subject="contact:1", data={"n": minute}
                )
                await audit.write(session, actor="system", action="cancel", subject="order:A-7")
    async with store.reading() as session:
        failed = await audit.entries(session, subject="contact:1", action="proof_failed")
        recent = await audit.entries(session, action="cancel", since=start + timedelta(minutes=1))
        newest = await audit.entries(session, limit=1)
    assert [line.data["n"] for line in failed] == [2, 1, 0]
    assert len(recent) == 2
    assert newest[0].action == "cancel"


async def test_a_line_goes_with_the_deed_when_the_unit_fails(store: Store) -> None:
    try:
        async with store.unit() as session:
            await audit.write(session, actor="system", action="cancel", subject="order:A-7")
            raise RuntimeError
    except RuntimeError:
        pass
    async with store.reading() as session:
        assert await audit.entries(session) == []
