"""What agents do: answers that go once, and never over what they have not seen; notes, taking, settling."""

from __future__ import annotations

import asyncio

import pytest

from crm_store import conversations, typing_marks
from crm_store.models import Author, Direction, Message, OutboxRow, Owner, Ticket, TicketEvent, TicketStatus
from tests.channels.desk.agent import NIAMH, TOMAS, sign_in, ticket
from tests.channels.door import OpenDoor


async def by_agents(door: OpenDoor) -> list[Message]:
    return [message for message in await door.rows(Message) if message.author is Author.AGENT]


async def test_a_reply_reaches_the_customer_and_the_ticket_has_somebody(door: OpenDoor) -> None:
    niamh, made = await sign_in(door), await ticket(door)
    answer = await niamh.do(
        made.number, "reply", text=" Hello,\r\nit is on its way. ", seen=await niamh.seen(made.number)
    )
    (said,) = await by_agents(door)
    assert (answer.status_code, answer.json()) == (200, {"id": said.id})
    assert said.text == "Hello,\nit is on its way."
    assert [row.message_id for row in await door.rows(OutboxRow)] == [said.id]
    (kept,) = await door.rows(Ticket)
    assert (kept.status, kept.assignee_id) == (TicketStatus.PENDING, said.agent_id)


async def test_a_form_that_a_browser_sends_by_itself_works_too(door: OpenDoor) -> None:
    niamh, made = await sign_in(door), await ticket(door)
    fields = {"text": "Hello", "seen": await niamh.seen(made.number), "csrf": niamh.csrf}
    answer = await niamh.client.post(f"/desk/tickets/{made.number}/reply", data=fields)
    assert (answer.status_code, answer.headers["location"]) == (303, f"/desk/tickets/{made.number}")


async def test_the_same_form_twice_is_one_message_and_one_note(door: OpenDoor) -> None:
    niamh, made = await sign_in(door), await ticket(door)
    seen = await niamh.seen(made.number)
    answers = await asyncio.gather(
        *(niamh.do(made.number, "reply", text="Hello", seen=seen, key="same-form-1") for _ in range(5))
    )
    assert {answer.status_code for answer in answers} == {200}
    assert len({answer.json()["id"] for answer in answers}) == len(await by_agents(door)) == 1
    for _ in range(2):
        await niamh.do(made.number, "note", text="call", key="same-form-2")
    assert sum(event.kind == "note" for event in await door.rows(TicketEvent)) == 1


async def test_a_reply_on_stale_history_is_stopped_first_and_goes_the_next_time(door: OpenDoor) -> None:
    niamh, made = await sign_in(door), await ticket(door)
    seen = await niamh.seen(made.number)
    for text in ("no, wait", "it is here"):
        await door.say(text)
    for deed in ("reply", "resolve"):
        answer = await niamh.do(made.number, deed, text="I am sorry it is lost", seen=seen)
        error = answer.json()["error"]
        assert (answer.status_code, error["code"], error["new"]) == (409, "stale", 2)
        assert "2 new messages since you began" in error["message"]
    assert await by_agents(door) == []
    fresh = await niamh.seen(made.number)
    assert (await niamh.do(made.number, "reply", text="Good!", seen=fresh)).status_code == 200


async def test_fault_23_of_two_agents_who_answer_at_once_the_second_is_told(door: OpenDoor) -> None:
    niamh, tomas, made = await sign_in(door), await sign_in(door, TOMAS), await ticket(door)
    seen = await niamh.seen(made.number)
    answers = await asyncio.gather(
        *(
            one.do(made.number, "reply", text="Hello", seen=seen, key=f"form-of-{index}")
            for index, one in enumerate((niamh, tomas))
        )
    )
    assert sorted(answer.status_code for answer in answers) == [200, 409]
    (told,) = [answer.json()["error"] for answer in answers if answer.status_code == 409]
    assert told["code"] == "stale" and "has just answered" in told["message"]
    assert len(await by_agents(door)) == 1
    second = tomas if answers[1].status_code == 409 else niamh
    again = await second.do(made.number, "reply", text="Hello", seen=await second.seen(made.number))
    assert again.status_code == 200


async def test_a_resolved_ticket_takes_no_reply_and_says_why(door: OpenDoor) -> None:
    niamh, made = await sign_in(door), await ticket(door)
    seen = await niamh.seen(made.number)
    assert (await niamh.do(made.number, "resolve", text="All done.", seen=seen)).status_code == 200
    answer = await niamh.do(made.number, "reply", text="One more thing", seen=seen)
    assert (answer.status_code, answer.json()["error"]["code"]) == (409, "resolved")
    assert "the bot answers there again" in answer.json()["error"]["message"]
    page = await niamh.page(f"/desk/tickets/{made.number}")
    assert "This ticket is resolved" in page


async def test_resolving_tells_the_customer_once_and_the_bot_is_back(door: OpenDoor) -> None:
    niamh, made = await sign_in(door), await ticket(door)
    assert (await door.say("hello?")).json() == []
    for _ in range(2):
        await niamh.do(made.number, "resolve", text="All done.", seen=await niamh.seen(made.number))
    heard = [one.text for one in await door.rows(Message) if one.direction is Direction.OUTBOUND]
    assert heard == ["All done."]
    assert [reply["text"] for reply in (await door.say("and now?")).json()] == ["You said: and now?"]


async def test_fault_24_what_the_bot_was_about_to_say_over_a_human_is_dropped(door: OpenDoor) -> None:
    niamh, made = await sign_in(door), await ticket(door)
    seen = await niamh.seen(made.number)
    async with door.service.store.unit() as session:
        await conversations.set_owner(
            session, conversation_id=made.conversation_id, owner=Owner.BOT, actor="system"
        )
    door.dialogue.hold.clear()
    asking = asyncio.create_task(door.say("what is your return policy?"))
    while made.conversation_id not in door.dialogue.busy:  # noqa: ASYNC110  (the fake tells nobody)
        await asyncio.sleep(0)
    stale = await niamh.do(made.number, "reply", text="I am here", seen=seen)
    assert stale.status_code == 409, "the customer wrote meanwhile"
    assert (
        await niamh.do(made.number, "reply", text="I am here", seen=await niamh.seen(made.number))
    ).status_code == 200
    door.dialogue.hold.set()
    assert (await asking).json() == []
    outbound = [one for one in await door.rows(Message) if one.direction is Direction.OUTBOUND]
    assert [one.text for one in outbound] == ["I am here"]


async def test_taking_a_ticket_putting_it_back_and_being_second(door: OpenDoor) -> None:
    niamh, tomas, made = await sign_in(door), await sign_in(door, TOMAS), await ticket(door)
    assert (await niamh.do(made.number, "assign", to="me", was="")).json()["assignee"]
    late = await tomas.do(made.number, "assign", to="me", was="")
    assert late.status_code == 409
    assert "Niamh Kearney has just taken this ticket" in late.json()["error"]["message"]
    mine = await niamh.page("/desk?queue=mine")
    assert made.number in mine
    assert made.number not in await niamh.page("/desk?queue=unassigned")
    (kept,) = await door.rows(Ticket)
    back = await niamh.do(made.number, "assign", to="nobody", was=str(kept.assignee_id))
    assert back.json() == {"assignee": None}
    assert (await niamh.do(made.number, "assign", to="somebody")).status_code == 422


async def test_a_note_is_for_the_team_only(door: OpenDoor) -> None:
    niamh, tomas, made = await sign_in(door), await sign_in(door, TOMAS), await ticket(door)
    assert (await niamh.do(made.number, "note", text="Her third time, be kind")).status_code == 200
    assert "Her third time, be kind" in await tomas.page(f"/desk/tickets/{made.number}")
    assert all("third time" not in message.text for message in await door.rows(Message))
    assert await door.rows(OutboxRow) == []


async def test_typing_is_known_and_over_when_the_answer_goes(door: OpenDoor) -> None:
    niamh, made = await sign_in(door), await ticket(door)

    async def typing() -> list[str]:
        async with door.service.store.reading() as session:
            marks = await typing_marks.who_types(session, conversation_id=made.conversation_id)
        return [mark.name for mark in marks]

    assert (await niamh.do(made.number, "typing")).status_code == 204
    assert await typing() == ["Niamh Kearney"]
    await niamh.do(made.number, "reply", text="Hello", seen=await niamh.seen(made.number))
    assert await typing() == []


@pytest.mark.parametrize(
    ("deed", "fields"),
    [
        ("reply", {"text": " \n ", "seen": "1:1"}),
        ("reply", {"text": "x" * 8_001, "seen": "1:1"}),
        ("reply", {"text": "hello"}),
        ("reply", {"text": "hello", "seen": "1:1:1"}),
        ("reply", {"text": "hello", "seen": "9" * 40}),
        ("note", {"text": ""}),
        ("resolve", {"text": "", "seen": "1:1"}),
    ],
)
async def test_what_makes_no_sense_is_refused_with_a_sentence(
    door: OpenDoor, deed: str, fields: dict[str, str]
) -> None:
    niamh, made = await sign_in(door), await ticket(door)
    answer = await niamh.do(made.number, deed, **fields)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")
    assert await by_agents(door) == []


async def test_a_ticket_that_is_not_there(door: OpenDoor) -> None:
    niamh = await sign_in(door, NIAMH)
    for deed in ("reply", "note", "resolve", "assign", "typing"):
        answer = await niamh.do("T-9", deed, text="x", seen="1:1", to="me")
        assert answer.status_code == 404
    page = await niamh.client.get("/desk/tickets/T-9")
    assert (page.status_code, "There is no ticket T-9" in page.text) == (404, True)
    assert (await niamh.client.get("/desk/photos/nothing")).status_code == 404
