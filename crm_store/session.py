"""Where transactions begin and end: the engine, and the one place that commits.

SQLite is opened with WAL, full sync, foreign keys and a busy timeout; a unit of work begins with `BEGIN
IMMEDIATE`, so that what it reads cannot change before it writes, and units of one process wait for each other
in order instead of polling the file. PostgreSQL's units lock the rows they need.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession, create_async_engine

from crm_store.sqlite_trips import BEGIN_READING, BEGIN_UNIT, connector

BUSY_TIMEOUT_MS = 10_000
_READ_ONLY = "aftersale_read_only"
_MEMORY = "process_memory"


def is_sqlite(session: AsyncSession) -> bool:
    """Whether this session speaks to SQLite, whose writers exclude each other: row locks are not needed."""
    return session.get_bind().dialect.name == "sqlite"


def process_memory(session: AsyncSession) -> dict[str, Any]:
    """What this process has read from the session's database before and keeps, by name.

    Other processes write, too: whoever uses something of it first makes sure that it still holds.
    """
    memory: dict[str, Any] = session.info.setdefault(_MEMORY, {})
    return memory


class Store:
    """One database. Create one per process, and `close()` it."""

    def __init__(self, url: str, **engine_options: Any) -> None:
        self.url = make_url(url)
        self._memory: dict[str, Any] = {}
        self._writers = asyncio.Lock() if self.url.get_backend_name() == "sqlite" else None
        if self._writers:
            engine_options["async_creator"] = connector(self.url)
        self.engine: AsyncEngine = create_async_engine(self.url, **engine_options)
        if self._writers:
            event.listen(self.engine.sync_engine, "connect", _open_sqlite)
            event.listen(self.engine.sync_engine, "begin", _begin_sqlite)

    @asynccontextmanager
    async def unit(self) -> AsyncIterator[AsyncSession]:
        """One unit of work: commits when the block ends, rolls back when it raises. Do not nest."""
        if self._writers is None:
            async with self._session() as session:
                yield session
            return
        async with self._writers, self._session() as session:
            yield session

    @asynccontextmanager
    async def _session(self) -> AsyncIterator[AsyncSession]:
        async with self._open(self.engine) as session:
            yield session
            await session.commit()

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[AsyncSession]:
        """A session for looking only; it sees one consistent state and never waits for a writer."""
        engine = self.engine.execution_options(**{_READ_ONLY: True})
        async with self._open(engine) as session:
            yield session

    def _open(self, engine: AsyncEngine) -> AsyncSession:
        return AsyncSession(engine, expire_on_commit=False, info={_MEMORY: self._memory})

    async def close(self) -> None:
        """Give every connection back."""
        await self.engine.dispose()


def _open_sqlite(connection: Any, record: object) -> None:
    # The driver's own transaction handling would start them late and deferred; `_begin_sqlite` does it.
    connection.isolation_level = None
    cursor = connection.cursor()
    for pragma in (
        "journal_mode=WAL",
        "synchronous=FULL",
        "foreign_keys=ON",
        f"busy_timeout={BUSY_TIMEOUT_MS}",
    ):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.execute("PRAGMA foreign_keys")
    if cursor.fetchone() != (1,):
        raise RuntimeError("This SQLite was built without foreign keys; Aftersale needs them.")
    cursor.close()


def _begin_sqlite(connection: Connection) -> None:
    read_only = connection.get_execution_options().get(_READ_ONLY, False)
    connection.exec_driver_sql(BEGIN_READING if read_only else BEGIN_UNIT)
