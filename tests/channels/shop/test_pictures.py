"""The drawn pictures: there for every product and colour, well formed, inert, and hard to upset."""

from __future__ import annotations

import csv
from pathlib import Path
from xml.etree import ElementTree

import pytest

from channels.shop.pictures import draw, is_drawn
from channels.shop.pictures.colours import COLOURS
from channels.shop.pictures.kinds import KINDS, OWN_COLOURS
from channels.shop.pictures.svg import both
from tests.channels.door import OpenDoor

DEMO_SHOP = Path(__file__).parents[3] / "data" / "demo_shop"
SVG = "{http://www.w3.org/2000/svg}"
HARMLESS = {"svg", "g", "path", "rect", "circle", "ellipse", "text", "clipPath"}
HOSTILE = [
    '"><script>alert(1)</script>',
    "red;x",
    "../../etc/passwd",
    "\0",
    "x" * 5000,
    "url(#a)",
    "%00",
    "RED",
]


def products() -> list[tuple[str, str]]:
    """(image, colour) of everything one can buy."""
    with (DEMO_SHOP / "products.csv").open(encoding="utf-8", newline="") as file:
        images = {row["product_id"]: row["image"] for row in csv.DictReader(file)}
    with (DEMO_SHOP / "variants.csv").open(encoding="utf-8", newline="") as file:
        return sorted({(images[row["product_id"]], row["color"]) for row in csv.DictReader(file)})


@pytest.mark.parametrize(("image", "color"), products())
def test_every_product_is_drawn_in_every_colour(image: str, color: str) -> None:
    assert is_drawn(image)
    assert color in COLOURS or (color == "" and image in OWN_COLOURS)
    drawn = draw(image, color)
    root = ElementTree.fromstring(drawn)
    assert root.attrib["viewBox"] == "0 0 400 400"
    for element in root.iter():
        assert element.tag.removeprefix(SVG) in HARMLESS
        assert not any(name.startswith("on") or "href" in name or name == "style" for name in element.attrib)
    assert "nan" not in drawn
    assert len(drawn) < 40_000


def test_no_two_products_look_the_same() -> None:
    assert len({draw(image, "navy") for image in KINDS}) == len(KINDS)


def test_the_colour_can_be_seen() -> None:
    images = [image for image, color in products() if color]
    for image in images:
        assert draw(image, "red") != draw(image, "blue")


def test_every_drawing_has_a_product() -> None:
    assert {image for image, _ in products()} == set(KINDS)
    assert set(OWN_COLOURS) < set(KINDS)


def test_the_right_half_of_an_outline_mirrors_the_left() -> None:
    assert both("M200 10 L150 20 C140 30 130 40 120 50 L200 60") == (
        "M200 10 L150 20 C140 30 130 40 120 50 L200 60 L280 50 C270 40 260 30 250 20 L200 10 Z"
    )


class TestDoor:
    async def test_it_may_be_kept_and_is_asked_for_by_its_tag(self, open_shop: OpenDoor) -> None:
        url = "/shop/pictures/skylark-rain-jacket.svg?color=forest+green"
        first = await open_shop.client.get(url)
        assert first.headers["content-type"] == "image/svg+xml"
        assert "max-age" in first.headers["cache-control"]
        again = await open_shop.client.get(url, headers={"If-None-Match": first.headers["etag"]})
        assert (again.status_code, again.content) == (304, b"")
        assert "default-src 'none'" in first.headers["content-security-policy"]

    @pytest.mark.parametrize("color", HOSTILE)
    async def test_what_is_no_colour_shows_the_products_own(self, open_shop: OpenDoor, color: str) -> None:
        response = await open_shop.client.get("/shop/pictures/wren-bird-feeder.svg", params={"color": color})
        assert response.status_code == 200
        assert response.text == draw("wren-bird-feeder")

    @pytest.mark.parametrize(
        "slug", ["no-such-thing", "..%2F..%2Fetc%2Fpasswd", "%00", "<script>", "__init__"]
    )
    async def test_what_nobody_drew_is_not_there(self, open_shop: OpenDoor, slug: str) -> None:
        response = await open_shop.client.get(f"/shop/pictures/{slug}.svg")
        assert response.status_code == 404
        assert response.json()["error"]["code"] == "not_found"
