"""The stream: everything once and in order, whatever happens to the line, and cheap while nothing happens."""

from __future__ import annotations

import asyncio
import random
import time
from contextlib import AsyncExitStack

import httpx
import pytest

from channels.inbox import Inbound
from channels.settings import Settings
from channels.web import identity, streams
from channels.web import stream as stream_module
from channels.web.visitors import visitor_of
from crm_store import contact_points, conversations, typing_marks
from crm_store.models import Author, Channel, OutboxState, Owner
from crm_store.session import Store
from tests.channels.web.browser import Browser, Served, served
from tests.fakes.dialogue import FakeDialogue
from tests.statements import counted


@pytest.fixture
async def browser(shop_server: Served) -> Browser:
    """A visitor of the real server."""
    visitor = shop_server.browser()
    await visitor.open()
    return visitor


def address_of(served_by: Served, browser: Browser) -> str:
    visitor = visitor_of(served_by.service.settings, browser.token)
    assert visitor
    return visitor.address


async def say_unlimited(server: Served, address: str, text: str) -> None:
    await server.service.inbox.receive(Inbound(Channel.WEB, address, text))


async def test_what_is_said_arrives(browser: Browser) -> None:
    async with browser.stream() as stream:
        assert stream.response.headers["content-type"].startswith("text/event-stream")
        assert await stream.event() == ("state", {"owner": "bot", "agent": None, "typing": False})
        await browser.say("hello", id="c-1")
        await stream.until("You said: hello")
    mine, answer = stream.messages
    assert (mine["client_id"], mine["text"], answer["author"]) == ("c-1", "hello", "bot")
    assert stream.messages == (await browser.newer())["messages"]


async def test_a_page_older_than_one_read_arrives_whole(shop_server: Served, browser: Browser) -> None:
    address = address_of(shop_server, browser)
    shop_server.dialogue.answer = lambda text: []
    for n in range(130):
        await say_unlimited(shop_server, address, f"n{n}")
    async with browser.stream() as stream:
        await stream.until("n129")
    assert [m["text"] for m in stream.messages] == [f"n{n}" for n in range(130)]


async def test_a_line_that_drops_again_and_again_loses_and_doubles_nothing(
    shop_server: Served, browser: Browser
) -> None:
    address = address_of(shop_server, browser)

    async def write() -> None:
        for n in range(150):
            await say_unlimited(shop_server, address, f"n{n}")

    writing = asyncio.create_task(write())
    seen: list[int] = []
    texts: list[str] = []
    after, chance = 0, random.Random(7)
    async with asyncio.timeout(30):
        while "You said: n149" not in texts:
            async with browser.stream(after) as stream:
                for _ in range(chance.randint(1, 12)):
                    await stream.event()
                    if texts + [m["text"] for m in stream.messages] and "You said: n149" in [
                        m["text"] for m in stream.messages
                    ]:
                        break
            after = stream.last_id
            seen += [m["id"] for m in stream.messages]
            texts += [m["text"] for m in stream.messages]
    await writing
    assert seen == sorted(set(seen))
    everything: list[int] = []
    while page := (await browser.newer(after=everything[-1] if everything else 0))["messages"]:
        everything += [m["id"] for m in page]
    assert seen == everything
    assert len(everything) == 300


async def test_twenty_tabs_see_the_same(shop_server: Served, browser: Browser) -> None:
    async with AsyncExitStack() as tabs:
        open_tabs = [await tabs.enter_async_context(browser.stream()) for _ in range(20)]
        for n in range(5):
            await browser.say(f"n{n}")
        await asyncio.gather(*(tab.until("You said: n4") for tab in open_tabs))
    assert all(tab.messages == open_tabs[0].messages for tab in open_tabs)
    assert len(open_tabs[0].messages) == 10


async def test_nobody_hears_what_another_visitor_says(shop_server: Served, browser: Browser) -> None:
    other = shop_server.browser()
    await other.open()
    async with browser.stream() as mine, other.stream() as theirs:
        await browser.say("my secret")
        await mine.until("You said: my secret")
        await other.say("hello")
        await theirs.until("You said: hello")
    assert [m["text"] for m in theirs.messages] == ["hello", "You said: hello"]


async def test_no_end_of_tabs_is_refused(
    shop_server: Served, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams, "MOST", 2)
    async with browser.stream() as first, browser.stream() as second:
        await first.event()
        await second.event()
        response = await browser.client.get("/chat/stream", headers=browser.bearer)
        assert (response.status_code, response.json()["error"]["code"]) == (429, "too_many")
        assert response.headers["retry-after"]
    async with asyncio.timeout(5):
        while (await _status_of_a_stream(browser)) != 200:
            pass


async def _status_of_a_stream(browser: Browser) -> int:
    async with browser.stream() as stream:
        return stream.response.status_code


async def test_it_ends_by_itself(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_module, "LASTS", 0.3)
    async with browser.stream() as stream, asyncio.timeout(5):
        while (await stream.event())[0]:
            pass


async def test_it_shows_that_it_lives(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stream_module, "PING_EVERY", 0.05)
    monkeypatch.setattr(stream_module, "LASTS", 0.5)
    async with browser.stream() as stream, asyncio.timeout(5):
        while (await stream.event())[0]:
            pass
    assert stream.pings > 2


async def test_what_a_stream_gave_is_delivered(shop_server: Served, browser: Browser) -> None:
    from crm_store.models import OutboxRow
    from tests.channels.door import rows

    async with browser.stream() as stream:
        await browser.say("hello")
        await stream.until("You said: hello")
        async with asyncio.timeout(5):
            while (await rows(shop_server.service.store, OutboxRow))[0].state is not OutboxState.DELIVERED:
                pass


class TestFromElsewhere:
    """What another process writes: a command, a second worker."""

    async def test_arrives_within_two_seconds(self, shop_server: Served, browser: Browser) -> None:
        other = Store(shop_server.service.settings.database_url)
        async with browser.stream() as stream:
            await stream.event()
            async with other.unit() as session:
                thread = await conversations.get(session, conversation_id=1)
                await conversations.say(session, conversation=thread, author=Author.AGENT, text="Hello!")
            began = time.monotonic()
            await stream.until("Hello!")
            assert time.monotonic() - began < 2
        await other.close()

    async def test_who_answers_and_who_types_is_told(self, shop_server: Served, browser: Browser) -> None:
        other = Store(shop_server.service.settings.database_url)
        async with browser.stream() as stream:
            await stream.event()
            async with other.unit() as session:
                await conversations.set_owner(session, conversation_id=1, owner=Owner.AGENT, actor="agent:1")
            await stream.until_state(owner="agent", typing=False)
            async with other.unit() as session:
                await typing_marks.note_typing(session, conversation_id=1, author=Author.AGENT, name="Sam")
            await stream.until_state(owner="agent", typing=True)
            async with other.unit() as session:
                await typing_marks.stopped_typing(session, conversation_id=1, author=Author.AGENT)
            await stream.until_state(owner="agent", typing=False)
            async with other.unit() as session:
                await conversations.set_owner(session, conversation_id=1, owner=Owner.BOT, actor="agent:1")
            await stream.until_state(owner="bot")
        await other.close()
        assert len(stream.states) == 5

    async def test_typing_that_nobody_ended_runs_out(
        self, shop_server: Served, browser: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        from datetime import timedelta

        monkeypatch.setattr(typing_marks, "TYPING_LASTS", timedelta(seconds=0.5))
        async with browser.stream() as stream:
            await stream.event()
            async with shop_server.service.store.unit() as session:
                await conversations.set_owner(session, conversation_id=1, owner=Owner.AGENT, actor="agent:1")
                await typing_marks.note_typing(session, conversation_id=1, author=Author.AGENT, name="Sam")
            shop_server.service.live.wake(1)
            await stream.until_state(typing=True)
            await stream.until_state(typing=False)


async def test_silent_streams_ask_the_database_next_to_nothing(shop_server: Served) -> None:
    store = shop_server.service.store
    async with AsyncExitStack() as opened:
        for _ in range(25):
            visitor = shop_server.browser()
            await visitor.open()
            stream = await opened.enter_async_context(visitor.stream())
            await stream.event()
        await shop_server.service.lookout.look()
        await asyncio.sleep(0.3)
        with counted(store) as statements:
            await shop_server.service.lookout.look()
            await shop_server.service.lookout.look()
            await asyncio.sleep(0.2)
    # The worker, the relay and the lookout's own clock may look once in between.
    assert len(statements) <= 8, statements


async def test_the_lookout_wakes_no_stream_for_what_it_has_seen(
    shop_server: Served, browser: Browser
) -> None:
    async with browser.stream() as stream:
        await browser.say("hello", id="c-1")
        await stream.until("You said: hello")
        lookout = shop_server.service.lookout
        await lookout.look()
        lookout._known.clear()
        [watch] = shop_server.service.live._watches[1]
        watch._rung.clear()
        await lookout.look()
        assert not watch._rung.is_set()
        await say_unlimited(shop_server, address_of(shop_server, browser), "more")
        await stream.until("You said: more")


async def test_a_stop_ends_the_streams_at_once(settings: Settings, dialogue: FakeDialogue) -> None:
    async with served(settings, dialogue) as server:
        browser = server.browser()
        await browser.open()
        async with browser.stream() as stream:
            await stream.event()
            began = time.monotonic()
            stopping = asyncio.create_task(server.stop())
            try:
                async with asyncio.timeout(4):
                    while (await stream.event())[0]:
                        pass
            except httpx.RemoteProtocolError:
                pass
            await stopping
            assert time.monotonic() - began < 3


async def test_a_database_that_fails_ends_the_stream_and_the_browser_comes_back(
    shop_server: Served, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with browser.stream() as stream:
        await stream.event()
        with monkeypatch.context() as broken:

            async def away(*args: object, **more: object) -> None:
                raise OSError("the database is away")

            broken.setattr(stream_module.conversations, "messages_after", away)
            await browser.say("hello")
            async with asyncio.timeout(5):
                while (await stream.event())[0]:
                    pass
    async with browser.stream(stream.last_id) as again:
        await again.until("You said: hello")


async def test_a_stream_begins_the_conversation_once(shop_server: Served, browser: Browser) -> None:
    async with browser.stream() as first, browser.stream() as second:
        await first.event()
        await second.event()
    async with shop_server.service.store.reading() as session:
        address = address_of(shop_server, browser)
        point = await contact_points.find(session, channel=Channel.WEB, address=address)
    assert point is not None


async def test_a_stream_of_before_the_sign_in_ends_with_it(shop_server: Served, browser: Browser) -> None:
    await browser.say("hello")
    async with browser.stream() as stream:
        await stream.until("You said: hello")
        signed_in = shop_server.browser()
        signed_in.token = browser.token
        await signed_in.open(identity=identity.issue(shop_server.service.settings, "C-0001"))
        await signed_in.say("my secret")
        async with asyncio.timeout(10):
            while (await stream.event())[0]:
                pass
    assert "my secret" not in [message["text"] for message in stream.messages]
