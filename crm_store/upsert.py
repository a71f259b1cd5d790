"""Inserting what two writers may insert at once: one of them does, and neither fails."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import Any, Final, TypeVar

from sqlalchemy import bindparam
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.models import Base
from crm_store.session import is_sqlite

Row = TypeVar("Row", bound=Base)

_AS_WRITTEN: Final = {"dml_strategy": "orm"}
"""One row with parameters of its own, not a list of rows."""


async def insert_new(
    session: AsyncSession, model: type[Row], *, unique: Sequence[str], values: dict[str, Any]
) -> Row | None:
    """Insert a row and give it; None when one with the same `unique` columns is there (committed by then).

    Without `unique`: when any unique column of it is taken.
    """
    statement = _insert_new(model, tuple(unique), tuple(values), is_sqlite(session))
    made: Row | None = await session.scalar(statement, _bound(values), execution_options=_AS_WRITTEN)
    return made


async def put(
    session: AsyncSession, model: type[Row], *, unique: Sequence[str], values: dict[str, Any]
) -> None:
    """Insert a row, or overwrite the one with the same `unique` columns. Loaded objects do not see it."""
    statement = _put(model, tuple(unique), tuple(values), is_sqlite(session))
    await session.execute(statement, _bound(values), execution_options=_AS_WRITTEN)


# Statements are written once: making one anew takes longer than the database needs to carry it out.


@functools.cache
def _insert_new(model: type[Base], unique: tuple[str, ...], names: tuple[str, ...], on_sqlite: bool) -> Any:
    insert = sqlite.insert if on_sqlite else postgresql.insert
    statement = insert(model).values(_places(model, names))
    return statement.on_conflict_do_nothing(index_elements=unique or None).returning(model)


@functools.cache
def _put(model: type[Base], unique: tuple[str, ...], names: tuple[str, ...], on_sqlite: bool) -> Any:
    insert = sqlite.insert if on_sqlite else postgresql.insert
    places = _places(model, names)
    fresh = {name: place for name, place in places.items() if name not in unique}
    return insert(model).values(places).on_conflict_do_update(index_elements=unique, set_=fresh)


def _places(model: type[Base], names: tuple[str, ...]) -> dict[str, Any]:
    """Where the values of these columns go. A column's own name is SQLAlchemy's, so each has a prefix."""
    columns = model.__table__.columns
    return {name: bindparam(f"new_{name}", type_=columns[name].type) for name in names}


def _bound(values: dict[str, Any]) -> dict[str, Any]:
    return {f"new_{name}": value for name, value in values.items()}


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
