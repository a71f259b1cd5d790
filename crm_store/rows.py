"""Rows that two processes reach for at once: how one of them gets a row for itself."""

from __future__ import annotations

from typing import Any, Final, TypeVar

from sqlalchemy import Select, inspect
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.models import Base
from crm_store.session import is_sqlite

Row = TypeVar("Row", bound=Base)

_MINE: Final = "rows_taken"
"""Where a session keeps the rows that it has taken, by their identity."""
_LOCK: Final = {"key_share": True}
"""Leaves foreign keys to the row alone: nobody who merely points at it waits."""


async def take(session: AsyncSession, query: Select[Row]) -> Row | None:
    """The row of `query`, kept from other writers until this unit ends, and read anew after the wait.

    To rule out deadlocks, take rows in this order: contact point, customer, order, loyalty account, stock.
    """
    row: Row | None = await session.scalar(query)
    if row is not None:
        await hold(session, row)
    return row


async def take_by_key(session: AsyncSession, model: type[Row], key: int) -> Row | None:
    """The row with this primary key, as `take` takes it."""
    loaded: Row | None = session.identity_map.get(session.identity_key(model, key))
    if loaded is not None:
        await hold(session, loaded)
        return loaded
    row = await session.get(model, key, with_for_update=_LOCK)
    if row is not None:
        note_taken(session, row)
    return row


async def hold(session: AsyncSession, row: Base) -> None:
    """Keep a loaded row from other writers until this unit ends, and read it anew after the wait.

    On SQLite the unit itself keeps other writers out, so what it has read is still true; a row that is held
    already cannot have changed either.
    """
    if not is_sqlite(session) and inspect(row).identity_key not in _taken(session):
        # Only the columns: what callers loaded beside them stays loaded.
        columns = [column.key for column in inspect(type(row)).column_attrs]
        await session.refresh(row, columns, with_for_update=_LOCK)
    note_taken(session, row)


def note_taken(session: AsyncSession, row: Base) -> None:
    """This unit has the lock on the row now."""
    # A lock that was got within a savepoint goes when that is rolled back.
    if not session.in_nested_transaction():
        _taken(session)[inspect(row).identity_key] = row


def _taken(session: AsyncSession) -> dict[Any, Base]:
    taken: dict[Any, Base] = session.info.setdefault(_MINE, {})
    return taken
