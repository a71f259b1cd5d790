"""A turn asks the database little. Counted, not timed: what grows with the data shows here first."""

from __future__ import annotations

from sqlalchemy import event

from tests.conversation import Talk

MOST = 40
"""Statements of one turn at the most, transaction control aside."""

CONVERSATION = (
    "where is my order A-10780",
    "I want to send something back from A-10771",
    "the shorts",
    "how many points do I have?",
    "they are too small",
    "exchange it for an L",
    "never mind",
    "show me my offers",
)


async def test_no_turn_asks_the_database_much(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    asked: list[str] = []

    def count(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith("BEGIN"):
            asked.append(statement)

    event.listen(talk.store.engine.sync_engine, "before_cursor_execute", count)
    counts = {}
    for line in CONVERSATION:
        asked.clear()
        await talk.say(line)
        counts[line] = len(asked)
    assert max(counts.values()) <= MOST, counts
    assert min(counts.values()) > 3, "the counter counts"
