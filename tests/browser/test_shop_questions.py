"""The demo shop's questions in a browser: a click asks in the chat, and shows it."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, expect

from channels.pages import STATIC
from tests.browser.widget import Widget
from tests.fakes.chat_server import FakeChat

pytestmark = pytest.mark.asyncio(loop_scope="session")

LINK = """() => {
  const link = document.createElement("a");
  Object.assign(link, {href: "/help", textContent: "Where is it?"});
  link.dataset.ask = "Where is my order A-10042?";
  document.body.append(link);
}"""


async def test_a_question_opens_the_chat_and_is_asked_there(page: Page, chat: FakeChat) -> None:
    await page.goto(chat.url)
    widget = Widget(page)
    await expect(widget.launch).to_be_visible()
    await page.evaluate(LINK)
    await page.evaluate((STATIC / "shop" / "shop.js").read_text(encoding="utf-8"))
    await page.get_by_role("link", name="Where is it?").click()
    await expect(widget.panel).to_be_visible()
    await expect(widget.own.last).to_have_text("Where is my order A-10042?")
    await expect(widget.bot.last).to_have_text("You said: Where is my order A-10042?")
