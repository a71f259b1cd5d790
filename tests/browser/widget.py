"""The widget as a test sees it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from urllib.parse import urlencode

from playwright.async_api import Locator, Page, expect

from tests.fakes.chat_server import FakeChat


class Widget:
    """The bubble and the panel of a page. (Playwright looks through the open shadow root.)"""

    def __init__(self, page: Page) -> None:
        self.page = page
        host = page.locator("aftersale-chat")
        self.launch = host.locator(".launch")
        self.panel = host.locator(".panel")
        self.field = host.get_by_role("textbox")
        self.log = host.get_by_role("log")
        self.own = host.locator(".customer .text")
        self.bot = host.locator(".bot .text")
        self.texts = host.locator(":is(.customer,.bot,.agent) .text")
        self.lines = host.locator("p.line")
        self.dots = host.locator(".dots")
        self.note = host.locator(".note")
        self.meta = host.locator(".meta:visible")

    async def open(self) -> None:
        """Press the bubble."""
        await self.launch.click()
        await expect(self.panel).to_be_visible()

    async def close(self) -> None:
        """Press the cross."""
        await self.panel.get_by_role("button", name="Close chat").click()
        await expect(self.panel).to_be_hidden()

    async def say(self, text: str) -> None:
        """Type and press Enter."""
        await self.field.fill(text)
        await self.field.press("Enter")

    async def press(self, title: str) -> None:
        """Press one of the bot's buttons."""
        await self.panel.get_by_role("button", name=title, exact=True).click()

    async def card(self, heading: str) -> Locator:
        """The card that shows `heading`."""
        card = self.panel.locator(".card", has_text=heading)
        await expect(card).to_be_visible()
        return card


async def open_widget(page: Page, chat: FakeChat, **attributes: str) -> Widget:
    """Go to the shop's page and open the bubble; `identity_url="…"` is `data-identity-url="…"`."""
    query = urlencode({name.replace("_", "-"): value for name, value in attributes.items()})
    await page.goto(f"{chat.url}/?{query}")
    widget = Widget(page)
    await widget.open()
    return widget


@asynccontextmanager
async def time_flies(page: Page) -> AsyncIterator[None]:
    """The page's own clock runs about twenty times as fast, so that nobody waits for the widget's patience.

    `page.clock.install()` comes before the page is loaded; not for tests that load it again meanwhile.
    """
    over = asyncio.Event()

    async def hurry() -> None:
        while not over.is_set():
            await page.clock.fast_forward(500)
            await asyncio.sleep(0.025)

    hurrying = asyncio.create_task(hurry())
    try:
        yield
    finally:
        over.set()
        await hurrying
