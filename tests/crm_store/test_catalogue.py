"""The catalogue, and a shelf that never goes below zero."""

from __future__ import annotations

import asyncio

import pytest

from crm_store import catalogue
from crm_store.errors import NotFound, OutOfStock
from crm_store.models import Variant
from crm_store.session import Store
from tests.crm_store.builders import make_location, make_product, warm_up


async def test_products_page_by_page_and_by_category(store: Store) -> None:
    async with store.unit() as session:
        for number in range(1, 4):
            await make_product(session, f"P-00{number}", name=f"Jacket {number}")
        await make_product(session, "P-004", name="Mug", category="camp-kitchen")
    async with store.reading() as session:
        first = await catalogue.find_products(session, limit=3)
        rest = await catalogue.find_products(session, after_id=first[-1].id)
        assert [product.number for product in first + rest] == ["P-001", "P-002", "P-003", "P-004"]
        [mug] = await catalogue.find_products(session, category_slug="camp-kitchen")
        assert (mug.name, mug.category.slug, len(mug.variants)) == ("Mug", "camp-kitchen", 2)
        assert [shelf.slug for shelf in await catalogue.list_categories(session)] == [
            "jackets",
            "camp-kitchen",
        ]
        assert ("P-004", "Mug") in await catalogue.all_product_names(session)


async def test_a_product_by_its_number(store: Store) -> None:
    async with store.unit() as session:
        await make_product(session)
        product = await catalogue.get_product(session, number=" p-001")
        assert product.category.slug == "jackets"
        with pytest.raises(NotFound):
            await catalogue.get_product(session, number="P-999")


@pytest.mark.parametrize(
    ("text", "best"),
    [
        ("rain jaket", "P-001"),
        ("something red for camping", "P-002"),
        ("a mug", "P-002"),
        ("waterproof", "P-001"),
    ],
)
async def test_search_forgives_typing_errors(store: Store, text: str, best: str) -> None:
    async with store.unit() as session:
        await make_product(session, tags=["waterproof"])
        await make_product(
            session,
            "P-002",
            name="Puffin Mug",
            category="camp-kitchen",
            variants=[("", "red")],
            tags=["camping"],
        )
        found = await catalogue.search_products(session, text=text)
        assert found[0].number == best
        assert await catalogue.search_products(session, text="unicorn") == []


async def test_a_variant_by_size_and_colour(store: Store) -> None:
    async with store.unit() as session:
        product = await make_product(session, variants=(("M", "blue"), ("M", "red"), ("L", "red")))

        async def sku(size: str | None = None, color: str | None = None) -> str | None:
            found = await catalogue.find_variant(session, product_id=product.id, size=size, color=color)
            return found.sku if found else None

        assert await sku("m", "Red") == "P-001-M-red"
        assert await sku(color="red") == "P-001-M-red"
        assert await sku(size=" l ") == "P-001-L-red"
        assert await sku("XXL", "red") is None
        variants = await catalogue.variants_of(session, product_id=product.id)
        assert [variant.size for variant in variants] == ["M", "M", "L"]
        assert variants[0].product.number == "P-001"


async def _variant(store: Store, stock: int) -> Variant:
    async with store.unit() as session:
        await make_location(session, "galway")
        return (await make_product(session, stock=stock)).variants[0]


async def _take(store: Store, variant: Variant, quantity: int = 1, shop: str = "web") -> None:
    async with store.unit() as session:
        await catalogue.take_stock(session, variant_id=variant.id, location_slug=shop, quantity=quantity)


async def _put(store: Store, variant: Variant, shop: str, quantity: int = 1) -> None:
    async with store.unit() as session:
        await catalogue.put_back(session, variant_id=variant.id, location_slug=shop, quantity=quantity)


async def _stock(store: Store, variant: Variant) -> dict[str, int]:
    async with store.reading() as session:
        return await catalogue.stock_of(session, variant_id=variant.id)


async def test_twenty_at_once_take_the_last_five(store: Store) -> None:
    variant = await _variant(store, stock=5)
    await warm_up(store)
    taken = await asyncio.gather(*(_take(store, variant) for _ in range(20)), return_exceptions=True)
    assert sum(result is None for result in taken) == 5
    assert all(result is None or isinstance(result, OutOfStock) for result in taken)
    assert await _stock(store, variant) == {"galway": 0, "web": 0}


async def test_twenty_at_once_put_on_a_shelf_that_had_none(store: Store) -> None:
    variant = await _variant(store, stock=5)
    await warm_up(store)
    await asyncio.gather(*(_put(store, variant, "galway") for _ in range(20)))
    assert await _stock(store, variant) == {"galway": 20, "web": 5}


async def test_what_cannot_be_taken(store: Store) -> None:
    variant = await _variant(store, stock=5)
    with pytest.raises(OutOfStock):
        await _take(store, variant, quantity=6)
    with pytest.raises(OutOfStock):
        await _take(store, variant, shop="galway")
    with pytest.raises(NotFound):
        await _take(store, variant, shop="atlantis")
    with pytest.raises(ValueError, match="-1"):
        await _take(store, variant, quantity=-1)
    async with store.reading() as session:
        assert [place.slug for place in await catalogue.list_locations(session)] == ["galway", "web"]


async def test_products_by_the_name_of_their_picture(store: Store) -> None:
    async with store.unit() as session:
        for number, image in (("P-001", "jacket"), ("P-002", "mug"), ("P-003", "")):
            (await make_product(session, number, name=f"Product {number}")).image = image
    async with store.reading() as session:
        jacket = await catalogue.get_product_by_image(session, image="jacket")
        assert (jacket.number, len(jacket.variants)) == ("P-001", 2)
        found = await catalogue.get_products_by_image(session, images=["mug", "none", "jacket"])
        assert [product.number for product in found] == ["P-002", "P-001"]
        assert [one.image for one in await catalogue.product_outlines(session)] == ["jacket", "mug"]
        for image in ("none", ""):
            with pytest.raises(NotFound):
                await catalogue.get_product_by_image(session, image=image)


async def test_a_variant_by_its_sku(store: Store) -> None:
    async with store.unit() as session:
        sku = (await make_product(session)).variants[1].sku
    async with store.reading() as session:
        variant = await catalogue.get_variant(session, sku=sku)
        assert (variant.sku, variant.product.number) == (sku, "P-001")
        with pytest.raises(NotFound):
            await catalogue.get_variant(session, sku="none")
