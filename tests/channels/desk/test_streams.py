"""The desk's streams: what is new arrives once each, in order, also after a break, until its session ends."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest

from channels.desk import streams
from channels.desk.guard import SignedIn, csrf_token
from channels.desk.places import read_seen
from channels.desk.queue_sight import QueueSight
from channels.desk.ticket_sight import TicketSight
from channels.live import LOOK_AGAIN
from crm_store import agents, clock, customers, outbox, tickets, typing_marks
from crm_store.models import Author, Ticket
from crm_store.session import Store
from crm_store.tickets import Queue
from tests.channels.desk.agent import NIAMH, TOMAS, Browser, sign_in, ticket
from tests.channels.door import OpenDoor

Event = tuple[str, Any, str | None]


async def signed_in(door: OpenDoor, browser: Browser, email: str = NIAMH) -> SignedIn:
    async with door.service.store.reading() as session:
        agent = await agents.get_by_email(session, email=email)
    assert agent
    token = browser.client.cookies["aftersale_desk"]
    return SignedIn(agent, token, csrf_token(door.service.settings, token))


async def events(door: OpenDoor, who: SignedIn, *sights: Any, life: float = 20.0) -> AsyncIterator[Event]:
    """What a browser hears."""
    async for event in streams.happenings(door.service, who, sights, life=life):
        yield event.event or "", json.loads(event.data) if event.data else None, event.id


async def until(stream: AsyncIterator[Event], name: str) -> Event:
    """The next event of that name."""
    async with asyncio.timeout(10):
        async for event in stream:
            if event[0] == name:
                return event
    raise AssertionError(f"the stream ended without {name}")


async def sight_of(niamh: Browser, who: SignedIn, made: Ticket) -> TicketSight:
    return TicketSight(made.number, who, place=read_seen(await niamh.seen(made.number)))


async def test_what_is_said_and_done_arrives_within_a_second_as_lines_of_the_page(door: OpenDoor) -> None:
    niamh, tomas, made = await sign_in(door), await sign_in(door, TOMAS), await ticket(door)
    who = await signed_in(door, niamh)
    stream = events(door, who, await sight_of(niamh, who, made))
    assert (await anext(stream))[0] == "hello"
    began = time.monotonic()
    await door.say("<b>are you there?</b>")
    _, line, _ = await until(stream, "line")
    assert "&lt;b&gt;are you there?&lt;/b&gt;" in line["html"] and line["kind"] == "customer"
    await tomas.do(made.number, "reply", text="I am", seen=await tomas.seen(made.number))
    _, line, _ = await until(stream, "line")
    assert "Tomás Roche" in line["html"] and "not read yet" in line["html"]
    await tomas.do(made.number, "note", text="be kind")
    kinds = [(await until(stream, "line"))[1]["kind"] for _ in range(2)]
    assert kinds == ["event", "note"]
    assert time.monotonic() - began < 5
    await stream.aclose()  # type: ignore[attr-defined]


async def test_a_broken_stream_goes_on_with_no_gap_and_no_double(door: OpenDoor) -> None:
    niamh, made = await sign_in(door), await ticket(door)
    who = await signed_in(door, niamh)
    sight = await sight_of(niamh, who, made)
    for text in ("one", "two"):
        await door.say(text)
    stream = events(door, who, sight)
    heard = [await until(stream, "line") for _ in range(2)]
    await stream.aclose()  # type: ignore[attr-defined]
    for text in ("three", "four"):
        await door.say(text)
    last_id = heard[-1][2]
    assert last_id and heard[0][2] is None, "an id in the middle of a look would lose the rest of it"
    again = events(door, who, TicketSight(made.number, who, place=read_seen(last_id)))
    heard += [await until(again, "line") for _ in range(2)]
    texts = [
        word
        for _, line, _ in heard
        for word in ("one", "two", "three", "four")
        if f">{word}<" in line["html"]
    ]
    assert texts == ["one", "two", "three", "four"]
    await again.aclose()  # type: ignore[attr-defined]


async def test_what_another_process_wrote_is_seen_by_looking_again(door: OpenDoor) -> None:
    niamh, made = await sign_in(door), await ticket(door)
    who = await signed_in(door, niamh)
    stream = events(door, who, await sight_of(niamh, who, made))
    await anext(stream)
    other = Store(door.service.settings.database_url)
    async with other.unit() as session:
        tomas = await agents.get_by_email(session, email=TOMAS)
        assert tomas
        await tickets.reply(session, number=made.number, agent_id=tomas.id, text="from elsewhere")
    await other.close()
    began = time.monotonic()
    assert "from elsewhere" in (await until(stream, "line"))[1]["html"]
    assert time.monotonic() - began < LOOK_AGAIN + 1
    await stream.aclose()  # type: ignore[attr-defined]


async def test_a_page_that_is_up_to_date_hears_nothing(door: OpenDoor) -> None:
    niamh, made = await sign_in(door), await ticket(door)
    who = await signed_in(door, niamh)
    html = await niamh.page(f"/desk/tickets/{made.number}")
    marks = {name: html.split(f'id="{name}"')[1].split('data-stamp="')[1][:8] for name in ("head", "aside")}
    shown = html.split('id="rows"')[1].split('data-stamp="')[1][:8]
    ticket_sight = TicketSight(made.number, who, place=read_seen(await niamh.seen(made.number)), **marks)
    async with door.service.store.reading() as session:
        news = await ticket_sight.look(session) + await QueueSight(Queue.OPEN, who.agent.id, shown).look(
            session
        )
    assert news == []


async def test_delivery_typing_head_and_customer_are_kept_up_to_date(door: OpenDoor) -> None:
    niamh, made = await sign_in(door), await ticket(door)
    who = await signed_in(door, niamh)
    seen = await niamh.seen(made.number)
    message = (await niamh.do(made.number, "reply", text="Hello", seen=seen)).json()["id"]
    sight = await sight_of(niamh, who, made)

    async def news() -> dict[str, Any]:
        async with door.service.store.reading() as session:
            return {event.event or "": json.loads(event.data) for event in await sight.look(session)}

    first = await news()
    assert first["delivery"] == {f"m{message}": {"text": "not read yet", "trouble": ""}}
    assert await news() == {}
    async with door.service.store.unit() as session:
        await outbox.mark_read(session, message_ids=[message])
        for author, name in ((Author.CUSTOMER, ""), (Author.AGENT, "Niamh Kearney")):
            await typing_marks.note_typing(
                session, conversation_id=made.conversation_id, author=author, name=name
            )
    second = await news()
    assert second["delivery"][f"m{message}"]["text"] == "read"
    assert second["typing"] == {"who": ["Visitor"]}, "one's own typing is no news"
    with clock.frozen_at(clock.now() + typing_marks.TYPING_LASTS):
        assert (await news())["typing"] == {"who": []}
    async with door.service.store.unit() as session:
        kept = await session.get_one(Ticket, made.id)
        kept.customer_id = (await customers.get_by_number(session, number="C-0001")).id
    third = await news()
    assert "Maeve" in third["head"]["html"] and "maeve@example.com" in third["aside"]["html"]


async def test_the_queue_says_its_order_and_only_the_rows_that_changed(door: OpenDoor) -> None:
    niamh = await sign_in(door)
    who = await signed_in(door, niamh)
    first = await ticket(door, address="a")
    sight = QueueSight(Queue.OPEN, who.agent.id, "")
    stream = events(door, who, sight)
    _, data, _ = await until(stream, "queue")
    assert (data["order"], list(data["rows"]), data["counts"]["open"]) == (["T-1001"], ["T-1001"], 1)
    second = await ticket(door, address="b")
    door.service.live.wake(second.conversation_id)
    _, data, _ = await until(stream, "queue")
    assert (data["order"], list(data["rows"])) == (["T-1001", "T-1002"], ["T-1002"])
    await niamh.do(first.number, "resolve", text="Done", seen=await niamh.seen(first.number))
    _, data, _ = await until(stream, "queue")
    assert (data["order"], data["rows"], data["counts"]["open"]) == (["T-1002"], {}, 1)
    await stream.aclose()  # type: ignore[attr-defined]


async def test_a_stream_ends_with_its_session(door: OpenDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(streams, "WELCOME_FOR", 0.0)
    niamh, made = await sign_in(door), await ticket(door)
    who = await signed_in(door, niamh)
    stream = events(door, who, await sight_of(niamh, who, made))
    await anext(stream)
    async with door.service.store.unit() as session:
        agent = await agents.get(session, agent_id=who.agent.id)
        agent.disabled_at = clock.now()
    heard = [name async for name, _, _ in stream]
    assert heard[-1] == "signed-out"


async def test_a_stream_ends_by_itself_and_over_http_it_is_one(
    door: OpenDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(streams.happenings, "__kwdefaults__", {"life": 0.3})
    niamh, made = await sign_in(door), await ticket(door)
    for path in ("/desk/stream", f"/desk/tickets/{made.number}/stream"):
        answer = await niamh.client.get(path, params={"seen": await niamh.seen(made.number)})
        assert answer.headers["content-type"].startswith("text/event-stream")
        assert "event: hello" in answer.text and "event: queue" in answer.text
    assert (await niamh.client.get("/desk/tickets/T-9/stream")).status_code == 404
