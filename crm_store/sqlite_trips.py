"""SQLite in one trip a statement.

aiosqlite runs SQLite in a thread of its own and goes there and back for every step: for a cursor, for the
execution, for the rows, for the closing. A trip takes several times as long as one of our statements, so here
a statement and its rows make one.

Once a unit of work has the write lock, nothing it does can wait for anybody: its statements take
microseconds and make no trip at all. Beginning to read and ending it cannot wait either. What may wait stays
in the thread: the lock at the beginning, the disk at the end, and whatever only reads and may be long.
"""

from __future__ import annotations

import sqlite3
from collections import deque
from collections.abc import Awaitable, Callable, Sequence
from functools import partial
from typing import Any, Final

from aiosqlite import Connection
from sqlalchemy import URL

BEGIN_UNIT: Final = "BEGIN IMMEDIATE"
"""Takes the write lock."""
BEGIN_READING: Final = "BEGIN"
"""Takes nothing before the first statement."""

_CHUNK = 64
"""Rows at a time where aiosqlite itself iterates; nobody here does."""


class OneTripConnection(Connection):
    """An aiosqlite connection whose cursors bring the rows along."""

    _has_lock = False
    _on_the_way = 0
    """Trips whose end nobody saw yet. One that was given up may still be at work in the thread."""

    def cursor(self) -> OneTripCursor:  # type: ignore[override]
        """A cursor as SQLAlchemy wants it; costs nothing."""
        return OneTripCursor(self)

    async def run(self, how: Callable[[sqlite3.Cursor], sqlite3.Cursor]) -> tuple[sqlite3.Cursor, list[Any]]:
        """Execute something and fetch what it gives, in the connection's thread where it may take time."""

        def there() -> tuple[sqlite3.Cursor, list[Any]]:
            cursor = how(self._conn.cursor())
            return cursor, cursor.fetchall()

        if self._has_lock and self._conn.in_transaction:
            return there()
        self._on_the_way += 1
        try:
            done: tuple[sqlite3.Cursor, list[Any]] = await self._execute(there)  # type: ignore[no-untyped-call]
        except Exception:
            self._on_the_way -= 1
            raise
        self._on_the_way -= 1
        return done

    async def begin(self, how: str) -> None:
        """Begin a transaction with this statement."""
        if how == BEGIN_READING and not self._on_the_way:
            self._conn.execute(how)
        else:
            await self.run(lambda cursor: cursor.execute(how))
        self._has_lock = how == BEGIN_UNIT

    async def rollback(self) -> None:
        """End a transaction without a trace: at once where nothing was written, or nothing had begun."""
        if self._on_the_way or (self._has_lock and self._conn.in_transaction):
            await super().rollback()
            self._on_the_way = 0
        else:
            self._conn.rollback()


class OneTripCursor:
    """What SQLAlchemy's asyncio adapter uses of a cursor."""

    arraysize = 1

    def __init__(self, connection: OneTripConnection) -> None:
        self._connection = connection
        self._rows: deque[Any] = deque()
        self.description: Any = None
        self.rowcount = -1
        self.lastrowid: int | None = None

    async def __aenter__(self) -> OneTripCursor:
        return self

    async def execute(self, operation: str, parameters: Sequence[Any] = ()) -> None:
        """Execute a statement and keep its rows."""
        if operation.startswith("BEGIN"):
            await self._connection.begin(operation)
        else:
            self._take(*await self._connection.run(lambda cursor: cursor.execute(operation, parameters)))

    async def executemany(self, operation: str, parameters: Sequence[Sequence[Any]]) -> None:
        """Execute a statement once for each set of parameters."""
        self._take(*await self._connection.run(lambda cursor: cursor.executemany(operation, parameters)))

    def _take(self, cursor: sqlite3.Cursor, rows: list[Any]) -> None:
        self._rows = deque(rows)
        self.description = cursor.description
        self.rowcount, self.lastrowid = cursor.rowcount, cursor.lastrowid

    async def fetchone(self) -> Any:
        """The next row; None after the last."""
        return self._rows.popleft() if self._rows else None

    async def fetchmany(self, size: int | None = None) -> list[Any]:
        """The next rows, at most `size`."""
        return [self._rows.popleft() for _ in range(min(size or self.arraysize, len(self._rows)))]

    async def fetchall(self) -> list[Any]:
        """The rows that are left."""
        rows = list(self._rows)
        self._rows.clear()
        return rows

    async def close(self) -> None:
        """Let go of the rows."""
        self._rows.clear()


def connector(url: URL) -> Callable[[], Awaitable[OneTripConnection]]:
    """Opens connections to the database of `url`, for `create_async_engine(async_creator=…)`."""
    arguments, options = url.get_dialect()().create_connect_args(url)
    options["check_same_thread"] = False
    open_: Callable[[], sqlite3.Connection] = partial(sqlite3.connect, *arguments, **options)

    async def connect() -> OneTripConnection:
        connection = OneTripConnection(open_, _CHUNK)
        # As SQLAlchemy does: a connection that was not closed must not keep the process from ending.
        connection._thread.daemon = True
        await connection
        return connection

    return connect
