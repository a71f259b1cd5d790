"""Databases for tests: an SQLite file, and a PostgreSQL database of one's own."""

from __future__ import annotations

import asyncio
import os
from pathlib import Path

from sqlalchemy import create_engine, make_url, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncConnection, create_async_engine
from sqlalchemy.pool import NullPool

from crm_store.models import Base

SERVER = os.environ.get("AFTERSALE_TEST_POSTGRES_URL", "postgresql+asyncpg://root@127.0.0.1:5432/test")
"""Where the tests' PostgreSQL is; its role must be allowed to create databases."""


class Unreachable(Exception):
    """There is no PostgreSQL to test against."""


def make_sqlite(file: Path) -> Path:
    """Write an SQLite file with every table."""
    engine = create_engine(f"sqlite:///{file}")
    Base.metadata.create_all(engine)
    engine.dispose()
    return file


def make_postgres(name: str, *, tables: bool = True) -> str:
    """Create the database anew and give its URL; `Unreachable` when there is no server."""
    url = make_url(SERVER).set(database=name).render_as_string(hide_password=False)
    try:
        asyncio.run(_recreate(name))
    except (OSError, SQLAlchemyError) as problem:
        raise Unreachable(f"No PostgreSQL for tests at {make_url(SERVER)}: {problem}") from problem
    if tables:
        asyncio.run(_create_tables(url))
    return url


def drop_postgres(name: str) -> None:
    """Drop the database, whoever is still connected."""
    asyncio.run(_on_server(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))


async def empty_postgres(url: str) -> None:
    """Delete every row. Only the tables that have rows are touched: that is ten times quicker."""
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        if full := await _tables_with_rows(connection):
            await connection.execute(text("SET LOCAL session_replication_role = replica"))
            for table in full:
                await connection.execute(text(f"DELETE FROM {table}"))
    await engine.dispose()


async def _tables_with_rows(connection: AsyncConnection) -> list[str]:
    names = [table.name for table in Base.metadata.sorted_tables]
    question = ", ".join(f"EXISTS (SELECT 1 FROM {name})" for name in names)
    found = (await connection.execute(text(f"SELECT {question}"))).one()
    return [name for name, full in zip(names, found, strict=True) if full]


async def _recreate(name: str) -> None:
    # Tests do not survive a power cut, so their commits need not wait for the disk.
    await _on_server(
        f"DROP DATABASE IF EXISTS {name} WITH (FORCE)",
        f"CREATE DATABASE {name}",
        f"ALTER DATABASE {name} SET synchronous_commit = off",
    )


async def _on_server(*statements: str) -> None:
    engine = create_async_engine(SERVER, poolclass=NullPool, isolation_level="AUTOCOMMIT")
    async with engine.connect() as connection:
        for statement in statements:
            await connection.execute(text(statement))
    await engine.dispose()


async def _create_tables(url: str) -> None:
    engine = create_async_engine(url, poolclass=NullPool)
    async with engine.begin() as connection:
        await connection.run_sync(Base.metadata.create_all)
    await engine.dispose()
