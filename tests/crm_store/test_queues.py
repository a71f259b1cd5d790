"""The desk's queues: their order, their pages, and what a list shows of each ticket."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock, tickets
from crm_store.models import (
    Channel,
    ContactPoint,
    Conversation,
    Level,
    LoyaltyAccount,
    Ticket,
    TicketPriority,
    TicketStatus,
    Tier,
)
from crm_store.session import Store
from crm_store.tickets import Place, Queue
from tests.crm_store.talk import NOON, agent, belong, customer, hear

LOW, NORMAL, HIGH, URGENT = TicketPriority


async def _ticket(session: AsyncSession, minute: int, priority: TicketPriority = NORMAL) -> Ticket:
    with clock.frozen_at(NOON + timedelta(minutes=minute)):
        heard = await hear(session, f"help {minute}", address=f"+{minute}")
        return await tickets.open_ticket(
            session,
            conversation_id=heard.conversation_id,
            customer_id=None,
            topic="complaint",
            priority=priority,
        )


async def test_a_queue_goes_by_priority_then_by_the_longest_waiting(store: Store) -> None:
    async with store.unit() as session:
        niamh = await agent(session)
        made = [
            await _ticket(session, minute, priority)
            for minute, priority in enumerate((NORMAL, HIGH, NORMAL, URGENT, HIGH))
        ]
        # Answered: it waits for the customer, whatever its priority.
        await tickets.reply(session, number=made[3].number, agent_id=niamh.id, text="On it")
        whole = await tickets.list_queue(session, queue=Queue.OPEN, agent_id=niamh.id)
        assert whole == [made[1], made[4], made[0], made[2], made[3]]
        with clock.frozen_at(NOON + timedelta(hours=1)):
            await hear(session, "and?", address="+3")
            await tickets.customer_wrote(session, conversation_id=made[3].conversation_id)
        whole = await tickets.list_queue(session, queue=Queue.OPEN, agent_id=niamh.id)
        assert (whole[0], whole[0].since) == (made[3], NOON + timedelta(hours=1))


async def test_waiting_counts_from_the_oldest_message_nobody_answered(store: Store) -> None:
    async with store.unit() as session:
        niamh = await agent(session)
        with clock.frozen_at(NOON):
            ticket = await _ticket(session, 0)
        with clock.frozen_at(NOON + timedelta(minutes=5)):
            await tickets.reply(session, number=ticket.number, agent_id=niamh.id, text="Yes?")
        for minute in (10, 20):
            with clock.frozen_at(NOON + timedelta(minutes=minute)):
                await hear(session, "hm", address="+0")
                await tickets.customer_wrote(session, conversation_id=ticket.conversation_id)
        assert (ticket.status, ticket.since) == (TicketStatus.OPEN, NOON + timedelta(minutes=10))


async def test_pages_join_without_gap_or_double_also_when_a_ticket_moved(store: Store) -> None:
    async with store.unit() as session:
        niamh = await agent(session)
        made = [await _ticket(session, minute, list(TicketPriority)[minute % 4]) for minute in range(11)]
        whole = await tickets.list_queue(session, queue=Queue.OPEN, agent_id=niamh.id)
        assert sorted(ticket.id for ticket in whole) == sorted(ticket.id for ticket in made)
        joined: list[Ticket] = []
        place = None
        while page := await tickets.list_queue(
            session, queue=Queue.OPEN, agent_id=niamh.id, limit=3, after=place
        ):
            joined, place = joined + page, Place.of(page[-1])
        assert joined == whole
        last = Place.of(whole[4])
        await tickets.resolve(session, number=whole[4].number, agent_id=niamh.id)
        rest = await tickets.list_queue(session, queue=Queue.OPEN, agent_id=niamh.id, after=last)
        assert rest == whole[5:]


async def test_mine_nobodys_and_what_is_resolved(store: Store) -> None:
    async with store.unit() as session:
        niamh, oisin = await agent(session, "Niamh"), await agent(session, "Oisín")
        made = [await _ticket(session, minute) for minute in range(5)]
        await tickets.assign(session, number=made[0].number, agent_id=niamh.id)
        await tickets.assign(session, number=made[1].number, agent_id=oisin.id)
        for ticket in (made[2], made[3]):
            await tickets.resolve(session, number=ticket.number, agent_id=niamh.id)
        found = {queue: await tickets.list_queue(session, queue=queue, agent_id=niamh.id) for queue in Queue}
        assert found == {
            Queue.OPEN: [made[0], made[1], made[4]],
            Queue.MINE: [made[0]],
            Queue.UNASSIGNED: [made[4]],
            Queue.RESOLVED: [made[3], made[2]],
        }
        older = await tickets.list_queue(
            session, queue=Queue.RESOLVED, agent_id=niamh.id, after=Place.of(made[3])
        )
        assert older == [made[2]]
        counts = await tickets.count_waiting(session, agent_id=niamh.id)
        assert counts == {Queue.OPEN: 3, Queue.MINE: 1, Queue.UNASSIGNED: 1}


async def test_a_list_shows_who_and_where_and_the_last_words(store: Store) -> None:
    async with store.unit() as session:
        niamh = await agent(session)
        known, stranger, claimed = [await _ticket(session, minute) for minute in range(3)]
        person = await customer(session)
        session.add(LoyaltyAccount(customer_id=person.id, tier=Tier.SWIFT, enrolled_at=NOON))
        await belong(session, await session.get_one(Conversation, known.conversation_id), person)
        thread = await session.get_one(Conversation, claimed.conversation_id)
        point = await session.get_one(ContactPoint, thread.contact_point_id)
        point.customer_id, point.level = person.id, Level.CLAIMED
        await tickets.assign(session, number=known.number, agent_id=niamh.id)
        await hear(session, "hello?", address="+0")
        seen = await tickets.glances(session, tickets=[stranger, known, claimed])
    assert [(one.customer_name, one.tier, one.assignee) for one in seen] == [
        ("", None, ""),
        ("Aoife Byrne", Tier.SWIFT, "Niamh"),
        ("", None, ""),
    ]
    assert [one.last and one.last.text for one in seen] == ["help 1", "hello?", "help 2"]
    assert seen[0].channel is Channel.SMS


async def test_reading_a_thread_on_misses_nothing(store: Store) -> None:
    async with store.unit() as session:
        ticket = await _ticket(session, 0)
        seen = await tickets.place(session, conversation_ids=[ticket.conversation_id])
        for text in ("one", "two", "three"):
            await hear(session, text, address="+0")
        keys = await tickets.conversations_of(session, ticket=ticket)
        newer = await tickets.thread_after(session, conversation_ids=keys, seen=seen)
        assert [message.text for message in newer] == ["one", "two", "three"]
        page = await tickets.thread(session, conversation_ids=keys, limit=2)
        older = await tickets.thread(session, conversation_ids=keys, before_id=page[0].id)
        assert [message.text for message in older + page] == ["help 0", "one", "two", "three"]
        opened, *more = await tickets.events_after(session, ticket_id=ticket.id)
        assert (opened.kind, more) == ("opened", [])
        assert await tickets.events_after(session, ticket_id=ticket.id, last_id=opened.id) == []
