"""SQLite's connections: everything that SQLAlchemy asks of a cursor, in one trip a statement."""

from __future__ import annotations

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
