"""Counting what is asked of the database: a turn that asks for everything anew is slow on any machine."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import event

from crm_store.session import Store


@contextmanager
def counted(store: Store) -> Iterator[list[str]]:
    """The statements that the store executes inside the block, without those that begin a transaction."""
    said: list[str] = []

    def note(connection: object, cursor: object, statement: str, *rest: object) -> None:
        if not statement.startswith("BEGIN"):
            said.append(" ".join(statement.split()))

    engine = store.engine.sync_engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(engine, "before_cursor_execute", note)
