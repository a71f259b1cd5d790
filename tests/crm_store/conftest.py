"""The `store` fixture: every test that takes it runs twice, on an SQLite file and on PostgreSQL.

The tables are made once per test process; SQLite tests get a copy of an empty file, PostgreSQL tests share
one database per process that is emptied after each of them. Without a PostgreSQL server those runs are
skipped, and say so.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from crm_store.session import Store
from tests.crm_store import databases


@pytest.fixture(scope="session")
def empty_sqlite(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every table and no row, to be copied."""
    return databases.make_sqlite(tmp_path_factory.mktemp("empty") / "empty.db")


@pytest.fixture(scope="session")
def postgres_url(worker_id: str) -> Iterator[str]:
    """This test process's own PostgreSQL database, with every table; it is dropped at the end."""
    name = f"aftersale_test_{worker_id}_{os.getpid()}"
    try:
        url = databases.make_postgres(name)
    except databases.Unreachable as problem:
        pytest.skip(str(problem))
    yield url
    databases.drop_postgres(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of an empty database with every table, SQLite and PostgreSQL in turn."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    file = tmp_path / "store.db"
    shutil.copyfile(request.getfixturevalue("empty_sqlite"), file)
    return f"sqlite+aiosqlite:///{file}"


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    """An empty store on both databases in turn."""
    opened = Store(store_url)
    yield opened
    await opened.close()
    if opened.url.get_backend_name() == "postgresql":
        await databases.empty_postgres(store_url)
