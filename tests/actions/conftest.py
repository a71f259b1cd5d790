"""The `store` of tests of single actions: an empty SQLite file. `tests/crm_store` tries both databases."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from crm_store.session import Store
from tests.crm_store import databases


@pytest.fixture(scope="session")
def empty_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with every table and no row, to be copied."""
    return databases.make_sqlite(tmp_path_factory.mktemp("empty") / "empty.db")


@pytest.fixture
async def store(empty_file: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """An empty store, one's own."""
    file = tmp_path / "store.db"
    shutil.copyfile(empty_file, file)
    opened = Store(f"sqlite+aiosqlite:///{file}")
    yield opened
    await opened.close()
