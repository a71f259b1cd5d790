"""Tickets: opened once, answered by humans, settled, and read as one story."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest

from crm_store import audit, clock, conversations, outbox, tickets
from crm_store.errors import Conflict, NotAllowed, NotFound, Stale
from crm_store.models import Author, Channel, Level, Owner, Ticket, TicketPriority, TicketStatus
from crm_store.session import Store
from tests.crm_store.talk import NOON, agent, answer, belong, customer, hear


async def _opened(store: Store) -> Ticket:
    async with store.unit() as session:
        heard = await hear(session, "my parcel is lost")
        return await tickets.open_ticket(
            session,
            conversation_id=heard.conversation_id,
            customer_id=None,
            topic="missing_parcel",
            intent="report_missing_parcel",
            priority=TicketPriority.NORMAL,
            summary="Parcel lost\x00",
            tried=["tracked"],
        )


async def _owner(store: Store, ticket: Ticket) -> Owner:
    async with store.reading() as session:
        return (await conversations.get(session, conversation_id=ticket.conversation_id)).owner


async def test_a_ticket_hands_the_conversation_to_humans(store: Store) -> None:
    ticket = await _opened(store)
    assert ticket.number == f"T-{1000 + ticket.id}"
    assert await _owner(store, ticket) == Owner.AGENT
    async with store.reading() as session:
        kept = await tickets.get_ticket(session, number=ticket.number)
        assert [event.kind for event in kept.events] == ["opened"]
        assert (kept.summary, kept.tried, kept.status) == (
            "Parcel lost\ufffd",
            ["tracked"],
            TicketStatus.OPEN,
        )
        assert len(await audit.entries(session, subject=f"ticket:{ticket.number}")) == 1


async def test_a_second_matter_joins_the_open_ticket_and_can_only_raise_it(store: Store) -> None:
    ticket = await _opened(store)
    for priority, expected in (
        (TicketPriority.URGENT, TicketPriority.URGENT),
        (TicketPriority.LOW, TicketPriority.URGENT),
    ):
        async with store.unit() as session:
            person = await customer(session, f"C-{priority}")
            again = await tickets.open_ticket(
                session,
                conversation_id=ticket.conversation_id,
                customer_id=person.id,
                topic="complaint",
                priority=priority,
            )
            assert (again.id, again.priority) == (ticket.id, expected)
    async with store.reading() as session:
        kept = await tickets.get_ticket(session, number=ticket.number)
    assert [event.kind for event in kept.events] == ["opened", "asked_again", "asked_again"]
    assert kept.events[1].data["topic"] == "complaint"
    assert kept.customer_id == kept.events[1].data["customer_id"]


async def test_many_at_once_open_one_ticket(store: Store) -> None:
    async with store.unit() as session:
        thread_id = (await hear(session)).conversation_id

    async def opened(_: int) -> int:
        async with store.unit() as session:
            ticket = await tickets.open_ticket(
                session, conversation_id=thread_id, customer_id=None, topic="talk_to_human"
            )
        return ticket.id

    assert len(set(await asyncio.gather(*map(opened, range(10))))) == 1


async def test_a_reply_goes_out_takes_the_ticket_and_silences_the_bot(store: Store) -> None:
    ticket = await _opened(store)
    async with store.unit() as session:
        niamh = await agent(session)
        await conversations.set_owner(
            session, conversation_id=ticket.conversation_id, owner=Owner.BOT, actor="system"
        )
        message = await tickets.reply(session, number=ticket.number, agent_id=niamh.id, text="On it.")
        (row,) = await outbox.due(session, limit=5, channels={Channel.SMS})
    assert (row.message_id, row.payload["text"]) == (message.id, "On it.")
    assert (message.author, message.agent_id) == (Author.AGENT, niamh.id)
    assert await _owner(store, ticket) == Owner.AGENT
    async with store.unit() as session:
        kept = await tickets.get_ticket(session, number=ticket.number)
        assert (kept.assignee_id, kept.first_reply_at) == (niamh.id, message.created_at)
        assert kept.status == TicketStatus.PENDING
        await tickets.customer_wrote(session, conversation_id=ticket.conversation_id)
        assert (await tickets.get_ticket(session, number=ticket.number)).status == TicketStatus.OPEN


async def test_of_two_agents_who_answer_at_once_the_second_is_told(store: Store) -> None:
    ticket = await _opened(store)
    async with store.unit() as session:
        both = [await agent(session, name) for name in ("Niamh", "Oisín")]
        seen = await tickets.place(session, conversation_ids=[ticket.conversation_id])

    async def reply(agent_id: int) -> str:
        try:
            async with store.unit() as session:
                await tickets.reply(session, number=ticket.number, agent_id=agent_id, text="Hello", seen=seen)
        except Conflict as refusal:
            return refusal.message
        return "sent"

    outcomes = await asyncio.gather(*(reply(one.id) for one in both))
    assert sorted(outcomes, key=len)[0] == "sent"
    assert "has just answered" in sorted(outcomes, key=len)[1]
    async with store.reading() as session:
        said = await conversations.history(session, conversation_id=ticket.conversation_id)
    assert sum(message.author == Author.AGENT for message in said) == 1


async def test_the_same_agent_and_one_who_saw_the_others_answer_may_go_on(store: Store) -> None:
    ticket = await _opened(store)
    thread = ticket.conversation_id
    async with store.unit() as session:
        niamh, oisin = await agent(session, "Niamh"), await agent(session, "Oisín")
        seen = await tickets.place(session, conversation_ids=[thread])
        first = await tickets.reply(session, number=ticket.number, agent_id=niamh.id, text="1", seen=seen)
        last = await tickets.reply(session, number=ticket.number, agent_id=niamh.id, text="2", seen=seen)
        with pytest.raises(Stale):
            await tickets.reply(
                session, number=ticket.number, agent_id=oisin.id, text="3", seen={thread: first.id}
            )
        await tickets.reply(
            session, number=ticket.number, agent_id=oisin.id, text="3", seen={thread: last.id}
        )


async def test_what_the_customer_wrote_meanwhile_stops_a_reply_and_a_settlement(store: Store) -> None:
    ticket = await _opened(store)
    async with store.unit() as session:
        niamh = await agent(session)
        seen = await tickets.place(session, conversation_ids=[ticket.conversation_id])
        for text in ("no, wait", "it is here"):
            await hear(session, text)
        for attempt in (tickets.reply, tickets.resolve):
            with pytest.raises(Stale) as refusal:
                await attempt(session, number=ticket.number, agent_id=niamh.id, text="Sorry!", seen=seen)
            assert refusal.value.new == 2
            assert "2 new messages since you began" in refusal.value.message
        now = await tickets.place(session, conversation_ids=[ticket.conversation_id])
        await tickets.reply(session, number=ticket.number, agent_id=niamh.id, text="Good!", seen=now)


async def test_a_message_at_another_proven_door_counts_and_a_claimed_one_does_not(store: Store) -> None:
    ticket = await _opened(store)
    async with store.unit() as session:
        niamh, person = await agent(session), await customer(session)
        thread = await conversations.get(session, conversation_id=ticket.conversation_id)
        await belong(session, thread, person)
        ticket = await session.merge(ticket)
        ticket.customer_id = person.id
        own = await tickets.conversations_of(session, ticket=ticket)
        seen = await tickets.place(session, conversation_ids=own)
        stranger = await hear(session, "I am Aoife", address="x", channel=Channel.WEB)
        point = (await conversations.get(session, conversation_id=stranger.conversation_id)).contact_point
        point.customer_id, point.level = person.id, Level.CLAIMED
        await session.flush()
        await tickets.reply(session, number=ticket.number, agent_id=niamh.id, text="Hello", seen=seen)
        seen = await tickets.place(session, conversation_ids=own)
        point.level = Level.VERIFIED
        await hear(session, "me again", address="x", channel=Channel.WEB)
        with pytest.raises(Stale):
            await tickets.reply(session, number=ticket.number, agent_id=niamh.id, text="Hello", seen=seen)


async def test_the_same_reply_and_the_same_note_twice_are_one(store: Store) -> None:
    ticket = await _opened(store)
    async with store.unit() as session:
        niamh, oisin = await agent(session, "Niamh"), await agent(session, "Oisín")
        seen = await tickets.place(session, conversation_ids=[ticket.conversation_id])
        said = [
            await tickets.reply(
                session, number=ticket.number, agent_id=one.id, text="Hi", seen=None, key="k-1"
            )
            for one in (niamh, niamh, oisin)
        ]
        assert (said[0].id == said[1].id, said[0].id == said[2].id) == (True, False)
        again = await tickets.reply(
            session, number=ticket.number, agent_id=niamh.id, text="Hi", seen=seen, key="k-1"
        )
        assert again.id == said[0].id
        notes = [
            await tickets.add_note(session, number=ticket.number, agent_id=niamh.id, text="call", key=key)
            for key in ("n-1", "n-1", "n-2")
        ]
        assert (notes[0].id == notes[1].id, notes[0].id == notes[2].id) == (True, False)


async def test_of_two_who_take_a_ticket_the_second_is_told(store: Store) -> None:
    ticket = await _opened(store)
    async with store.unit() as session:
        niamh, oisin = await agent(session, "Niamh"), await agent(session, "Oisín")
        await tickets.assign(session, number=ticket.number, agent_id=niamh.id, instead_of=None)
        with pytest.raises(Conflict) as refusal:
            await tickets.assign(session, number=ticket.number, agent_id=oisin.id, instead_of=None)
        assert "Niamh has just taken this ticket" in refusal.value.message
        kept = await tickets.assign(
            session, number=ticket.number, agent_id=oisin.id, by=oisin.id, instead_of=niamh.id
        )
        assert kept.assignee_id == oisin.id


async def test_resolving_gives_the_conversation_back_and_tells_the_customer(store: Store) -> None:
    ticket = await _opened(store)
    async with store.unit() as session:
        niamh = await agent(session)
        for _ in range(2):
            await tickets.resolve(session, number=ticket.number, agent_id=niamh.id, text="The bot is back.")
        with pytest.raises(NotAllowed) as refusal:
            await tickets.reply(session, number=ticket.number, agent_id=niamh.id, text="late")
        assert refusal.value.reason == "resolved"
        assert await tickets.customer_wrote(session, conversation_id=ticket.conversation_id) is None
    assert await _owner(store, ticket) == Owner.BOT
    async with store.unit() as session:
        kept = await tickets.get_ticket(session, number=ticket.number)
        assert kept.resolved_at is not None
        assert [event.kind for event in kept.events] == ["opened", "resolved"]
        said = await conversations.history(session, conversation_id=ticket.conversation_id)
        assert [message.author for message in said] == [Author.CUSTOMER, Author.AGENT]
        fresh = await tickets.open_ticket(
            session, conversation_id=ticket.conversation_id, customer_id=None, topic="again"
        )
        assert fresh.id != ticket.id


async def test_assigning_and_notes_are_on_record(store: Store) -> None:
    ticket = await _opened(store)
    async with store.unit() as session:
        niamh = await agent(session)
        for agent_id in (niamh.id, niamh.id, None):
            await tickets.assign(session, number=ticket.number, agent_id=agent_id)
        await tickets.add_note(session, number=ticket.number, agent_id=niamh.id, text="called\x00 them")
    async with store.reading() as session:
        kept = await tickets.get_ticket(session, number=ticket.number)
    assert [event.kind for event in kept.events] == ["opened", "assigned", "assigned", "note"]
    assert kept.events[-1].data == {"text": "called\ufffd them"}
    assert kept.assignee_id is None


async def test_the_timeline_is_one_story_over_all_channels(store: Store) -> None:
    async with store.unit() as session:
        mine, other = await customer(session, "C-1"), await customer(session, "C-2")
        for minute, (channel, person) in enumerate(
            [(Channel.SMS, mine), (Channel.WEB, other), (Channel.TELEGRAM, mine)]
        ):
            with clock.frozen_at(NOON + timedelta(minutes=minute)):
                heard = await hear(session, channel.value, channel=channel)
                thread = await conversations.get(session, conversation_id=heard.conversation_id)
                await belong(session, thread, person)
        with clock.frozen_at(NOON + timedelta(minutes=5)):
            ticket = await tickets.open_ticket(
                session, conversation_id=heard.conversation_id, customer_id=mine.id, topic="complaint"
            )
        with clock.frozen_at(NOON + timedelta(minutes=6)):
            await answer(session, heard.conversation_id, "a human will answer")
        lines = await tickets.timeline(session, ticket=ticket)
    story = [line.message.text if line.message else line.event and line.event.kind for line in lines]
    assert story == ["sms", "telegram", "opened", "a human will answer"]


async def test_tickets_are_listed_newest_first_by_status_in_pages(store: Store) -> None:
    async with store.unit() as session:
        numbers = []
        for index in range(4):
            thread_id = (await hear(session, address=str(index))).conversation_id
            ticket = await tickets.open_ticket(
                session, conversation_id=thread_id, customer_id=None, topic="x"
            )
            numbers.append(ticket.number)
        await tickets.resolve(session, number=numbers[3], agent_id=None)
        newest = await tickets.list_tickets(session, status=TicketStatus.OPEN, limit=2)
        older = await tickets.list_tickets(session, status=TicketStatus.OPEN, limit=2, before=newest[-1].id)
        everything = await tickets.list_tickets(session)
    assert [ticket.number for ticket in newest + older] == numbers[2::-1]
    assert len(everything) == 4


async def test_what_does_not_exist_is_not_found(store: Store) -> None:
    async with store.unit() as session:
        for attempt in (
            tickets.get_ticket(session, number="T-1"),
            tickets.assign(session, number="T-1", agent_id=None),
            tickets.resolve(session, number="T-1", agent_id=None),
        ):
            with pytest.raises(NotFound):
                await attempt
