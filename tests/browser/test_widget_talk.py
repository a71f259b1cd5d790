"""The widget in a browser: talking."""

from __future__ import annotations

import asyncio

import pytest
from playwright.async_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import NewPage
from tests.browser.widget import Widget, open_widget, time_flies
from tests.fakes.chat_server import FakeChat, Refusal

pytestmark = pytest.mark.asyncio(loop_scope="session")


async def test_a_message_is_answered(page: Page, chat: FakeChat) -> None:
    widget = await open_widget(page, chat)
    await widget.say("Where is my parcel?")
    await expect(widget.own.last).to_have_text("Where is my parcel?")
    await expect(widget.bot.last).to_have_text("You said: Where is my parcel?")
    await expect(widget.field).to_have_value("")


async def test_nothing_is_asked_of_the_server_until_the_bubble_is_opened(page: Page, chat: FakeChat) -> None:
    await page.goto(chat.url)
    widget = Widget(page)
    await expect(widget.launch).to_be_visible()
    assert chat.requests == []
    await widget.open()
    await expect(widget.field).to_be_enabled()


async def test_typing_dots_show_until_the_answer_is_there(page: Page, chat: FakeChat) -> None:
    chat.answering = False
    widget = await open_widget(page, chat)
    await widget.say("Hello")
    await expect(widget.dots).to_be_visible()
    chat.say("Hello you")
    await expect(widget.bot.last).to_have_text("Hello you")
    await expect(widget.dots).to_be_hidden()


async def test_a_pressed_button_sends_its_title_and_payload_and_older_buttons_cannot_be_pressed(
    page: Page, chat: FakeChat
) -> None:
    chat.answers = {
        "hi": [{"text": "What is it?", "buttons": [{"title": "My points", "payload": "/check_points"}]}]
    }
    widget = await open_widget(page, chat)
    await widget.say("hi")
    await widget.press("My points")
    await expect(widget.bot.last).to_have_text("You said: /check_points")
    await expect(widget.own.last).to_have_text("My points")
    assert chat.received[-1]["payload"] == "/check_points"
    await expect(widget.panel.get_by_role("button", name="My points")).to_have_count(0)
    await expect(widget.panel.locator("button", has_text="My points")).to_be_disabled()


async def test_stars_send_the_rating(page: Page, chat: FakeChat) -> None:
    stars = [{"title": f"{n} of 5", "payload": f"/give_feedback{{{n}}}"} for n in range(1, 6)]
    card = {"type": "rating", "of": 5}
    chat.answers = {"hi": [{"text": "How was it?", "buttons": stars, "custom": card}]}
    widget = await open_widget(page, chat)
    await widget.say("hi")
    shown = widget.panel.get_by_role("button", name="of 5")
    await expect(shown).to_have_count(5)
    assert [await star.get_attribute("aria-label") for star in await shown.all()] == [
        f"{n} of 5" for n in range(1, 6)
    ]
    await shown.nth(3).click()
    await expect(widget.own.last).to_have_text("4 of 5")
    await expect(widget.bot.last).to_have_text("You said: /give_feedback{4}")
    assert chat.received[-1]["payload"] == "/give_feedback{4}"


async def test_everything_survives_a_reload(page: Page, chat: FakeChat) -> None:
    widget = await open_widget(page, chat)
    await widget.say("Hello")
    await expect(widget.bot.last).to_have_text("You said: Hello")
    await widget.field.fill("half a sente")
    await page.reload()
    await expect(widget.panel).to_be_visible()
    await expect(widget.texts).to_have_text(["Hello", "You said: Hello"])
    await expect(widget.field).to_have_value("half a sente")
    assert len(chat.visitors) == 1


async def test_a_human_joins_types_and_leaves(page: Page, chat: FakeChat) -> None:
    widget = await open_widget(page, chat)
    await widget.say("Hello")
    await expect(widget.bot.last).to_have_text("You said: Hello")
    chat.hand_over("Mara")
    await expect(widget.lines.last).to_have_text("Mara has joined the chat")
    chat.visitor.typing = True
    await expect(widget.dots).to_be_visible()
    chat.say("Mara here", author="agent", name="Mara")
    chat.visitor.typing = False
    await expect(widget.panel.locator(".agent .text")).to_have_text("Mara here")
    await expect(widget.dots).to_be_hidden()
    async with page.expect_request("**/chat/typing"):
        await widget.field.press_sequentially("thank")
    chat.hand_over(None)
    await expect(widget.lines.last).to_have_text("You’re talking with the bot again")
    await expect(widget.lines).to_have_count(2)
    assert chat.count("POST typing") == 1


async def test_the_badge_counts_what_came_while_closed(page: Page, chat: FakeChat) -> None:
    widget = await open_widget(page, chat)
    await widget.say("Hello")
    await expect(widget.bot.last).to_have_text("You said: Hello")
    await widget.close()
    chat.say("One more thing")
    chat.say("And another")
    await expect(widget.launch).to_have_accessible_name("Open chat, 2 unread")
    await page.reload()
    await expect(widget.launch).to_have_accessible_name("Open chat, 2 unread")
    await widget.open()
    await widget.close()
    await expect(widget.launch).to_have_accessible_name("Open chat")
    assert chat.count("POST read") >= 1


async def test_two_tabs_show_the_same(new_page: NewPage, chat: FakeChat) -> None:
    first = await open_widget(await new_page(), chat)
    await first.say("From the first")
    await expect(first.bot.last).to_have_text("You said: From the first")
    second = await open_widget(await new_page(), chat)
    await expect(second.texts).to_have_text(["From the first", "You said: From the first"])
    await second.say("From the second")
    both = ["From the first", "You said: From the first", "From the second", "You said: From the second"]
    await expect(first.texts).to_have_text(both)
    await expect(second.texts).to_have_text(both)
    assert len(chat.visitors) == 1


async def test_signing_in_and_out_of_the_shop_changes_the_visitor_in_every_tab(
    new_page: NewPage, chat: FakeChat
) -> None:
    first = await open_widget(await new_page(), chat, identity_url="/identity")
    second = await open_widget(await new_page(), chat, identity_url="/identity")
    chat.identity = "C-0001"
    await first.page.evaluate("document.dispatchEvent(new Event('aftersale:identity'))")
    await first.say("It's me")
    await expect(first.bot.last).to_have_text("You said: It's me")
    await expect(second.texts).to_have_text(["It's me", "You said: It's me"])
    chat.identity = None
    await first.page.evaluate("document.dispatchEvent(new Event('aftersale:identity'))")
    await expect(first.texts).to_have_count(0)
    await expect(second.texts).to_have_count(0)


async def test_what_is_written_while_signing_out_is_not_said_as_who_was_signed_in(
    page: Page, chat: FakeChat
) -> None:
    chat.identity = "C-0001"
    widget = await open_widget(page, chat, identity_url="/identity")
    await widget.say("It's me")
    await expect(widget.bot.last).to_have_text("You said: It's me")
    chat.identity = None
    answered = asyncio.Event()

    async def hold(route: Route) -> None:
        await answered.wait()
        await route.continue_()

    await page.route("**/chat/session", hold)
    async with page.expect_request("**/chat/session"):
        await page.reload()
    await widget.say("Somebody else")
    await expect(widget.own).to_have_text(["Somebody else"])
    answered.set()
    await expect(widget.texts).to_have_text(["Somebody else", "You said: Somebody else"])
    said = {
        visitor.name: [message["text"] for message in visitor.messages] for visitor in chat.visitors.values()
    }
    assert "Somebody else" not in said["C-0001"]


async def test_a_shop_that_cannot_tell_who_is_there_signs_nobody_out(page: Page, chat: FakeChat) -> None:
    chat.identity = "C-0001"
    await page.clock.install()
    widget = await open_widget(page, chat, identity_url="/identity")
    await widget.say("It's me")
    await expect(widget.bot.last).to_have_text("You said: It's me")
    chat.identity_fails = True
    await page.reload()
    async with time_flies(page):
        await expect(widget.texts).to_have_text(["It's me", "You said: It's me"])
        await widget.say("Still me")
        await expect(widget.bot.last).to_have_text("You said: Still me")
        assert len(chat.visitors) == 1
        chat.identity, chat.identity_fails = None, False
        await expect(widget.texts).to_have_count(0)


async def test_a_server_that_is_down_for_long_signs_nobody_out(page: Page, chat: FakeChat) -> None:
    chat.identity = "C-0001"
    await page.clock.install()
    widget = await open_widget(page, chat, identity_url="/identity")
    await widget.say("It's me")
    await expect(widget.bot.last).to_have_text("You said: It's me")
    chat.refusals["session"] = Refusal(503, 5)
    await page.reload()
    async with time_flies(page):
        await expect(widget.texts).to_have_text(["It's me", "You said: It's me"])
    assert chat.count("POST session") == 7
    assert len(chat.visitors) == 1


async def test_a_shop_opens_closes_and_sends_by_script(page: Page, chat: FakeChat) -> None:
    widget = await open_widget(page, chat)
    await page.evaluate("Aftersale.close()")
    await expect(widget.panel).to_be_hidden()
    await page.evaluate("Aftersale.send('From the page')")
    await page.evaluate("Aftersale.open()")
    await expect(widget.bot.last).to_have_text("You said: From the page")


async def test_texts_come_from_the_script_tag(page: Page, chat: FakeChat) -> None:
    widget = await open_widget(
        page,
        chat,
        title="Hilfe",
        greeting="Moin!",
        placeholder="Nachricht",
        texts='{"send": "Senden", "starters": "Na?|Wo?"}',
    )
    await expect(widget.panel).to_have_accessible_name("Hilfe")
    await expect(widget.panel).to_contain_text("Moin!")
    await expect(widget.panel.get_by_role("button", name="Senden")).to_be_visible()
    await widget.press("Na?")
    await expect(widget.bot.last).to_have_text("You said: Na?")


async def test_an_unknown_token_begins_anew(context: BrowserContext, page: Page, chat: FakeChat) -> None:
    await page.goto(chat.url)
    await page.evaluate("localStorage['aftersale.token'] = 'stale'")
    widget = await open_widget(page, chat)
    await widget.say("Hello")
    await expect(widget.bot.last).to_have_text("You said: Hello")


async def test_a_token_that_is_refused_in_the_middle_is_renewed(page: Page, chat: FakeChat) -> None:
    widget = await open_widget(page, chat)
    await widget.say("Hello")
    await expect(widget.bot.last).to_have_text("You said: Hello")
    chat.refusals["messages"] = Refusal(401, 1)
    await widget.say("Still me")
    await expect(widget.texts).to_have_text(["Hello", "You said: Hello", "Still me", "You said: Still me"])
