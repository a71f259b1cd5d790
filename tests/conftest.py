"""What every test may have: the trained bot, the seeded demo shop, and somebody to talk with."""

from __future__ import annotations

import asyncio
import os
import shutil
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from typing import Any

import pytest
from xdist.scheduler import LoadScopeScheduling

from bot.engine import Bot
from crm_store.session import Store
from tests.conversation import Talk
from tests.crm_store import databases

PROJECT = Path(__file__).parents[1]
SECRET = b"a secret of the tests"
HELP_URL = "https://wanderlark.example/help"
TOGETHER = tuple(f"tests/browser/test_{name}.py" for name in ("accessibility", "real_shop", "whole_story"))
"""Files that share a server, which takes seconds to start: one worker runs them, and begins with them."""


class Sharing(LoadScopeScheduling):
    """Any worker runs any test, but those that are meant to be together."""

    def _split_scope(self, nodeid: str) -> str:
        return "together" if nodeid.startswith(TOGETHER) else nodeid


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing:
    """With several workers. (The mark `xdist_group` of xdist 3.8 is not seen by pytest 9.2.)"""
    return Sharing(config, log)


@pytest.fixture(scope="session")
def bot() -> Iterator[Bot]:
    """The trained model of the present training data; trains when there is none."""
    from bot.house import open_house
    from bot.training import train

    house = open_house(
        PROJECT,
        secret=SECRET,
        shop_name="Wanderlark",
        demo=True,
        help_url=HELP_URL,
        can_mail=True,
        address="https://wanderlark.example",
    )
    loaded = Bot.load_blocking(train(PROJECT), house=house)
    yield loaded
    loaded.close()


@pytest.fixture(scope="session")
def seeded_file(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An SQLite file with the demo shop, made once per test process, to be copied."""
    from crm_store.migrate import migrate
    from crm_store.seed import seed

    file = tmp_path_factory.mktemp("seeded") / "shop.db"

    async def fill() -> None:
        url = f"sqlite+aiosqlite:///{file}"
        await migrate(url)
        store = Store(url)
        await seed(store, PROJECT / "data" / "demo_shop")
        await store.close()

    asyncio.run(fill())
    return file


@pytest.fixture
async def shop(seeded_file: Path, tmp_path: Path) -> AsyncIterator[Store]:
    """The demo shop's store, one's own."""
    file = tmp_path / "shop.db"
    shutil.copyfile(seeded_file, file)
    store = Store(f"sqlite+aiosqlite:///{file}")
    yield store
    await store.close()


@pytest.fixture(params=["sqlite", "postgresql"])
async def either_shop(
    request: pytest.FixtureRequest, seeded_file: Path, tmp_path: Path, worker_id: str
) -> AsyncIterator[Store]:
    """The demo shop's store on both databases in turn."""
    from crm_store.seed import seed

    if request.param == "sqlite":
        shutil.copyfile(seeded_file, tmp_path / "shop.db")
        store = Store(f"sqlite+aiosqlite:///{tmp_path / 'shop.db'}")
        yield store
        await store.close()
        return
    name = f"aftersale_shop_{worker_id}_{os.getpid()}"
    try:
        url = await asyncio.to_thread(databases.make_postgres, name)
    except databases.Unreachable as problem:
        pytest.skip(str(problem))
    store = Store(url)
    await seed(store, PROJECT / "data" / "demo_shop")
    yield store
    await store.close()
    await asyncio.to_thread(databases.drop_postgres, name)


@pytest.fixture
def talk(shop: Store, bot: Bot) -> Talk:
    """A stranger at the REST door."""
    return Talk(shop, bot)
