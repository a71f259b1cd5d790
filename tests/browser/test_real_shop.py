"""The widget on the demo shop, against the real server: who is signed in, tabs, and broken streams."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from tests.browser.conftest import NewPage
from tests.browser.persons import ANSWER, Visitor, become, open_chat
from tests.server import Server

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_customer_who_signs_in_with_one_click_is_known_and_told_what_matters(
    page: Page, house: Server
) -> None:
    await become(page, house.url, "Niamh")
    visitor = Visitor(page)
    await expect(visitor.launch).to_have_accessible_name("Open chat, 1 unread")
    await visitor.open()
    await visitor.reads("A-10780")
    await visitor.reads("late")
    await visitor.tells("how many points do I have?", "640 points")
    await expect(await visitor.card("640 points")).to_be_visible()

    said = await visitor.thread()
    await page.goto(f"{house.url}/account")
    await expect(visitor.texts).to_have_text(said)

    await page.goto(f"{house.url}/sign-in")
    await page.get_by_role("button", name="Sign out").click()
    await expect(visitor.panel).to_be_visible()
    await expect(visitor.texts).to_have_text([])
    await visitor.tells("how many points do I have?", "e-mail address")


async def test_recommended_products_have_pictures_and_pages(page: Page, house: Server) -> None:
    visitor = await open_chat(page, f"{house.url}/categories/jackets")
    await visitor.tells("something warm for hiking please", "")
    pictures = visitor.panel.locator(".goods img")
    await expect(pictures.first).to_be_visible(timeout=ANSWER)
    await expect(pictures.first).not_to_have_js_property("naturalWidth", 0)
    link = visitor.panel.locator(".goods a").first
    name = await link.inner_text()
    async with page.context.expect_page() as opened:
        await link.click()
    await expect((await opened.value).get_by_role("heading", level=1)).to_have_text(name)


async def test_a_question_on_a_page_of_the_shop_is_asked_in_the_chat(page: Page, house: Server) -> None:
    await page.goto(f"{house.url}/products/puffin-enamel-mug")
    visitor = Visitor(page)
    await expect(visitor.launch).to_be_visible()
    await page.get_by_role("main").get_by_role("link", name="Ask about this").click()
    await expect(visitor.panel).to_be_visible()
    await visitor.reads("Puffin Enamel Mug")
    await expect(visitor.own).to_have_text(["Tell me more about the Puffin Enamel Mug"])


async def test_two_tabs_show_the_same(new_page: NewPage, house: Server) -> None:
    first = await open_chat(await new_page(), house.url)
    await first.tells("what is your return policy?", "30 days")
    second = await open_chat(await new_page(), f"{house.url}/categories/footwear")
    await expect(second.texts).to_have_text(await first.thread())
    await second.tells("hi, where is my parcel?", "order number")
    await expect(first.texts).to_have_text(await second.thread())
    await first.tells("A-10780", "e-mail address")
    await expect(second.texts).to_have_text(await first.thread())


@pytest.mark.parametrize("how", ["refused", "silent"])
async def test_where_streams_are_blocked_it_polls(page: Page, house: Server, how: str) -> None:
    """As behind a proxy that refuses streams, or one that gives nothing before the end."""
    if how == "refused":
        await page.route("**/chat/stream*", lambda route: route.abort())
    else:
        await page.route("**/chat/stream*", lambda route: None)
    visitor = await open_chat(page, house.url)
    async with page.expect_request("**/chat/messages?after=*", timeout=ANSWER):
        await visitor.tells("what is your return policy?", "30 days")
    await visitor.tells("and how much is delivery?", "EUR 4.95")
    shown = await visitor.thread()
    await page.unroute("**/chat/stream*")
    await page.reload()
    await expect(visitor.texts).to_have_text(shown)
