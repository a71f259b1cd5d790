"""Inserting what two writers may insert at once: one of them does, and neither fails."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeVar

from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.models import Base
from crm_store.session import is_sqlite

Row = TypeVar("Row", bound=Base)


async def insert_new(
    session: AsyncSession, model: type[Row], *, unique: Sequence[str], values: dict[str, Any]
) -> Row | None:
    """Insert a row and give it; None when one with the same `unique` columns is there (committed by then).

    Without `unique`: when any unique column of it is taken.
    """
    insert = sqlite.insert if is_sqlite(session) else postgresql.insert
    statement = insert(model).values(**values).on_conflict_do_nothing(index_elements=unique or None)
    return await session.scalar(statement.returning(model))


async def put(
    session: AsyncSession, model: type[Row], *, unique: Sequence[str], values: dict[str, Any]
) -> None:
    """Insert a row, or overwrite the one with the same `unique` columns. Loaded objects do not see it."""
    insert = sqlite.insert if is_sqlite(session) else postgresql.insert
    fresh = {name: value for name, value in values.items() if name not in unique}
    statement = insert(model).values(**values).on_conflict_do_update(index_elements=unique, set_=fresh)
    await session.execute(statement)


async def insert_numbered(
    session: AsyncSession, model: type[Base], *, rows: Sequence[dict[str, Any]]
) -> dict[str, int]:
    """Insert many rows that have a `number`; the ids by number of those whose number was not taken."""
    if not rows:
        return {}
    insert = sqlite.insert if is_sqlite(session) else postgresql.insert
    table = Base.metadata.tables[model.__tablename__]
    statement = insert(table).on_conflict_do_nothing(index_elements=["number"])
    made = await session.execute(statement.returning(table.c.number, table.c.id), rows)
    return dict(made.all())
