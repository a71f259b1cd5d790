"""Ratings: asked for rarely, kept once, found again."""

from __future__ import annotations

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import agents, clock, contact_points, conversations, ratings, tickets
from crm_store.models import Channel, Conversation, Role, TicketPriority
from crm_store.session import Store
from tests.crm_store import builders

WEEK = timedelta(days=7, minutes=1)


async def make_thread(
    session: AsyncSession, address: str = "visitor", owner: int | None = None
) -> Conversation:
    point = await contact_points.find_or_create(session, channel=Channel.WEB, address=address)
    if owner is not None:
        await contact_points.verify(session, contact_point_id=point.id, customer_id=owner)
    return await conversations.open_conversation(session, contact_point_id=point.id)


async def test_once_a_matter_and_once_a_week(store: Store) -> None:
    async with store.unit() as session:
        thread = await make_thread(session)
        assert await ratings.ask(session, conversation_id=thread.id, matter="return:R-1")
        assert not await ratings.ask(session, conversation_id=thread.id, matter="return:R-1")
        assert not await ratings.ask(session, conversation_id=thread.id, matter="return:R-2")
        with clock.frozen_at(clock.now() + WEEK):
            assert not await ratings.ask(session, conversation_id=thread.id, matter="return:R-1")
            assert await ratings.ask(session, conversation_id=thread.id, matter="return:R-2")


async def test_once_a_week_over_all_doors(store: Store) -> None:
    async with store.unit() as session:
        person = await builders.make_customer(session)
        first = await make_thread(session, "one", person.id)
        second = await make_thread(session, "two", person.id)
        assert await ratings.ask(session, conversation_id=first.id, matter="return:R-1")
        assert not await ratings.ask(session, conversation_id=second.id, matter="return:R-2")


async def test_two_at_once_ask_once(store: Store) -> None:
    async with store.unit() as session:
        thread = await make_thread(session)

    async def one() -> bool:
        async with store.unit() as session:
            return await ratings.ask(session, conversation_id=thread.id, matter="return:R-1") is not None

    assert sorted(await asyncio.gather(one(), one())) == [False, True]


async def test_the_answer_belongs_to_the_question(store: Store) -> None:
    async with store.unit() as session:
        thread = await make_thread(session)
        await ratings.ask(session, conversation_id=thread.id, matter="ticket:T-1001")
        await ratings.give(session, conversation_id=thread.id, stars=4)
        await ratings.add_words(session, conversation_id=thread.id, words="quick\x00")
        (found,) = await ratings.list_ratings(session)
    assert (found.matter, found.stars, found.best, found.words) == ("ticket:T-1001", 4, 5, "quick\ufffd")


async def test_unasked_and_too_late_stand_alone(store: Store) -> None:
    async with store.unit() as session:
        thread = await make_thread(session)
        await ratings.ask(session, conversation_id=thread.id, matter="ticket:T-1001")
        with clock.frozen_at(clock.now() + WEEK):
            late = await ratings.give(session, conversation_id=thread.id, stars=8, best=10)
    assert (late.matter, late.stars, late.best) == (None, 8, 10)


async def test_what_is_no_rating(store: Store) -> None:
    async with store.unit() as session:
        thread = await make_thread(session)
        with pytest.raises(ValueError, match="6 of 5"):
            await ratings.give(session, conversation_id=thread.id, stars=6)
        assert await ratings.add_words(session, conversation_id=thread.id, words="to nothing") is None


async def test_tickets_that_are_asked_about(store: Store) -> None:
    async with store.unit() as session:
        agent = await agents.create_agent(
            session, email="a@b.example", name="Orla", role=Role.AGENT, password_hash="x"
        )
        for address, answered, settled in [
            ("both", True, True),
            ("unanswered", False, True),
            ("open", True, False),
        ]:
            thread = await make_thread(session, address)
            ticket = await tickets.open_ticket(
                session,
                conversation_id=thread.id,
                customer_id=None,
                topic=address,
                intent="",
                priority=TicketPriority.NORMAL,
                summary="",
            )
            if answered:
                await tickets.reply(session, number=ticket.number, agent_id=agent.id, text="Hello")
            if settled:
                await tickets.resolve(session, number=ticket.number, agent_id=agent.id)
        found = await ratings.settled_tickets(session)
        assert [ticket.topic for ticket in found] == ["both"]
        await ratings.ask(
            session, conversation_id=found[0].conversation_id, matter=f"ticket:{found[0].number}"
        )
        assert await ratings.settled_tickets(session) == []
        with clock.frozen_at(clock.now() + timedelta(days=2)):
            assert await ratings.settled_tickets(session) == []
