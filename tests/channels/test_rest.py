"""The REST door: Rasa's format, one turn a message, and bad input that is answered kindly."""

from __future__ import annotations

import asyncio
import json
import sqlite3

import httpx
import pytest

from channels import rest
from channels.service import State
from channels.settings import Settings
from crm_store import conversations, session
from crm_store.models import Message, OutboxRow, OutboxState, Owner
from tests.channels.door import REST, OpenDoor, open_door
from tests.fakes.dialogue import FakeDialogue


async def test_an_answer_comes_in_rasas_format(door: OpenDoor) -> None:
    button = {"title": "A-10042", "payload": '/inform{"order_number":"A-10042"}'}
    door.dialogue.answer = lambda text: [
        {"text": "Which one?", "buttons": [button]},
        {"text": "Here.", "custom": {"type": "order"}},
    ]
    response = await door.say("where is my order")
    assert response.status_code == 200
    assert response.json() == [
        {"recipient_id": "visitor", "text": "Which one?", "buttons": [button]},
        {"recipient_id": "visitor", "text": "Here.", "custom": {"type": "order"}},
    ]


async def test_what_was_read_is_delivered(door: OpenDoor) -> None:
    await door.say("hello")
    assert [row.state for row in await door.rows(OutboxRow)] == [OutboxState.DELIVERED]


async def test_each_message_gets_its_own_answer(door: OpenDoor) -> None:
    said = await asyncio.gather(*(door.say(f"number {n}", sender=f"s{n % 3}") for n in range(12)))
    assert [response.json()[0]["text"] for response in said] == [f"You said: number {n}" for n in range(12)]
    assert door.dialogue.overlaps == 0


class TestMessageId:
    async def test_the_same_id_gets_the_first_answer_and_no_second_turn(self, door: OpenDoor) -> None:
        first = await door.say("hello", message_id="1")
        again = await door.say("something else", message_id="1")
        assert again.json() == first.json()
        assert door.dialogue.turns == ["hello"]

    async def test_the_same_id_at_once_is_one_turn(self, door: OpenDoor) -> None:
        said = await asyncio.gather(*(door.say("hello", message_id="1") for _ in range(20)))
        assert [response.json() for response in said] == [said[0].json()] * 20
        assert said[0].json()[0]["text"] == "You said: hello"
        assert door.dialogue.turns == ["hello"]

    async def test_another_senders_same_id_is_another_message(self, door: OpenDoor) -> None:
        await door.say("mine", sender="a", message_id="1")
        theirs = await door.say("theirs", sender="b", message_id="1")
        assert theirs.json() == [{"recipient_id": "b", "text": "You said: theirs"}]

    async def test_without_an_id_the_same_text_is_said_twice(self, door: OpenDoor) -> None:
        await door.say("hello")
        await door.say("hello")
        assert door.dialogue.turns == ["hello", "hello"]

    @pytest.mark.parametrize("message_id", ["", " ", 7, ["1"], "x" * 256])
    async def test_no_id_at_all_is_refused(self, door: OpenDoor, message_id: object) -> None:
        response = await door.say("hello", message_id=message_id)
        assert response.status_code == 422
        assert "message_id" in response.json()["error"]["message"]


async def test_when_a_human_owns_the_conversation_the_bot_is_silent(door: OpenDoor) -> None:
    await door.say("hello")
    [message, _] = await door.rows(Message)
    async with door.service.store.unit() as unit:
        await conversations.set_owner(
            unit, conversation_id=message.conversation_id, owner=Owner.AGENT, actor="agent:1"
        )
    response = await door.say("are you there?")
    assert (response.status_code, response.json()) == (200, [])


async def test_an_answer_that_takes_too_long_is_promised(
    door: OpenDoor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rest, "ANSWER_WITHIN", 0.1)
    door.dialogue.hold.clear()
    response = await door.say("hello", message_id="1")
    assert response.status_code == 504
    assert response.json()["error"]["code"] == "answer_pending"
    assert "stored and will be answered" in response.json()["error"]["message"]
    monkeypatch.setattr(rest, "ANSWER_WITHIN", 5)
    door.dialogue.hold.set()
    assert (await door.say("hello", message_id="1")).json()[0]["text"] == "You said: hello"


class TestBadInput:
    @pytest.mark.parametrize("sender", [None, "", "  ", 5, ["a"], "x" * 256, "a\0b", "a\ud800"])
    async def test_sender(self, door: OpenDoor, sender: object) -> None:
        body = json.dumps({"sender": sender, "message": "hello"})
        response = await door.client.post(REST, content=body)
        assert response.status_code == 422
        assert response.json()["error"]["code"] == "invalid"
        assert "sender" in response.json()["error"]["message"]
        assert await door.rows(Message) == []

    @pytest.mark.parametrize("message", [None, "", " \n\t", 5, {"text": "hello"}])
    async def test_message(self, door: OpenDoor, message: object) -> None:
        response = await door.client.post(REST, json={"sender": "a", "message": message})
        assert response.status_code == 422
        assert "what the customer wrote" in response.json()["error"]["message"]

    async def test_a_sender_of_255_characters_is_fine(self, door: OpenDoor) -> None:
        assert (await door.say("hello", sender="x" * 255)).status_code == 200

    @pytest.mark.parametrize("body", [b"", b"{", b"\xff\xfe", b"[" * 60_000, b"sender=a&message=b"])
    async def test_what_is_no_json(self, door: OpenDoor, body: bytes) -> None:
        response = await door.client.post(REST, content=body)
        assert (response.status_code, response.json()["error"]["code"]) == (400, "not_json")

    @pytest.mark.parametrize("body", ["[]", '"hello"', "null", "1"])
    async def test_what_is_no_object(self, door: OpenDoor, body: str) -> None:
        assert (await door.client.post(REST, content=body)).status_code == 422

    async def test_too_big(self, door: OpenDoor) -> None:
        response = await door.say("x" * 65_536)
        assert (response.status_code, response.json()["error"]["code"]) == (413, "too_big")

    async def test_too_big_in_pieces(self, door: OpenDoor) -> None:
        async def pieces() -> object:
            for _ in range(100):
                yield b" " * 1024

        response = await door.client.post(REST, content=pieces())  # type: ignore[arg-type]
        assert response.status_code == 413

    @pytest.mark.parametrize("strange", ["a\0b", "a\ud800b", "\udfff", "\0"])
    async def test_nul_and_lone_surrogates_are_stored_safely(self, door: OpenDoor, strange: str) -> None:
        body = json.dumps({"sender": "a", "message": strange})
        response = await door.client.post(REST, content=body)
        clean = strange.replace("\0", "\ufffd").replace("\ud800", "\ufffd").replace("\udfff", "\ufffd")
        assert response.json() == [{"recipient_id": "a", "text": f"You said: {clean}"}]

    async def test_a_long_text_is_cut_not_lost(self, door: OpenDoor) -> None:
        response = await door.say("x" * 20_000)
        assert response.status_code == 200
        message = (await door.rows(Message))[0]
        assert (len(message.text), message.custom) == (8_000, {"cut": 20_000})

    async def test_another_method(self, door: OpenDoor) -> None:
        response = await door.client.get(REST)
        assert (response.status_code, response.json()["error"]["code"]) == (405, "method_not_allowed")


async def test_markup_in_a_message_stays_text(door: OpenDoor) -> None:
    response = await door.say("<img src=x onerror=alert(1)>")
    assert response.headers["content-type"] == "application/json"
    assert response.json()[0]["text"] == "You said: <img src=x onerror=alert(1)>"


async def test_the_door_says_so_while_there_is_no_database(door: OpenDoor) -> None:
    door.service.state = State.STARTING
    response: httpx.Response = await door.say("hello")
    assert (response.status_code, response.json()["error"]["code"]) == (503, "starting")
    assert response.headers["retry-after"] == "3"


async def test_a_database_that_cannot_write_is_never_acknowledged(
    settings: Settings, dialogue: FakeDialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(session, "BUSY_TIMEOUT_MS", 50)
    async with open_door(settings, dialogue) as door:
        await door.service.ready()
        other = sqlite3.connect(settings.home / "aftersale.db", isolation_level=None, check_same_thread=False)
        # In a thread: what the server is writing at the moment needs the event loop to end.
        await asyncio.to_thread(other.execute, "BEGIN IMMEDIATE")
        response = await door.say("hello", message_id="1")
        assert (response.status_code, response.json()["error"]["code"]) == (500, "internal")
        other.execute("ROLLBACK")
        other.close()
        assert await door.rows(Message) == []
        assert (await door.say("hello", message_id="1")).status_code == 200


async def test_what_was_stored_before_a_restart_is_answered_after_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(rest, "ANSWER_WITHIN", 0.1)
    monkeypatch.setattr("channels.tasks.LAST_WORDS", 0.1)
    stuck, well = FakeDialogue(), FakeDialogue()
    stuck.hold.clear()
    async with open_door(settings, stuck) as door:
        await door.service.ready()
        assert (await door.say("hello", message_id="1")).status_code == 504
    monkeypatch.setattr(rest, "ANSWER_WITHIN", 5)
    async with open_door(settings, well) as door:
        await door.service.ready()
        assert (await door.say("hello", message_id="1")).json()[0]["text"] == "You said: hello"
    assert (stuck.turns, well.turns) == ([], ["hello"])
