"""Saying something in the chat: stored once, answered, limited, and bad input refused kindly."""

from __future__ import annotations

import asyncio
import json
import sqlite3

import pytest

from channels.service import State
from channels.settings import Settings
from channels.web import limits
from crm_store import agents, conversations, session, tickets, typing_marks
from crm_store.models import (
    Author,
    Direction,
    Message,
    OutboxRow,
    OutboxState,
    Role,
    TicketPriority,
)
from tests.channels.door import OpenDoor, open_door
from tests.channels.web.browser import Browser
from tests.fakes.dialogue import FakeDialogue

ROUTES = [
    ("POST", "/chat/session"),
    ("POST", "/chat/messages"),
    ("GET", "/chat/messages"),
    ("POST", "/chat/photos?id=1"),
    ("GET", "/chat/photos/key"),
    ("GET", "/chat/stream"),
    ("POST", "/chat/typing"),
    ("POST", "/chat/read"),
]


async def an_agent_takes_over(door: OpenDoor) -> int:
    async with door.service.store.unit() as unit:
        agent = await agents.create_agent(
            unit, email="sam@example.com", name="Sam Doyle", role=Role.AGENT, password_hash="x"
        )
        ticket = await tickets.open_ticket(
            unit,
            conversation_id=1,
            customer_id=None,
            topic="other",
            priority=TicketPriority.NORMAL,
            summary="Wants a human.",
        )
        ticket.assignee_id = agent.id
        return agent.id


async def test_a_message_is_acknowledged_and_answered(door: OpenDoor, visitor: Browser) -> None:
    card = {"type": "order", "number": "A-10042"}
    button = {"title": "Yes", "payload": "/affirm"}
    door.dialogue.answer = lambda text: [{"text": "Here.", "custom": card, "buttons": [button]}]
    response = await visitor.say("where is my order", id="c-1")
    assert response.status_code == 202
    found = await visitor.until_said("Here.")
    mine, answer = found["messages"]
    assert response.json() == {"id": mine["id"]}
    at = mine.pop("at"), answer.pop("at")
    assert all(moment.endswith("Z") and "T" in moment for moment in at)
    assert mine == {
        "id": mine["id"],
        "author": "customer",
        "name": None,
        "text": "where is my order",
        "buttons": [],
        "custom": None,
        "photos": [],
        "client_id": "c-1",
    }
    assert answer == {
        "id": answer["id"],
        "author": "bot",
        "name": None,
        "text": "Here.",
        "buttons": [button],
        "custom": card,
        "photos": [],
        "client_id": None,
    }
    assert (found["owner"], found["agent"], found["typing"]) == ("bot", None, False)
    assert found["last_id"] == answer["id"]


class TestTheSameId:
    async def test_again_is_the_same_message(self, door: OpenDoor, visitor: Browser) -> None:
        first = await visitor.say("hello", id="c-1")
        again = await visitor.say("hello", id="c-1")
        assert (again.status_code, again.json()) == (202, first.json())
        await visitor.until_said("You said: hello")
        assert door.dialogue.turns == ["hello"]

    async def test_at_once_is_one_message(self, door: OpenDoor, visitor: Browser) -> None:
        said = await asyncio.gather(*(visitor.say("hello", id="c-1") for _ in range(15)))
        assert len({response.json()["id"] for response in said}) == 1
        await visitor.until_said("You said: hello")
        assert door.dialogue.turns == ["hello"]

    async def test_of_another_visitor_is_another_message(self, door: OpenDoor, visitor: Browser) -> None:
        other = Browser(door.client)
        await other.open()
        mine, theirs = await visitor.say("mine", id="1"), await other.say("theirs", id="1")
        assert mine.json() != theirs.json()
        await other.until_said("You said: theirs")
        assert "mine" not in json.dumps(await other.newer())


async def test_what_a_browser_adds_is_not_taken_along(door: OpenDoor, visitor: Browser) -> None:
    """Somebody else's photo, or a card of the bot's."""
    more = {
        "photos": ["another-key"],
        "custom": {"type": "order", "photos": ["another-key"]},
        "author": "bot",
    }
    await visitor.say("look", **more)
    [message] = [one for one in await door.rows(Message) if one.text == "look"]
    assert (message.author, set(message.custom or {})) == (Author.CUSTOMER, {"client_id"})


async def test_reading_goes_on_after_an_id(visitor: Browser) -> None:
    await visitor.say("one")
    first = await visitor.until_said("You said: one")
    await visitor.say("two")
    await visitor.until_said("You said: two")
    newer = await visitor.newer(after=first["last_id"])
    assert [m["text"] for m in newer["messages"]] == ["two", "You said: two"]
    assert (await visitor.newer(after=newer["last_id"]))["messages"] == []
    assert (await visitor.newer(after=newer["last_id"]))["last_id"] == newer["last_id"]


async def test_two_tabs_see_the_same(door: OpenDoor, visitor: Browser) -> None:
    other_tab = Browser(door.client, visitor.token)
    await other_tab.open()
    await visitor.say("one")
    await other_tab.say("two")
    await visitor.until_said("You said: two")
    await visitor.until_said("You said: one")
    assert (await visitor.newer())["messages"] == (await other_tab.newer())["messages"]


class TestBadInput:
    @pytest.mark.parametrize(
        "body",
        [
            {"text": "hello"},
            {"id": "1"},
            {"id": "1", "text": " \n"},
            {"id": "1", "text": 7},
            {"id": "1", "text": None},
            {"id": 1, "text": "hello"},
            {"id": "x" * 256, "text": "hello"},
            {"id": "a\0", "text": "hello"},
            {"id": "1", "text": "Yes", "payload": 7},
            {"id": "1", "text": "Yes", "payload": "affirm"},
            {"id": "1", "text": "Yes", "payload": "/" + "x" * 2_000},
            {"id": "1", "payload": "/affirm"},
            [],
            "hello",
        ],
    )
    async def test_what_does_not_fit(self, door: OpenDoor, visitor: Browser, body: object) -> None:
        response = await door.client.post("/chat/messages", content=json.dumps(body), headers=visitor.bearer)
        assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid")
        assert await door.rows(Message) == []

    @pytest.mark.parametrize(
        ("body", "status"), [(b"", 400), (b"{", 400), (b"\xff", 400), (b"x" * 70_000, 413)]
    )
    async def test_what_is_no_json(self, door: OpenDoor, visitor: Browser, body: bytes, status: int) -> None:
        response = await door.client.post("/chat/messages", content=body, headers=visitor.bearer)
        assert response.status_code == status

    @pytest.mark.parametrize("after", ["-1", "x", "1.5", "9" * 30, ""])
    async def test_no_id_to_go_on_after(self, door: OpenDoor, visitor: Browser, after: str) -> None:
        for path in ("/chat/messages", "/chat/stream"):
            response = await door.client.get(path, params={"after": after}, headers=visitor.bearer)
            assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid")

    @pytest.mark.parametrize("last_id", [None, "7", -1, 1.5, True, 2**63])
    async def test_no_id_that_was_read(self, door: OpenDoor, visitor: Browser, last_id: object) -> None:
        response = await door.client.post("/chat/read", json={"last_id": last_id}, headers=visitor.bearer)
        assert (response.status_code, response.json()["error"]["code"]) == (422, "invalid")

    @pytest.mark.parametrize("strange", ["a\0b", "a\ud800b", "<img src=x onerror=alert(1)>", "\u202egnp"])
    async def test_strange_text_is_stored_safely(
        self, door: OpenDoor, visitor: Browser, strange: str
    ) -> None:
        body = json.dumps({"id": "1", "text": strange})
        response = await door.client.post("/chat/messages", content=body, headers=visitor.bearer)
        assert response.status_code == 202
        assert len((await visitor.newer())["messages"][0]["text"]) == len(strange)

    async def test_a_long_text_is_cut_and_stays_the_visitors(self, door: OpenDoor, visitor: Browser) -> None:
        await visitor.say("x" * 20_000, id="c-9")
        [message] = [m for m in await door.rows(Message) if m.direction is Direction.INBOUND]
        assert (len(message.text), message.custom) == (8_000, {"client_id": "c-9", "cut": 20_000})
        assert (await visitor.newer())["messages"][0]["client_id"] == "c-9"


class TestLimits:
    async def test_500_messages_in_a_minute_from_one_visitor(self, door: OpenDoor, visitor: Browser) -> None:
        said = [await visitor.say(f"n{n}") for n in range(500)]
        codes = [response.status_code for response in said]
        assert codes.count(202) == limits.MESSAGES.amount
        assert set(codes) == {202, 429}
        refused = said[-1]
        assert refused.json()["error"]["code"] == "too_many"
        assert 1 <= int(refused.headers["retry-after"]) <= 60
        stored = [m for m in await door.rows(Message) if m.direction is Direction.INBOUND]
        assert [m.id for m in stored] == [r.json()["id"] for r in said if r.status_code == 202]

    async def test_one_who_is_stopped_does_not_stop_another(self, door: OpenDoor, visitor: Browser) -> None:
        for n in range(30):
            await visitor.say(f"n{n}")
        other = Browser(door.client)
        await other.open()
        assert (await other.say("hello")).status_code == 202

    async def test_many_visitors_behind_one_address(self, door: OpenDoor) -> None:
        codes = []
        for _ in range(7):
            browser = Browser(door.client)
            await browser.open()
            codes += [(await browser.say(f"n{n}")).status_code for n in range(10)]
        assert codes.count(202) == limits.FROM_ADDRESS.amount

    async def test_a_counter_that_is_away_silences_nobody(
        self, door: OpenDoor, visitor: Browser, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        async def away(*args: object) -> bool:
            raise ConnectionError("the counter is away")

        monkeypatch.setattr("channels.web.limits.SlidingWindowCounterRateLimiter.hit", away)
        assert (await visitor.say("hello")).status_code == 202

    @pytest.mark.parametrize(
        ("one", "other", "same"),
        [
            ("2001:db8:1:2::1", "2001:db8:1:2:ffff::9", True),
            ("2001:db8:1:2::1", "2001:db8:1:3::1", False),
            ("198.51.100.7", "198.51.100.8", False),
            ("testclient", "testclient", True),
        ],
    )
    def test_a_customers_line_is_one_address(self, one: str, other: str, same: bool) -> None:
        from starlette.requests import Request

        lines = {limits._line(Request({"type": "http", "client": (host, 1)})) for host in (one, other)}
        assert len(lines) == (1 if same else 2)


class TestWithAnAgent:
    async def test_who_answers_is_told_by_first_name(self, door: OpenDoor, visitor: Browser) -> None:
        await visitor.say("hello")
        await visitor.until_said("You said: hello")
        agent_id = await an_agent_takes_over(door)
        async with door.service.store.unit() as unit:
            thread = await conversations.get(unit, conversation_id=1)
            await conversations.say(
                unit, conversation=thread, author=Author.AGENT, text="Hi there", agent_id=agent_id
            )
            await typing_marks.note_typing(unit, conversation_id=1, author=Author.AGENT, name="Sam Doyle")
        found = await visitor.newer()
        assert (found["owner"], found["agent"], found["typing"]) == ("agent", "Sam", True)
        assert (found["messages"][-1]["author"], found["messages"][-1]["name"]) == ("agent", "Sam")
        opened = await visitor.open()
        assert (opened["owner"], opened["agent"]) == ("agent", "Sam")

    async def test_typing_is_told_to_an_agent_only(self, door: OpenDoor, visitor: Browser) -> None:
        async def marks() -> list[Author]:
            async with door.service.store.reading() as reading:
                return [mark.author for mark in await typing_marks.who_types(reading, conversation_id=1)]

        path = "/chat/typing"
        assert (await door.client.post(path, json={}, headers=visitor.bearer)).status_code == 204
        await visitor.say("hello")
        await visitor.until_said("You said: hello")
        response = await door.client.post(path, json={}, headers=visitor.bearer)
        assert (response.status_code, await marks()) == (204, [])
        await an_agent_takes_over(door)
        with door.service.live.watch(1) as watch:
            assert (await door.client.post(path, headers=visitor.bearer)).status_code == 204
            async with asyncio.timeout(1):
                await watch.next(60)
        assert await marks() == [Author.CUSTOMER]
        assert (await visitor.newer())["typing"] is False


class TestReceipts:
    async def states(self, door: OpenDoor) -> list[OutboxState]:
        return [row.state for row in await door.rows(OutboxRow)]

    async def until(self, door: OpenDoor, wanted: list[OutboxState]) -> None:
        async with asyncio.timeout(5):
            while await self.states(door) != wanted:  # noqa: ASYNC110  (the database has no event)
                await asyncio.sleep(0.02)

    async def test_what_was_read_is_delivered(self, door: OpenDoor, visitor: Browser) -> None:
        await visitor.say("hello")
        await visitor.until_said("You said: hello")
        await self.until(door, [OutboxState.DELIVERED])

    async def test_read_marks_everything_up_to_it_and_nothing_of_others(
        self, door: OpenDoor, visitor: Browser
    ) -> None:
        other = Browser(door.client)
        await other.open()
        for number, browser in enumerate((visitor, other, visitor), start=1):
            sent = (await browser.say("hello")).json()["id"]
            while len(door.dialogue.turns) < number:  # noqa: ASYNC110  (the database has no event)
                await asyncio.sleep(0.01)
        assert await self.states(door) == [OutboxState.PENDING] * 3
        response = await door.client.post("/chat/read", json={"last_id": sent}, headers=visitor.bearer)
        assert (response.status_code, response.content) == (204, b"")
        await self.until(door, [OutboxState.DELIVERED, OutboxState.PENDING, OutboxState.PENDING])

    async def test_what_was_collected_is_noted_when_the_process_stops(
        self, settings: Settings, dialogue: FakeDialogue
    ) -> None:
        async with open_door(settings, dialogue) as door:
            await door.service.ready()
            visitor = Browser(door.client)
            await visitor.open()
            await visitor.say("hello")
            await visitor.until_said("You said: hello")
        file = sqlite3.connect(settings.home / "aftersale.db")
        assert file.execute("select lower(state) from outbox").fetchall() == [("delivered",)]
        file.close()


@pytest.mark.parametrize(("method", "path"), ROUTES)
async def test_the_door_says_so_while_there_is_no_database(
    door: OpenDoor, visitor: Browser, method: str, path: str
) -> None:
    door.service.state = State.STARTING
    response = await door.client.request(method, path, headers=visitor.bearer)
    assert (response.status_code, response.json()["error"]["code"]) == (503, "starting")
    assert response.headers["retry-after"] == "3"


async def test_a_database_that_cannot_write_is_never_acknowledged(
    settings: Settings, dialogue: FakeDialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "BUSY_TIMEOUT_MS", 50)
    async with open_door(settings, dialogue) as door:
        await door.service.ready()
        visitor = Browser(door.client)
        await visitor.open()
        other = sqlite3.connect(settings.home / "aftersale.db", isolation_level=None, check_same_thread=False)
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        response = await visitor.say("hello", id="c-1")
        assert (response.status_code, response.json()["error"]["code"]) == (500, "internal")
        other.execute("ROLLBACK")
        other.close()
        assert await door.rows(Message) == []
        assert (await visitor.say("hello", id="c-1")).status_code == 202
