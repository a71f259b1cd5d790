"""Getting the database ready: the demo fills its own once, production must have been migrated."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from channels import database
from channels.settings import load_settings
from crm_store.migrate import migrate
from crm_store.models import Customer
from crm_store.seed import SeedProblem
from tests.channels.door import rows


async def test_two_processes_that_start_at_once_fill_it_once(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path / "a new home")
    stores = [database.open_store(settings) for _ in range(2)]
    await asyncio.gather(*(database.make_ready(store, settings) for store in stores))
    numbers = [customer.number for customer in await rows(stores[0], Customer)]
    assert len(numbers) == len(set(numbers)) > 10
    for store in stores:
        await store.close()


async def test_a_demo_shop_that_is_broken_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "DEMO_SHOP", tmp_path / "nowhere")
    settings = load_settings(home=tmp_path / "home")
    store = database.open_store(settings)
    with pytest.raises(SeedProblem):
        await database.make_ready(store, settings)
    await store.close()


async def test_production_fills_nothing(tmp_path: Path) -> None:
    settings = load_settings(mode="production", secret_key="own", home=tmp_path / "home")
    store = database.open_store(settings)
    with pytest.raises(database.NotMigrated, match="aftersale migrate"):
        await database.make_ready(store, settings)
    await migrate(settings.database_url)
    await database.make_ready(store, settings)
    assert await rows(store, Customer) == []
    await store.close()


async def test_errors_of_the_database_quote_no_value(tmp_path: Path) -> None:
    settings = load_settings(home=tmp_path / "home")
    store = database.open_store(settings)
    await migrate(settings.database_url)
    with pytest.raises(Exception, match="hide_parameters") as broken:
        async with store.unit() as session:
            session.add(Customer(number=None, name="Maeve", joined_at=None))
    assert "Maeve" not in str(broken.value)
    await store.close()
