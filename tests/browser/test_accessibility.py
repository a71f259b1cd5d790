"""What axe finds on the pages as served: nothing serious, by day and by night, on desks and phones."""

from __future__ import annotations

import pytest
from axe_playwright_python.async_playwright import Axe
from playwright.async_api import Page, ViewportSize, expect

from channels import demo_agents
from tests.browser.conftest import NewPage
from tests.browser.persons import ANSWER, Visitor, become, sign_in_at_desk
from tests.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")

DESKTOP, PHONE = ViewportSize(width=1280, height=900), ViewportSize(width=390, height=844)
GRAVE = {"serious", "critical"}
SHOP = {
    "home": "/",
    "category": "/categories/footwear",
    "product": "/products/puffin-enamel-mug?color=red",
    "search": "/search?q=warm",
    "bag": "/bag",
    "sign in": "/sign-in",
    "demo": "/demo",
    "mailbox": "/mailbox",
    "help": "/help",
    "article": "/help/return-an-item",
    "nothing": "/products/no-such-thing",
}
QUESTIONS = (
    "how many points do I have?",
    "where is my order?",
    "any offers for me?",
    "something warm for hiking",
    "what is your return policy?",
)
"""Each is answered with a card."""


async def grave(page: Page) -> list[str]:
    """What axe calls serious or critical on the page, in light and in dark, on a desktop and on a phone."""
    found = []
    for size in (DESKTOP, PHONE):
        await page.set_viewport_size(size)
        for scheme in ("light", "dark"):
            await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
            found += [f"{scheme}, {size['width']} px: {one}" for one in await _violations(page)]
    return found


async def _violations(page: Page) -> list[str]:
    run = await Axe().run(page, options={"resultTypes": ["violations"]})
    return [
        f"{found['id']}: {node['html'][:160]} {node['failureSummary']}"
        for found in run.response["violations"]
        if found["impact"] in GRAVE
        for node in found["nodes"]
    ]


@pytest.mark.parametrize("path", SHOP.values(), ids=SHOP)
async def test_a_page_of_the_shop(page: Page, house: Server, path: str) -> None:
    await page.goto(f"{house.url}{path}")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert await grave(page) == []


async def test_the_account_of_a_customer(page: Page, house: Server) -> None:
    await become(page, house.url, "Siobhán")
    await page.goto(f"{house.url}/account")
    await expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert await grave(page) == []


@pytest.mark.parametrize("size", [DESKTOP, PHONE], ids=["desktop", "phone"])
async def test_the_chat_with_cards(new_page: NewPage, house: Server, size: ViewportSize) -> None:
    page = await new_page(viewport=size)
    await become(page, house.url, "Siobhán")
    visitor = Visitor(page)
    await visitor.open()
    for question in QUESTIONS:
        shown = await visitor.panel.locator(".card").count()
        await visitor.say(question)
        await expect(visitor.panel.locator(".card").nth(shown)).to_be_visible(timeout=ANSWER)
    for scheme in ("light", "dark"):
        await page.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
        assert (scheme, await _violations(page)) == (scheme, [])


async def test_the_door_of_the_desk(page: Page, house: Server) -> None:
    await page.goto(f"{house.url}/desk")
    await expect(page.get_by_role("heading", name="Sign in")).to_be_visible()
    assert await grave(page) == []


async def test_the_desk_with_a_ticket(new_page: NewPage, house: Server) -> None:
    shop = await new_page()
    await become(shop, house.url, "Lukas")
    visitor = Visitor(shop)
    await visitor.open()
    await visitor.tells("can I talk to a human please", "T-")
    page = await new_page(viewport=DESKTOP)
    await sign_in_at_desk(page, house.url, demo_agents.PEOPLE[1].email)
    row = page.locator("#rows").get_by_role("link").first
    await expect(row).to_be_visible(timeout=ANSWER)
    assert await grave(page) == []
    await page.set_viewport_size(DESKTOP)
    await row.click()
    await expect(page.locator("#thread")).to_be_visible()
    assert await grave(page) == []
