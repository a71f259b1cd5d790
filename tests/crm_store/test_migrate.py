"""The migrations make exactly the tables of the models, from anywhere, once, on both databases."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, inspect
from sqlalchemy.ext.asyncio import create_async_engine

from crm_store import migrate as migrating
from crm_store.migrate import is_current, migrate
from crm_store.models import Base
from crm_store.session import Store
from tests.crm_store import databases

ROOT = Path(__file__).parents[2]

pytestmark = pytest.mark.filterwarnings(
    # SQLite cannot tell of indexes on expressions; that they work is tested where they matter.
    "ignore:Skipped unsupported reflection",
    "ignore:autogenerate skipping",
)


@pytest.fixture(params=["sqlite", "postgresql"])
def bare_url(request: pytest.FixtureRequest, tmp_path: Path, worker_id: str) -> Iterator[str]:
    """The URL of a database without any table; the SQLite file and its awkward folder do not exist yet."""
    if request.param == "sqlite":
        yield f"sqlite+aiosqlite:///{tmp_path / 'my shop 100% new' / 'a b.db'}"
        return
    name = f"aftersale_bare_{worker_id}_{os.getpid()}"
    try:
        url = databases.make_postgres(name, tables=False)
    except databases.Unreachable as problem:
        pytest.skip(str(problem))
    yield url
    databases.drop_postgres(name)


@pytest.fixture
def modelled_url(request: pytest.FixtureRequest, bare_url: str) -> str:
    """The URL of a database of the same kind whose tables were made from the models."""
    if bare_url.startswith("sqlite"):
        return f"sqlite+aiosqlite:///{request.getfixturevalue('empty_sqlite')}"
    return str(request.getfixturevalue("postgres_url"))


async def _ask(url: str, question: Any) -> Any:
    engine = create_async_engine(url)
    async with engine.connect() as connection:
        answer = await connection.run_sync(question)
    await engine.dispose()
    return answer


def _difference(connection: Connection) -> Any:
    return compare_metadata(
        MigrationContext.configure(connection, opts={"compare_type": True}), Base.metadata
    )


def _shape(connection: Connection) -> dict[str, Any]:
    """All the database says of its tables, constraints that Alembic does not compare included."""
    look = inspect(connection)
    return {
        table: {
            "columns": {c["name"]: (str(c["type"]), c["nullable"]) for c in look.get_columns(table)},
            "keys": look.get_pk_constraint(table),
            "foreign": _by_name(look.get_foreign_keys(table)),
            "unique": _by_name(look.get_unique_constraints(table)),
            "checks": _by_name(look.get_check_constraints(table)),
            "indexes": _by_name(look.get_indexes(table)),
        }
        for table in look.get_table_names()
        if table != "alembic_version"
    }


def _by_name(things: Any) -> list[str]:
    return sorted(json.dumps(thing, default=str, sort_keys=True) for thing in things)


async def test_migrations_make_the_tables_of_the_models(bare_url: str) -> None:
    await migrate(bare_url)
    assert await _ask(bare_url, _difference) == []


async def test_a_migrated_database_is_as_one_made_from_the_models(bare_url: str, modelled_url: str) -> None:
    await migrate(bare_url)
    migrated, modelled = await _ask(bare_url, _shape), await _ask(modelled_url, _shape)
    assert migrated == modelled
    assert len(migrated) == len(Base.metadata.tables)


async def test_migrating_twice_is_migrating_once_and_the_store_knows(bare_url: str) -> None:
    Path(Store(bare_url).url.database or "").parent.mkdir(parents=True, exist_ok=True)
    store = Store(bare_url)
    assert not await is_current(store)
    await migrate(bare_url)
    await migrate(bare_url)
    assert await is_current(store)
    await store.close()


def test_processes_that_start_at_once_take_turns(bare_url: str, tmp_path: Path) -> None:
    """From another folder as well: nothing depends on where the process stands."""
    program = "import asyncio, sys; from crm_store.migrate import migrate; asyncio.run(migrate(sys.argv[1]))"
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    started = [
        subprocess.Popen(
            [sys.executable, "-c", program, bare_url],
            cwd=tmp_path,
            env=environment,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(3)
    ]
    assert [(one.communicate(timeout=60)[1], one.returncode) for one in started] == [("", 0)] * 3
    assert asyncio.run(_ask(bare_url, _difference)) == []


async def test_the_way_back_leaves_nothing(bare_url: str) -> None:
    await migrate(bare_url)

    def back(connection: Connection) -> list[str]:
        config = migrating._config()
        config.attributes["connection"] = connection
        command.downgrade(config, "base")
        return inspect(connection).get_table_names()

    assert await _ask(bare_url, back) == ["alembic_version"]


async def test_a_migration_that_fails_leaves_the_database_as_it_was(
    bare_url: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RuntimeError("the light went out")

    with monkeypatch.context() as patch:
        patch.setattr(command, "upgrade", _then(command.upgrade, fail))
        with pytest.raises(RuntimeError, match="the light went out"):
            await migrate(bare_url)
    assert await _ask(bare_url, lambda connection: inspect(connection).get_table_names()) == []
    await migrate(bare_url)
    assert await _ask(bare_url, _difference) == []


def _then(first: Any, second: Any) -> Any:
    def both(*arguments: object) -> None:
        first(*arguments)
        second()

    return both
