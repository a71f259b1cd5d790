"""Bringing a database to the newest form: on first start, and after an update."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, event, make_url, text
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from crm_store.session import BUSY_TIMEOUT_MS, Store

_FOLDER = Path(__file__).parent / "migrations"
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtextextended('aftersale:migrate', 0))")


async def migrate(url: str) -> None:
    """Bring the database at `url` to the newest form, in one transaction. A missing SQLite file is made.

    Processes that start at once take turns, and the later ones find nothing to do.
    """
    async with _alone(url) as connection:
        await connection.run_sync(_upgrade)


async def is_current(store: Store) -> bool:
    """Whether the store's database has the newest form."""
    async with store.reading() as session:
        connection = await session.connection()
        return await connection.run_sync(_is_at_head)


def _upgrade(connection: Connection) -> None:
    config = _config()
    config.attributes["connection"] = connection
    command.upgrade(config, "head")
    if connection.dialect.name == "sqlite" and (broken := _broken_keys(connection)):
        raise RuntimeError(f"After the migration these rows point nowhere, so it was undone: {broken}")


def _is_at_head(connection: Connection) -> bool:
    heads = ScriptDirectory.from_config(_config()).get_heads()
    return set(MigrationContext.configure(connection).get_current_heads()) == set(heads)


def _config() -> Config:
    config = Config()
    # The value is interpolated, so a percent sign in the path has to be doubled.
    config.set_main_option("script_location", str(_FOLDER).replace("%", "%%"))
    return config


@asynccontextmanager
async def _alone(url: str) -> AsyncIterator[AsyncConnection]:
    target = make_url(url)
    engine = create_async_engine(target, poolclass=NullPool)
    sqlite = target.get_backend_name() == "sqlite"
    if sqlite:
        Path(target.database or "").parent.mkdir(parents=True, exist_ok=True)
        event.listen(engine.sync_engine, "connect", _open_sqlite)
        event.listen(engine.sync_engine, "begin", _begin_sqlite)
    try:
        async with engine.begin() as connection:
            if not sqlite:
                await connection.execute(_ONE_AT_A_TIME)
            yield connection
    finally:
        await engine.dispose()


def _open_sqlite(connection: Any, record: object) -> None:
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
    # SQLite changes a table by making it anew, and dropping the old one must not take its children along.
    cursor.execute("PRAGMA foreign_keys=OFF")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    connection.exec_driver_sql("BEGIN EXCLUSIVE")


def _broken_keys(connection: Connection) -> list[Any]:
    return list(connection.exec_driver_sql("PRAGMA foreign_key_check").all())
