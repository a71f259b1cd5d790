"""The widget in a browser: cards, photos, keyboard, and everybody's eyes and ears."""

from __future__ import annotations

import asyncio
import re
from collections.abc import AsyncIterator
from io import BytesIO
from typing import Any

import pytest
import pytest_asyncio
from axe_playwright_python.async_playwright import Axe
from PIL import Image
from playwright.async_api import Browser, Page, expect

from tests.browser import cards
from tests.browser.conftest import NewPage
from tests.browser.widget import Widget, open_widget
from tests.fakes.chat_server import FakeChat, Refusal

pytestmark = pytest.mark.asyncio(loop_scope="session")


def picture() -> bytes:
    """A small PNG."""
    file = BytesIO()
    Image.new("RGB", (60, 40), "#b54").save(file, "PNG")
    return file.getvalue()


async def shown(page: Page, chat: FakeChat, card: dict[str, Any], **attributes: str) -> Widget:
    """A conversation whose last answer carries the card."""
    chat.answers = {"show": [{"text": "Here it is.", "custom": card}]}
    widget = await open_widget(page, chat, **attributes)
    await widget.say("show")
    await expect(widget.bot.last).to_have_text("Here it is.")
    return widget


PARCELS = {
    "label_created": "Packed",
    "in_transit": "On its way",
    "delayed": "Delayed",
    "lost": "Lost",
    "out_for_delivery": "Out for delivery",
    "ready_for_pickup": "Ready for pickup",
    "delivered": "Delivered",
    "collected": "Collected",
}


@pytest_asyncio.fixture(loop_scope="session", scope="module")
async def gallery(browser: Browser, fake_chat: FakeChat) -> AsyncIterator[Widget]:
    """A conversation with every card, one an answer, and then a parcel in every state."""
    person = await browser.new_context(locale="en-GB", reduced_motion="reduce")
    drawn = [card for card, _ in cards.SHOWN] + [cards.order("A-1", "x", status) for status in PARCELS]
    fake_chat.forget()
    fake_chat.answers = {"show": [{"text": "Here it is.", "custom": card} for card in drawn]}
    widget = await open_widget(await person.new_page(), fake_chat)
    await widget.say("show")
    await expect(widget.bot).to_have_count(len(drawn))
    yield widget
    await person.close()


@pytest.mark.parametrize("place", range(len(cards.SHOWN)), ids=[card["type"] for card, _ in cards.SHOWN])
async def test_a_card_is_drawn(gallery: Widget, place: int) -> None:
    drawn = " ".join(await gallery.panel.locator(".bot.row").nth(place).locator(".card").all_inner_texts())
    flat = re.sub(r"\s+", " ", drawn)
    assert [word for word in cards.SHOWN[place][1] if word not in flat] == []
    assert not re.search(r"undefined|null|NaN|\[object|Invalid", flat)


@pytest.mark.parametrize("status", PARCELS)
async def test_a_parcel_is_at_its_step(gallery: Widget, status: str) -> None:
    place = len(cards.SHOWN) + list(PARCELS).index(status)
    step = gallery.panel.locator(".bot.row").nth(place).locator("[aria-current=step]")
    await expect(step).to_have_text(PARCELS[status])


async def test_a_long_address_is_shown_short_and_leads_to_the_whole(page: Page, chat: FakeChat) -> None:
    address = f"https://shop.example/files/{'x' * 200}"
    chat.answers = {"show": [{"text": f"As a PDF: {address}\nIt works for 24 hours."}]}
    widget = await open_widget(page, chat)
    await widget.say("show")
    link = widget.panel.get_by_role("link")
    await expect(link).to_have_text(f"{address[:44]}…")
    await expect(link).to_have_attribute("href", address)
    await expect(widget.bot.last).to_contain_text("24 hours")


async def test_a_product_has_its_picture_and_leads_to_its_page(page: Page, chat: FakeChat) -> None:
    picture_asked = page.wait_for_event("request", lambda request: "/pictures/" in request.url)
    asking = asyncio.ensure_future(picture_asked)
    widget = await shown(page, chat, cards.PRODUCTS)
    assert (await asking).url == f"{chat.url}/shop/pictures/skylark-rain-jacket.svg"
    link = widget.panel.get_by_role("link", name="Skylark Rain Jacket")
    await expect(link).to_have_attribute("href", f"{chat.url}/products/skylark-rain-jacket")
    # What cannot be loaded leaves no hole, and what has no page no link.
    await expect(widget.panel.locator(".card img")).to_have_count(0)
    await expect(widget.panel.get_by_role("link")).to_have_count(1)


async def test_points_show_the_way_to_the_next_tier(page: Page, chat: FakeChat) -> None:
    widget = await shown(page, chat, cards.POINTS)
    bar = widget.panel.get_by_role("progressbar")
    assert await bar.evaluate("bar => [bar.value, bar.max]") == [780, 1000]


async def test_a_code_is_copied(page: Page, chat: FakeChat) -> None:
    widget = await shown(page, chat, cards.OFFERS)
    await widget.press("Copy LARK-10-XYZ")
    await expect(widget.panel.get_by_role("status").filter(has_text="Copied")).to_be_visible()
    assert await page.evaluate("navigator.clipboard.readText()") == "LARK-10-XYZ"


async def test_a_code_is_copied_where_the_clipboard_is_closed(page: Page, chat: FakeChat) -> None:
    await page.add_init_script("Object.defineProperty(navigator, 'clipboard', {value: undefined})")
    widget = await shown(page, chat, cards.OFFERS)
    await widget.press("Copy LARK-10-XYZ")
    await page.evaluate("document.body.append(document.createElement('textarea'))")
    await page.locator("body > textarea").focus()
    await page.keyboard.press("Control+V")
    await expect(page.locator("body > textarea")).to_have_value("LARK-10-XYZ")


async def test_an_unknown_card_is_quiet(page: Page, chat: FakeChat) -> None:
    widget = await shown(
        page, chat, {"type": "invoice", "title": "Invoice A-1", "url": "/invoices/1", "x": {"y": 1}}
    )
    link = widget.panel.get_by_role("link", name="Invoice A-1")
    await expect(link).to_have_attribute("href", f"{chat.url}/invoices/1")
    chat.say("Next", custom={"type": "mystery", "deep": {"er": 1}})
    await expect(widget.bot.last).to_have_text("Next")
    await expect(widget.panel.locator(".card")).to_have_count(1)


async def test_a_photo_is_chosen_sent_and_enlarged(page: Page, chat: FakeChat) -> None:
    widget = await open_widget(page, chat)
    async with page.expect_file_chooser() as choosing:
        await widget.panel.get_by_role("button", name="Add a photo").click()
    await (await choosing.value).set_files(
        [{"name": "mug.png", "mimeType": "image/png", "buffer": picture()}]
    )
    await expect(widget.panel.get_by_alt_text("mug.png")).to_be_visible()
    await widget.say("It came like this")
    await expect(widget.bot.last).to_have_text("You said: photo")
    assert chat.photos == {"p0": picture()}
    await expect(widget.own.last).to_have_text("It came like this")
    await page.reload()
    photo = widget.panel.get_by_role("button", name="Photo", exact=True)
    await expect(photo.locator("img")).to_be_visible()
    await photo.click()
    large = page.get_by_role("dialog", name="Photo")
    await expect(large.locator("img")).to_be_visible()
    await page.keyboard.press("Escape")
    await expect(large).to_be_hidden()
    await expect(widget.panel).to_be_visible()


async def test_photos_are_dropped_and_pasted_and_taken_back(page: Page, chat: FakeChat) -> None:
    widget = await open_widget(page, chat)
    give = """(target, [kind, type]) => {
        const data = new DataTransfer();
        data.items.add(new File(['x'], `${kind}.png`, {type}));
        target.dispatchEvent(kind === 'drop' ? new DragEvent('drop', {dataTransfer: data, bubbles: true})
            : new ClipboardEvent('paste', {clipboardData: data, bubbles: true}));
    }"""
    await widget.log.evaluate(give, ["drop", "image/png"])
    await widget.field.evaluate(give, ["paste", "image/png"])
    await expect(widget.panel.locator(".thumb")).to_have_count(2)
    await widget.panel.get_by_role("button", name="Remove photo").first.click()
    await expect(widget.panel.locator(".thumb")).to_have_count(1)
    await widget.field.evaluate(give, ["paste", "image/svg+xml"])
    await expect(widget.note).to_contain_text("JPEG, PNG")
    await expect(widget.panel.locator(".thumb")).to_have_count(1)


async def test_a_photo_that_is_too_big_is_kindly_refused_before_it_is_sent(
    page: Page, chat: FakeChat
) -> None:
    widget = await open_widget(page, chat)
    files = {"name": "huge.jpg", "mimeType": "image/jpeg", "buffer": b"\xff\xd8" + bytes(8_100_000)}
    await widget.panel.locator("input[type=file]").set_input_files([files])  # type: ignore[list-item]
    await expect(widget.note).to_contain_text("8 MB")
    await expect(widget.panel.locator(".thumb")).to_have_count(0)


async def test_a_photo_that_cannot_be_sent_yet_survives_a_reload(page: Page, chat: FakeChat) -> None:
    chat.refusals["photos"] = Refusal(503, 1000)
    widget = await open_widget(page, chat)
    files = {"name": "mug.png", "mimeType": "image/png", "buffer": picture()}
    await widget.panel.locator("input[type=file]").set_input_files([files])  # type: ignore[list-item]
    await widget.say("Broken")
    await expect(widget.meta.last).to_contain_text("Not sent yet")
    await page.reload()
    chat.refusals.clear()
    await expect(widget.bot.last).to_have_text("You said: photo")
    assert chat.photos == {"p0": picture()}


async def test_everything_can_be_done_by_keyboard(page: Page, chat: FakeChat) -> None:
    chat.answers = {
        "hi\nthere": [{"text": "Yes?", "buttons": [{"title": "My points", "payload": "/check_points"}]}]
    }
    await page.goto(chat.url)
    widget = Widget(page)
    for _ in range(3):
        await page.keyboard.press("Tab")
    await expect(widget.launch).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(widget.field).to_be_focused()
    await page.keyboard.type("hi")
    await page.keyboard.press("Shift+Enter")
    await page.keyboard.type("there")
    await page.keyboard.press("Enter")
    points = widget.panel.get_by_role("button", name="My points")
    await expect(points).to_be_visible()
    await page.keyboard.press("Shift+Tab")
    await page.keyboard.press("Shift+Tab")
    await expect(points).to_be_focused()
    await page.keyboard.press("Enter")
    await expect(widget.own.last).to_have_text("My points")
    await expect(widget.field).to_be_focused()
    await page.keyboard.press("Escape")
    await expect(widget.panel).to_be_hidden()
    await expect(widget.launch).to_be_focused()


async def test_on_a_phone_it_fills_the_screen_and_keeps_the_focus(new_page: NewPage, chat: FakeChat) -> None:
    page = await new_page(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
    widget = await open_widget(page, chat)
    assert await widget.panel.bounding_box() == {"x": 0, "y": 0, "width": 390, "height": 844}
    assert await page.evaluate("document.documentElement.scrollWidth") == 390
    for _ in range(12):
        await page.keyboard.press("Tab")
        focused = await page.evaluate("document.activeElement.tagName")
        assert focused in {"AFTERSALE-CHAT", "BODY"}
    await page.set_viewport_size({"width": 390, "height": 500})
    await expect(widget.field).to_be_in_viewport(ratio=1)


async def test_what_a_screen_reader_is_told(page: Page, chat: FakeChat) -> None:
    widget = await shown(page, chat, cards.POINTS)
    await expect(page.get_by_role("dialog", name="Help & support")).to_be_visible()
    await expect(widget.log).to_have_attribute("aria-live", "polite")
    for name in ("Close chat", "Add a photo", "Send"):
        await expect(widget.panel.get_by_role("button", name=name, exact=True)).to_be_visible()
    await expect(widget.log).to_contain_text("You: show")
    await expect(widget.log).to_contain_text("Assistant: Here it is.")
    assert await widget.panel.locator("time").first.get_attribute("datetime")


@pytest.mark.parametrize("theme", ["light", "dark"])
async def test_axe_finds_nothing_serious(new_page: NewPage, chat: FakeChat, theme: str) -> None:
    page = await new_page(viewport={"width": 1280, "height": 2600}, color_scheme=theme)
    answers = [{"text": "Here it is: https://shop.example/a", "custom": card} for card, _ in cards.SHOWN]
    stars = {
        "text": "How was it?",
        "buttons": [{"title": f"{n} of 5", "payload": "x"} for n in range(1, 6)],
        "custom": {"type": "rating", "of": 5},
    }
    chat.answers = {"show": [*answers, stars]}
    await page.goto(chat.url)
    found = await Axe().run(page, context="aftersale-chat")
    widget = await open_widget(page, chat)
    found_open = await Axe().run(page, context="aftersale-chat")
    await widget.say("show")
    await expect(widget.bot.last).to_have_text("How was it?")
    found_full = await Axe().run(page, context="aftersale-chat")
    violations = [v for run in (found, found_open, found_full) for v in run.response["violations"]]
    grave = [
        (v["id"], [n["html"] for n in v["nodes"]])
        for v in violations
        if v["impact"] in {"serious", "critical"}
    ]
    assert grave == []


async def test_colours_come_from_the_page_and_the_tag(page: Page, chat: FakeChat) -> None:
    widget = await open_widget(page, chat, accent="rgb(90, 0, 90)", theme="dark", position="left")
    send = widget.panel.get_by_role("button", name="Send")
    await widget.field.fill("x")
    await expect(send).to_have_css("background-color", "rgb(90, 0, 90)")
    await expect(widget.panel).to_have_css("left", "24px")
    await page.evaluate(
        "document.documentElement.style.setProperty('--aftersale-background', 'rgb(1, 2, 3)')"
    )
    await expect(widget.panel).to_have_css("background-color", "rgb(1, 2, 3)")
