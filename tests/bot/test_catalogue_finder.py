"""The search over the catalogue by meaning."""

from __future__ import annotations

import time

import pytest

from bot.catalogue_finder import CatalogueFinder
from bot.encoder import Encoder
from crm_store import catalogue
from crm_store.session import Store

THINGS = {
    7: ("Owl Winter Sleeping Bag. A down bag with a warm hood.", "sleeping, winter"),
    9: ("Turf Coffee Press. A steel coffee press.",),
    11: ("Strand Swim Shorts. They dry between sea and chipper.", ""),
}


@pytest.fixture(scope="module")
def finder() -> CatalogueFinder:
    return CatalogueFinder(Encoder.load())


@pytest.mark.parametrize(
    ("wish", "best"), [("I freeze in my tent", 7), ("espresso outdoors", 9), ("for the beach", 11)]
)
def test_what_is_meant_comes_nearest(finder: CatalogueFinder, wish: str, best: int) -> None:
    near = finder.nearness(wish, THINGS)
    assert max(near, key=lambda key: near[key]) == best
    assert all(-1.01 <= score <= 1.01 for score in near.values())


@pytest.mark.parametrize("wish", ["", "  "])
def test_no_wish_is_near_to_nothing(finder: CatalogueFinder, wish: str) -> None:
    assert finder.nearness(wish, THINGS) == {}
    assert finder.nearness("anything", {}) == {}


def test_a_changed_catalogue_is_read_anew(finder: CatalogueFinder) -> None:
    assert finder.nearness("a bicycle", THINGS)[9] < 0.4
    changed = THINGS | {9: ("City Bicycle. Two wheels and a bell.",)}
    near = finder.nearness("a bicycle", changed)
    assert max(near, key=lambda key: near[key]) == 9
    assert set(finder.nearness("a bicycle", THINGS)) == set(THINGS)


async def test_the_catalogues_texts_are_kept_until_it_changes(shop: Store, finder: CatalogueFinder) -> None:
    async with shop.reading() as session:
        texts = await catalogue.product_texts(session)
        assert await catalogue.product_texts(session) is texts
        finder.nearness("warm up", texts)
        started = time.perf_counter()
        for number in range(20):
            finder.nearness(f"something warm for hike {number}", texts)
        # Some 3 ms each; the bound only catches a search that encodes the catalogue again.
        assert (time.perf_counter() - started) / 20 < 0.1
    async with shop.unit() as session:
        from tests.crm_store.builders import make_product

        made = await make_product(session, "P-900", name="Kite", category="kites")
    async with shop.reading() as session:
        assert made.id in await catalogue.product_texts(session)
