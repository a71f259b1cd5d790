"""The index that the search for products keeps: as fresh as the catalogue, whoever changes it."""

from __future__ import annotations

import pytest

from crm_store import catalogue
from crm_store.catalogue import search
from crm_store.models import Product
from crm_store.session import Store
from tests.crm_store.builders import make_product
from tests.statements import counted


async def _found(store: Store, text: str) -> list[str]:
    async with store.reading() as session:
        return [product.number for product in await catalogue.search_products(session, text=text)]


async def test_it_is_read_once(store: Store) -> None:
    async with store.unit() as session:
        for number in range(9):
            await make_product(session, f"P-{number}")
    await _found(store, "jacket")
    with counted(store) as statements:
        assert len(await _found(store, "jacket")) == 5
    assert len(statements) <= 3


async def test_what_comes_and_goes_in_another_process_is_seen_at_once(store: Store) -> None:
    other = Store(store.url.render_as_string(hide_password=False))
    assert await _found(store, "mug") == []
    async with other.unit() as session:
        mug = await make_product(session, name="Puffin Mug", variants=[])
    assert await _found(store, "mug") == ["P-001"]
    async with other.unit() as session:
        await session.delete(await session.get_one(Product, mug.id))
    assert await _found(store, "mug") == []
    await other.close()


async def test_a_name_mended_in_place_is_found_soon(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    async with store.unit() as session:
        mug = await make_product(session, name="Puffin Mug")
    assert await _found(store, "beaker") == []
    async with store.unit() as session:
        (await session.get_one(Product, mug.id)).name = "Puffin Beaker"
    monkeypatch.setattr(search, "_TRUSTED_SECONDS", 0.0)
    assert await _found(store, "beaker") == ["P-001"]


async def test_stores_keep_their_own(store: Store, tmp_path_factory: pytest.TempPathFactory) -> None:
    async with store.unit() as session:
        await make_product(session, name="Puffin Mug")
    assert await _found(store, "mug") == ["P-001"]
    async with store.unit() as session:
        assert await catalogue.search_products(session, text="mug", limit=0) == []
