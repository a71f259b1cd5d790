"""SQLite's connections: everything that SQLAlchemy asks of a cursor, in one trip a statement."""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from sqlalchemy import make_url, text
from sqlalchemy.exc import IntegrityError, OperationalError

from crm_store.session import Store
from crm_store.sqlite_trips import OneTripConnection, connector


@pytest.fixture
async def connection(tmp_path: Path) -> AsyncIterator[OneTripConnection]:
    opened = await connector(make_url(f"sqlite+aiosqlite:///{tmp_path / 'some.db'}"))()
    await opened.cursor().execute("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT UNIQUE)")
    yield opened
    await opened.close()


async def test_rows_come_with_the_execution(connection: OneTripConnection) -> None:
    cursor = connection.cursor()
    await cursor.executemany("INSERT INTO things (name) VALUES (?)", [("a",), ("b",), ("c",), ("d",)])
    assert (cursor.rowcount, cursor.description) == (4, None)
    await cursor.execute("INSERT INTO things (name) VALUES (?) RETURNING id", ("e",))
    assert (await cursor.fetchall(), cursor.lastrowid) == ([(5,)], 5)
    await cursor.execute("SELECT name FROM things ORDER BY id")
    assert cursor.description[0][0] == "name"
    assert await cursor.fetchone() == ("a",)
    assert await cursor.fetchmany() == [("b",)]
    assert await cursor.fetchmany(2) == [("c",), ("d",)]
    assert await cursor.fetchall() == [("e",)]
    assert await cursor.fetchone() is None
    await cursor.close()


async def test_reading_begins_and_ends_without_a_trip(
    connection: OneTripConnection, monkeypatch: pytest.MonkeyPatch
) -> None:
    trips: list[object] = []
    real = connection._execute
    monkeypatch.setattr(connection, "_execute", lambda how: (trips.append(how), real(how))[1])
    cursor = connection.cursor()
    await cursor.execute("BEGIN")
    assert connection.in_transaction
    await cursor.execute("SELECT count(*) FROM things")
    await connection.rollback()
    assert not connection.in_transaction
    assert len(trips) == 1
    await cursor.execute("BEGIN IMMEDIATE")
    await cursor.execute("INSERT INTO things (name) VALUES ('a')")
    await connection.rollback()
    assert len(trips) == 3, "the lock is waited for, and what was written is taken back, in the thread"


async def test_what_is_given_up_ends_before_the_connection_goes_on(connection: OneTripConnection) -> None:
    cursor = connection.cursor()
    begun, may_end = threading.Event(), threading.Event()
    await connection.create_function("wait", 0, lambda: (begun.set(), may_end.wait(5))[1])
    await cursor.execute("BEGIN")
    reading = asyncio.create_task(cursor.execute("SELECT wait()"))
    assert await asyncio.to_thread(begun.wait, 5)
    reading.cancel()
    ending = asyncio.create_task(connection.rollback())
    await asyncio.sleep(0.05)
    assert not ending.done(), "the thread is still reading"
    may_end.set()
    await ending
    assert not connection.in_transaction
    await cursor.execute("BEGIN")
    await cursor.execute("SELECT count(*) FROM things")
    assert await cursor.fetchall() == [(0,)]
    await connection.rollback()


async def test_a_statement_that_fails_is_over(connection: OneTripConnection) -> None:
    cursor = connection.cursor()
    await cursor.execute("BEGIN")
    with pytest.raises(sqlite3.OperationalError):
        await cursor.execute("SELECT * FROM nothing")
    assert connection._on_the_way == 0
    await connection.rollback()
    assert not connection.in_transaction


async def test_errors_come_out_as_they_are(tmp_path: Path) -> None:
    store = Store(f"sqlite+aiosqlite:///{tmp_path / 'some.db'}")
    async with store.unit() as session:
        await session.execute(text("CREATE TABLE things (name TEXT UNIQUE)"))
    with pytest.raises(OperationalError):
        async with store.unit() as session:
            await session.execute(text("SELECT * FROM nothing"))
    with pytest.raises(IntegrityError):
        async with store.unit() as session:
            for _ in range(2):
                await session.execute(text("INSERT INTO things VALUES ('a')"))
    async with store.reading() as session:
        assert (await session.execute(text("SELECT count(*) FROM things"))).scalar_one() == 0
    await store.close()


async def test_rows_can_be_streamed(tmp_path: Path) -> None:
    store = Store(f"sqlite+aiosqlite:///{tmp_path / 'some.db'}")
    many = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 200) SELECT i FROM n"
    async with store.reading() as session:
        rows = [row.i async for row in await session.stream(text(many))]
    assert rows == list(range(1, 201))
    await store.close()
