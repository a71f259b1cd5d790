"""The console's door: signed in or not, buttons by number, and nothing shown twice."""

from __future__ import annotations

import pytest

from channels.console import Console, Heard, Line
from crm_store import contact_points, conversations, outbox
from crm_store.errors import NotFound
from crm_store.models import Author, Channel, ContactPoint, Level, Message, OutboxRow, OutboxState
from tests.channels.door import OpenDoor

BUTTONS = [{"title": "Track it", "payload": "/track_order"}, {"title": "Nothing", "payload": "/deny"}]


async def test_what_is_said_is_answered(door: OpenDoor) -> None:
    console = await Console.open(door.service, "stranger-1")
    assert await console.say("hello") is Heard.ANSWERED
    assert await console.news() == [Line("bot", "You said: hello")]
    assert await console.news() == []
    assert [row.state for row in await door.rows(OutboxRow)] == [OutboxState.DELIVERED]


@pytest.mark.parametrize(
    ("typed", "heard"),
    [("1", "/track_order"), ("2", "/deny"), ("3", "3"), ("0", "0"), ("one", "one"), ("²", "²")],
)
async def test_a_number_presses_the_button_of_the_last_answer(door: OpenDoor, typed: str, heard: str) -> None:
    door.dialogue.answer = lambda text: [{"text": "What now?", "buttons": BUTTONS}]
    console = await Console.open(door.service, "stranger-1")
    await console.say("hello")
    assert await console.news() == [Line("bot", "What now?", ("Track it", "Nothing"))]
    await console.say(typed)
    assert door.dialogue.turns == ["hello", heard]


async def test_buttons_are_gone_after_an_answer_without_them(door: OpenDoor) -> None:
    door.dialogue.answer = lambda text: [{"text": "?", "buttons": BUTTONS if text == "hello" else []}]
    console = await Console.open(door.service, "stranger-1")
    for text in ("hello", "1", "1"):
        await console.say(text)
        await console.news()
    assert door.dialogue.turns == ["hello", "/track_order", "1"]


async def test_signed_in_as_a_demo_customer(door: OpenDoor) -> None:
    await Console.open(door.service, "C-0001", customer_number="C-0001")
    await Console.open(door.service, "C-0001", customer_number="C-0001")
    [point] = await door.rows(ContactPoint)
    assert (point.channel, point.level, point.customer_id) == (Channel.CONSOLE, Level.VERIFIED, 1)


async def test_a_stranger_is_anonymous(door: OpenDoor) -> None:
    await Console.open(door.service, "stranger-1")
    assert [point.level for point in await door.rows(ContactPoint)] == [Level.ANONYMOUS]


async def test_a_customer_who_is_none_is_not_found(door: OpenDoor) -> None:
    with pytest.raises(NotFound):
        await Console.open(door.service, "C-9999", customer_number="C-9999")
    assert await door.rows(ContactPoint) == []


async def test_what_was_said_before_is_not_shown_again(door: OpenDoor) -> None:
    first = await Console.open(door.service, "C-0001")
    await first.say("hello")
    again = await Console.open(door.service, "C-0001")
    assert await again.news() == []


async def test_a_human_is_heard_unasked(door: OpenDoor) -> None:
    console = await Console.open(door.service, "stranger-1")
    await console.say("hello")
    await console.news()
    conversation_id = (await door.rows(Message))[0].conversation_id
    async with door.service.store.unit() as session:
        thread = await conversations.get(session, conversation_id=conversation_id)
        await conversations.say(session, conversation=thread, author=Author.AGENT, text="Aoife here.")
    await console.wait()
    assert await console.news() == [Line("agent", "Aoife here.")]


async def test_a_mail_is_shown_in_the_demo(door: OpenDoor) -> None:
    async with door.service.store.unit() as session:
        await outbox.enqueue_mail(session, to="old@example.com", subject="Old", body="")
    console = await Console.open(door.service, "stranger-1")
    async with door.service.store.unit() as session:
        await outbox.enqueue_mail(session, to="maeve@example.com", subject="Your code: 123456", body="")
        await contact_points.find_or_create(session, channel=Channel.CONSOLE, address="other")
    assert await console.news() == [Line("mail", "To maeve@example.com: Your code: 123456")]
    assert await console.news() == []


async def test_it_says_when_a_human_has_it_and_when_the_answer_comes_later(
    door: OpenDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("channels.console.ANSWER_WITHIN", 0.1)
    console = await Console.open(door.service, "stranger-1")
    door.dialogue.hold.clear()
    assert await console.say("hello") is Heard.LATER
    door.dialogue.hold.set()
    monkeypatch.setattr("channels.console.ANSWER_WITHIN", 5)
    door.dialogue.answer = lambda text: []
    assert await console.say("hello") is Heard.BY_A_HUMAN
