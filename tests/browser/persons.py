"""Who meets in the browser tests of the real server: visitors of the shop, and agents at the desk."""

from __future__ import annotations

import re
from io import BytesIO

from PIL import Image, ImageDraw
from playwright.async_api import Locator, Page, expect

from channels.demo_agents import PASSWORD
from tests.browser.widget import Widget

AT_ONCE = 5_000
"""Milliseconds for what is shown within a second or so, on a machine that has other things to do too."""
ANSWER = 30_000
"""Milliseconds for what the bot says."""


class Visitor(Widget):
    """Somebody with the chat of the real server open."""

    async def reads(self, words: str) -> None:
        """Wait until the bot's newest words have these among them."""
        await expect(self.bot.last).to_contain_text(words, timeout=ANSWER)

    async def tells(self, text: str, answer: str) -> None:
        """Say it, and wait for an answer with these words in it."""
        before = await self.bot.count()
        await self.say(text)
        newer = self.panel.locator(f".bot .text >> nth={before}")
        await expect(newer).to_be_visible(timeout=ANSWER)
        await self.reads(answer)

    async def thread(self) -> list[str]:
        """Every text in the panel, from the first to the last; "" for photos without words."""
        said = await self.texts.all_inner_texts()
        return [text.strip() for text in said]


async def open_chat(page: Page, address: str) -> Visitor:
    """Go to a page of the shop and press the bubble."""
    await page.goto(address)
    visitor = Visitor(page)
    await visitor.open()
    return visitor


async def code_from_mailbox(page: Page, shop: str) -> str:
    """The newest one-time code, as one reads it on the demo's page of mails."""
    await page.goto(f"{shop}/mailbox")
    letter = await page.locator(".letter").first.inner_text()
    found = re.search(r"\b\d{6}\b", letter)
    assert found, letter
    return found[0]


async def become(page: Page, shop: str, first_name: str) -> None:
    """Sign in as a demo customer, with one click."""
    await page.goto(f"{shop}/sign-in?back=/")
    await page.get_by_role("button", name=f"Sign in as {first_name}").click()
    await expect(page.get_by_role("link", name=re.compile(f"^{first_name}"))).to_be_visible()


async def sign_in_at_desk(page: Page, shop: str, email: str) -> None:
    """Sign in as an agent of the demo."""
    await page.goto(f"{shop}/desk")
    await page.get_by_label("E-mail").fill(email)
    await page.get_by_label("Password").fill(PASSWORD)
    await page.get_by_role("button", name="Sign in").click()
    await expect(page.get_by_role("navigation", name="Queues")).to_be_visible(timeout=ANSWER)


def line_of(desk: Page, kind: str, text: str) -> Locator:
    """The line of the open ticket's thread by `customer`, `bot`, `agent` … with this text."""
    return desk.locator(f"#thread .entry.{kind}", has_text=text)


def broken_mug() -> bytes:
    """A PNG of a red mug whose handle has come off."""
    photo = Image.new("RGB", (640, 480), "#dcd6cb")
    draw = ImageDraw.Draw(photo)
    draw.rectangle((180, 120, 400, 400), fill="#b3402f")
    draw.ellipse((180, 95, 400, 145), fill="#7c2a1f")
    draw.arc((450, 230, 560, 380), start=80, end=330, fill="#b3402f", width=26)
    draw.line([(400, 130), (340, 220), (380, 270), (330, 400)], fill="#201512", width=6)
    file = BytesIO()
    photo.save(file, "PNG")
    return file.getvalue()
