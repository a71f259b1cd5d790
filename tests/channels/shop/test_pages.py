"""The shop's pages: whole for a stranger and every demo customer, safe, and not there in production."""

from __future__ import annotations

import re

import pytest

from channels import demo
from channels.headers import WITH_SCRIPTS
from channels.service import State
from channels.settings import Settings, load_settings
from tests.channels.door import OpenDoor, open_door
from tests.channels.shop.conftest import OURS, SignIn
from tests.fakes.dialogue import FakeDialogue

PAGES = [
    "/",
    "/categories/jackets",
    "/categories/digital?sort=low",
    "/categories/footwear?color=red&sort=name",
    "/search",
    "/search?q=warm+jumper",
    "/search?q=zzzz",
    "/products/skylark-rain-jacket",
    "/products/cairn-two-person-tent?color=orange",
    "/products/puffin-enamel-mug?color=red",
    "/products/wanderlark-gift-card",
    "/products/cushla-insoles",
    "/sign-in",
    "/help",
    "/help?q=boots",
    "/help?q=zzzz",
    "/help/klarna",
]
MINE = ["/account", "/bag"]
PEOPLE = sorted(demo.numbers())
AS_A_BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
ELSEWHERE = {"/chat/widget.js", "/desk"}
"""Addresses of doors that have tests of their own."""


def check(html: str) -> None:
    """A page that everybody can read and in which nothing is inline."""
    assert '<html lang="en">' in html
    assert html.count("<h1") == 1
    assert '<main id="main">' in html
    assert 'href="#main"' in html
    for image in re.findall(r"<img[^>]*>", html):
        assert re.search(r'\salt="[^"]*"', image)
        assert re.search(r'\swidth="\d+" height="\d+"', image)
    assert not re.search(r"<script(?! src=\"/)|\son\w+=|\sstyle=|<style|(src|href)=\"(https?:)?//", html)
    ids = re.findall(r'\sid="([^"]+)"', html)
    assert len(ids) == len(set(ids))


class TestEveryPage:
    @pytest.mark.parametrize("path", PAGES)
    async def test_for_a_stranger(self, open_shop: OpenDoor, path: str) -> None:
        response = await open_shop.client.get(path)
        assert response.status_code == 200
        check(response.text)
        assert response.headers["content-security-policy"] == WITH_SCRIPTS
        assert response.headers["x-robots-tag"] == "noindex"
        assert response.headers["cache-control"] == "no-store"
        assert "Sign in" in response.text

    @pytest.mark.parametrize("number", PEOPLE)
    async def test_for_every_demo_customer(self, open_shop: OpenDoor, sign_in: SignIn, number: str) -> None:
        assert (await sign_in(number)).status_code == 303
        for path in [*PAGES, *MINE]:
            response = await open_shop.client.get(path)
            assert response.status_code == 200, path
            check(response.text)
            assert "You are signed in as" in response.text

    async def test_what_they_link_to_is_there(self, open_shop: OpenDoor, sign_in: SignIn) -> None:
        await sign_in("C-0001")
        links = set[str]()
        for path in [*PAGES, *MINE]:
            html = (await open_shop.client.get(path)).text
            links |= set(re.findall(r'(?:href|src|srcset)="(/[^"#]*)"', html))
        for link in sorted(links - ELSEWHERE):
            response = await open_shop.client.get(link.replace("&amp;", "&"))
            assert response.status_code == 200, link

    async def test_the_chat_is_embedded_as_a_shop_would(self, open_shop: OpenDoor) -> None:
        for path in ("/", "/help", "/help/klarna"):
            html = (await open_shop.client.get(path)).text
            assert re.search(
                r'<script src="/chat/widget.js" data-identity-url="/shop/identity"[^>]* async>', html
            )

    async def test_a_shop_without_goods_has_pages_too(self, door: OpenDoor) -> None:
        for path in ("/", "/search?q=boots", "/sign-in"):
            response = await door.client.get(path)
            assert response.status_code == 200
            check(response.text)

    async def test_before_the_database_is_there_the_browser_comes_again(self, open_shop: OpenDoor) -> None:
        open_shop.service.state = State.STARTING
        for path in ("/", "/account", "/sign-in", "/shop/identity"):
            response = await open_shop.client.get(path)
            assert response.status_code == 503
            assert response.json()["error"]["code"] == "starting"
            assert response.headers["refresh"] == "2"


class TestNothingHere:
    @pytest.mark.parametrize(
        "path",
        ["/products/none", "/products/P-999", "/categories/none", "/products/%00", "/help/none", "/none"],
    )
    async def test_the_usual_error_for_programs_and_a_page_for_people(
        self, open_shop: OpenDoor, path: str
    ) -> None:
        response = await open_shop.client.get(path)
        assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")
        page = await open_shop.client.get(path, headers=AS_A_BROWSER)
        assert page.status_code == 404
        check(page.text)
        assert "This path ends here" in page.text or "There is no article here" in page.text

    async def test_a_products_number_leads_to_it(self, open_shop: OpenDoor) -> None:
        response = await open_shop.client.get("/products/P-001")
        assert (response.status_code, response.headers["location"]) == (302, "/products/skylark-rain-jacket")


class TestProduct:
    async def test_sold_out_sizes_cannot_be_chosen_and_stores_are_named(self, open_shop: OpenDoor) -> None:
        html = (await open_shop.client.get("/products/skylark-rain-jacket?color=navy")).text
        assert re.search(r'value="WL-001-NVY-L" required disabled', html)
        assert re.search(r'value="WL-001-NVY-M" required>', html)
        row = re.search(r'<th scope="row">L</th>(.*?)</tr>', html, re.DOTALL)
        assert row is not None
        assert re.findall(r">([^<]+)</td>", row[1]) == ["none", "1 left", "2 left"]

    async def test_sold_out_everywhere_offers_to_ask(self, open_shop: OpenDoor) -> None:
        html = (await open_shop.client.get("/products/cairn-two-person-tent?color=orange")).text
        assert "Sold out online" in html
        assert "Add to bag" not in html
        assert 'data-ask="When is the Cairn Two-Person Tent back in stock?"' in html

    @pytest.mark.parametrize("color", ["pink", '"><script>alert(1)</script>', "\0", "x" * 3000])
    async def test_a_colour_that_is_not_there_is_the_first_one(self, open_shop: OpenDoor, color: str) -> None:
        response = await open_shop.client.get("/products/puffin-enamel-mug", params={"color": color})
        assert response.status_code == 200
        check(response.text)
        assert "Puffin Enamel Mug, white" in response.text

    async def test_points_are_counted_in_the_visitors_tier(
        self, open_shop: OpenDoor, sign_in: SignIn
    ) -> None:
        stranger = (await open_shop.client.get("/products/skylark-rain-jacket")).text
        assert "<strong>149 points</strong> for members" in stranger
        await sign_in("C-0003")
        falcon = (await open_shop.client.get("/products/skylark-rain-jacket")).text
        assert "<strong>298 points</strong> as a Falcon" in falcon


class TestCategory:
    async def test_in_the_order_that_was_asked_for(self, open_shop: OpenDoor) -> None:
        for sort, reverse in (("low", False), ("high", True)):
            html = (await open_shop.client.get(f"/categories/sleep-shelter?sort={sort}")).text
            prices = [float(price) for price in re.findall(r"<strong>€([\d.]+)</strong>", html)]
            assert len(prices) > 5
            assert prices == sorted(prices, reverse=reverse)

    async def test_only_what_comes_in_a_colour(self, open_shop: OpenDoor) -> None:
        html = (await open_shop.client.get("/categories/jackets?color=teal")).text
        assert "2 products in teal" in html
        assert "heron-softshell-jacket.svg?color=teal" in html

    @pytest.mark.parametrize(
        "query", ["sort=drop+table", "color=pink", "color=%22%3E%3Cscript%3E", "sort=%00"]
    )
    async def test_what_makes_no_sense_is_ignored(self, open_shop: OpenDoor, query: str) -> None:
        html = (await open_shop.client.get(f"/categories/jackets?{query}")).text
        assert "12 products" in html
        check(html)


@pytest.mark.parametrize(
    "text", ["'; drop table products; --", "<script>alert(1)</script>", "\0", "x" * 5000, "%"]
)
async def test_any_search_is_answered(open_shop: OpenDoor, text: str) -> None:
    response = await open_shop.client.get("/search", params={"q": text})
    assert response.status_code == 200
    check(response.text)


@pytest.mark.parametrize(
    "path", [*PAGES, *MINE, "/demo", "/shop/identity", "/shop/pictures/puffin-enamel-mug.svg"]
)
async def test_production_has_no_shop(seeded_settings: Settings, dialogue: FakeDialogue, path: str) -> None:
    """But its help centre."""
    production = load_settings(
        mode="production",
        secret_key="own",
        home=seeded_settings.home,
        database_url=seeded_settings.database_url,
    )
    async with open_door(production, dialogue) as door:
        await door.service.ready()
        if path.startswith("/help"):
            assert "/shop/" not in (await door.client.get(path)).text
        else:
            assert (await door.client.get(path)).status_code == 404
        posted = await door.client.post("/shop/sign-in", data={"customer": "C-0001"}, headers=OURS)
        assert posted.status_code == 404
        assert "set-cookie" not in posted.headers
