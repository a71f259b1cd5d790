"""The widget in a browser: broken streams, no network, impatience, and hostile words."""

from __future__ import annotations

import pytest
from playwright.async_api import Page, Route, expect

from tests.browser.conftest import NewPage
from tests.browser.widget import Widget, open_widget, time_flies
from tests.fakes.chat_server import WIDGET, FakeChat, Refusal

pytestmark = pytest.mark.asyncio(loop_scope="session")
HOSTILE = "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>"


async def greeted(page: Page, chat: FakeChat) -> Widget:
    """An open panel with one message and its answer."""
    widget = await open_widget(page, chat)
    await widget.say("Hello")
    await expect(widget.bot.last).to_have_text("You said: Hello")
    return widget


async def test_a_broken_stream_goes_on_without_gap_or_duplicate(page: Page, chat: FakeChat) -> None:
    widget = await greeted(page, chat)
    for n in range(6):
        chat.say(f"Line {n}")
        if n % 2:
            chat.break_streams()
        chat.say(f"More {n}")
    lines = [f"{word} {n}" for n in range(6) for word in ("Line", "More")]
    await expect(widget.bot).to_have_text(["You said: Hello", *lines])


async def test_polls_while_streams_are_refused_and_streams_again_later(page: Page, chat: FakeChat) -> None:
    chat.refusals["stream"] = Refusal(502, 2)
    await page.clock.install()
    widget = await greeted(page, chat)
    assert chat.count("GET messages") >= 1
    assert chat.count("GET stream") == 2
    async with time_flies(page), page.expect_request(lambda request: "/chat/stream" in request.url):
        pass
    chat.say("Over the stream")
    await expect(widget.bot.last).to_have_text("Over the stream")


async def test_polls_while_a_stream_gives_nothing(page: Page, chat: FakeChat) -> None:
    chat.stream_is_silent = True
    await page.clock.install()
    async with time_flies(page):
        widget = await greeted(page, chat)
    assert chat.count("GET messages") >= 1
    chat.stream_is_silent = False
    chat.say("At last")
    await expect(widget.bot).to_have_text(["You said: Hello", "At last"])


async def test_a_message_written_offline_survives_a_reload_and_is_sent_once(
    page: Page, chat: FakeChat
) -> None:
    widget = await greeted(page, chat)
    chat.refusals["messages"] = Refusal(503, 1000)
    await widget.say("Are you there?")
    await expect(widget.meta.last).to_contain_text("Not sent yet")
    await expect(widget.note).to_contain_text("Nothing is lost")
    kept = await page.evaluate("JSON.parse(localStorage['aftersale.outbox'])[0].id")
    await page.reload()
    await expect(widget.own.last).to_have_text("Are you there?")
    chat.refusals.clear()
    await expect(widget.bot.last).to_have_text("You said: Are you there?")
    await expect(widget.own).to_have_text(["Hello", "Are you there?"])
    assert [body["id"] for body in chat.received].count(kept) == 1
    assert await page.evaluate("localStorage['aftersale.outbox']") == "[]"


async def test_offline_says_so_and_sends_when_back(page: Page, chat: FakeChat) -> None:
    widget = await greeted(page, chat)
    await page.context.set_offline(True)
    await expect(widget.note).to_contain_text("You’re offline")
    await widget.say("From the tunnel")
    await expect(widget.meta.last).to_contain_text("Not sent yet")
    await page.context.set_offline(False)
    await expect(widget.bot.last).to_have_text("You said: From the tunnel")
    await expect(widget.note).to_be_empty()


async def test_try_again_sends_at_once(page: Page, chat: FakeChat) -> None:
    widget = await greeted(page, chat)
    chat.refusals["messages"] = Refusal(503, 1, after=600)
    await widget.say("Hurry")
    await widget.press("Try again")
    await expect(widget.bot.last).to_have_text("You said: Hurry")


async def test_too_many_messages_show_the_servers_sentence_and_arrive_in_order(
    page: Page, chat: FakeChat
) -> None:
    await page.clock.install()
    widget = await greeted(page, chat)
    chat.refusals["messages"] = Refusal(429, 2, "You write faster than I can read.", after=1)
    for n in range(3):
        await widget.say(f"Quick {n}")
    await expect(widget.note).to_have_text("You write faster than I can read.")
    async with time_flies(page):
        await expect(widget.own).to_have_text(["Hello", "Quick 0", "Quick 1", "Quick 2"])
        await expect(widget.bot.last).to_have_text("You said: Quick 2")
    assert [body["text"] for body in chat.received] == ["Hello", "Quick 0", "Quick 1", "Quick 2"]


async def test_a_message_that_the_server_refuses_for_good_shows_why_and_lets_the_next_pass(
    page: Page, chat: FakeChat
) -> None:
    widget = await greeted(page, chat)
    chat.refusals["messages"] = Refusal(422, 1, "That is no message.")
    await widget.say("?")
    await expect(widget.panel.locator(".meta.bad")).to_have_text("That is no message.")
    await widget.say("A real one")
    await expect(widget.bot.last).to_have_text("You said: A real one")


async def test_a_lost_acknowledgement_does_not_say_it_twice(page: Page, chat: FakeChat) -> None:
    widget = await greeted(page, chat)
    lost = 0

    async def lose(route: Route) -> None:
        nonlocal lost
        if route.request.method == "POST" and not lost:
            lost += 1
            await route.fetch()
            await route.abort()
        else:
            await route.continue_()

    await page.route("**/chat/messages", lose)
    await widget.say("Once")
    await expect(widget.bot.last).to_have_text("You said: Once")
    await expect(widget.note).to_be_empty()
    while len(chat.received) < 3:
        await page.wait_for_timeout(20)
    await expect(widget.texts).to_have_text(["Hello", "You said: Hello", "Once", "You said: Once"])
    assert [body["text"] for body in chat.received] == ["Hello", "Once", "Once"]


async def test_a_server_that_is_down_at_the_first_opening(page: Page, chat: FakeChat) -> None:
    chat.refusals["session"] = Refusal(503, 2)
    widget = await open_widget(page, chat)
    await widget.say("Anybody?")
    await expect(widget.bot.last).to_have_text("You said: Anybody?")


async def test_hostile_words_are_only_words(page: Page, chat: FakeChat) -> None:
    evil = "javascript:document.title='hacked'"
    chat.answers = {
        HOSTILE: [
            {"text": HOSTILE, "buttons": [{"title": HOSTILE, "payload": "x"}]},
            {
                "text": f"{evil} https://shop.example/a?b=1.",
                "custom": {"type": "article", "title": HOSTILE, "url": evil},
            },
            {"text": "a", "custom": {"type": "products", "products": [{"name": HOSTILE, "picture": evil}]}},
            {"text": "b", "custom": {"type": "constructor", "title": "What’s that", "url": evil}},
            {"text": "c", "custom": {"type": "orders", "orders": 7}, "author": "agent", "name": HOSTILE},
        ]
    }
    widget = await open_widget(page, chat, title=HOSTILE, greeting=HOSTILE)
    await widget.say(HOSTILE)
    await expect(widget.texts.last).to_have_text("c")
    await expect(widget.bot.first).to_have_text(HOSTILE)
    links = widget.panel.locator("a")
    assert [await link.get_attribute("href") for link in await links.all()] == ["https://shop.example/a?b=1"]
    await expect(widget.panel.locator("img")).to_have_count(0)
    await expect(page).to_have_title("A shop")


async def test_hidden_for_long_it_rests_and_catches_up(page: Page, chat: FakeChat) -> None:
    await page.clock.install()
    widget = await open_widget(page, chat)
    await widget.say("Hello")
    await expect(widget.bot.last).to_have_text("You said: Hello")
    hide = "v => { Object.defineProperty(document, 'hidden', {value: v, configurable: true});\
        document.dispatchEvent(new Event('visibilitychange')); }"
    await page.evaluate(hide, True)
    await page.clock.fast_forward(31_000)
    streams = chat.count("GET stream")
    chat.say("Meanwhile")
    await page.clock.fast_forward(31_000)
    await expect(widget.bot).to_have_count(1)
    assert chat.count("GET stream") == streams
    await page.evaluate(hide, False)
    await expect(widget.bot.last).to_have_text("Meanwhile")


async def test_a_page_without_storage_can_still_chat(page: Page, chat: FakeChat) -> None:
    await page.add_init_script(
        "for (const name of ['localStorage', 'sessionStorage'])"
        " Object.defineProperty(window, name, {get() { throw new DOMException('no', 'SecurityError'); }})"
    )
    widget = await greeted(page, chat)
    await widget.say("And again")
    await expect(widget.bot.last).to_have_text("You said: And again")


async def test_a_script_tag_twice_is_one_bubble(new_page: NewPage, chat: FakeChat) -> None:
    page = await new_page()
    await page.goto(chat.url)
    await page.add_script_tag(url=f"{chat.url}/chat/widget.js")
    await expect(page.locator("aftersale-chat")).to_have_count(1)


def test_it_weighs_no_more_than_25_kb() -> None:
    assert len(WIDGET.read_bytes()) <= 25_000


def test_it_never_writes_markup() -> None:
    source = WIDGET.read_text()
    assert not [
        word
        for word in ("innerHTML", "outerHTML", "insertAdjacentHTML", "document.write", "eval(")
        if word in source
    ]
