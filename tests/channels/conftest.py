"""Doors to test: an application over a database of its own, with a dialogue model that follows rules."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from channels.settings import Settings
from crm_store import clock
from crm_store.migrate import migrate
from crm_store.models import Customer
from crm_store.session import Store
from tests.channels.door import OpenDoor, open_door
from tests.crm_store import databases
from tests.fakes.dialogue import FakeDialogue


@pytest.fixture(autouse=True)
def _own_environment(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No setting of the developer's machine gets in."""
    for name in list(os.environ):
        if name.startswith("AFTERSALE_") and not name.startswith("AFTERSALE_TEST_"):
            monkeypatch.delenv(name)
    monkeypatch.chdir(tmp_path)


async def _make_shop(file: Path) -> None:
    url = f"sqlite+aiosqlite:///{file}"
    await migrate(url)
    store = Store(url)
    async with store.unit() as session:
        session.add(Customer(number="C-0001", name="Maeve", email="maeve@example.com", joined_at=clock.now()))
    await store.close()


@pytest.fixture(scope="session")
def shop_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated SQLite file with one customer, to be copied."""
    file = tmp_path_factory.mktemp("shop") / "shop.db"
    asyncio.run(_make_shop(file))
    return file


@pytest.fixture
def settings(tmp_path: Path, shop_file: Path) -> Settings:
    """A demo's settings, with a home whose name has a space."""
    home = tmp_path / "the home"
    home.mkdir()
    shutil.copyfile(shop_file, home / "aftersale.db")
    return Settings(home=home)


@pytest.fixture
def dialogue() -> FakeDialogue:
    """Says everything back."""
    return FakeDialogue()


@pytest.fixture
async def door(settings: Settings, dialogue: FakeDialogue) -> AsyncIterator[OpenDoor]:
    """A demo that is ready."""
    async with open_door(settings, dialogue) as opened:
        await opened.service.ready()
        yield opened


@pytest.fixture(scope="session")
def postgres_url(worker_id: str) -> Iterator[str]:
    """A PostgreSQL database for the tests of this folder."""
    name = f"aftersale_doors_{worker_id}"
    try:
        url = databases.make_postgres(name)
    except databases.Unreachable as problem:
        pytest.skip(str(problem))
    yield url
    databases.drop_postgres(name)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path, shop_file: Path) -> str:
    """A database with every table, SQLite and PostgreSQL in turn."""
    if request.param == "postgresql":
        return str(request.getfixturevalue("postgres_url"))
    shutil.copyfile(shop_file, tmp_path / "store.db")
    return f"sqlite+aiosqlite:///{tmp_path / 'store.db'}"


@pytest.fixture
async def store(store_url: str) -> AsyncIterator[Store]:
    """A store on both databases in turn."""
    opened = Store(store_url)
    yield opened
    await opened.close()
    if opened.url.get_backend_name() == "postgresql":
        await databases.empty_postgres(store_url)
