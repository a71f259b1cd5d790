"""Getting a human in whole conversations: on request, out of a form, and when the bot does not understand."""

from __future__ import annotations

from datetime import UTC, datetime

from crm_store import clock, tickets
from crm_store.models import Ticket, TicketPriority
from tests.conversation import Talk


async def ticket_of(talk: Talk) -> Ticket:
    async with talk.store.reading() as session:
        return (await tickets.list_tickets(session))[0]


async def test_a_human_on_request_and_the_bot_is_silent(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    await talk.say("how many points do I have")
    said = await talk.say("I want to talk to a human")
    ticket = await ticket_of(talk)
    assert ticket.number in said, talk
    assert ticket.tried == ["“how many points do I have”: told the points balance"]
    assert not (await talk.say("hello?")).messages, talk


async def test_out_of_a_form_without_loss(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    await talk.say("redeem 300 points please")
    await talk.say("agent please")
    ticket = await ticket_of(talk)
    assert "In the middle of: turning points into a voucher: points 300" in ticket.summary, talk


async def test_money_that_is_gone_comes_first(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    said = await talk.say("I was charged twice for my order")
    assert "don't write a card number" in said, talk
    assert (await ticket_of(talk)).priority is TicketPriority.HIGH


async def test_twice_not_understood(talk: Talk) -> None:
    first = await talk.say("xqzzt brlfp gnarf")
    assert first.buttons, talk
    with clock.frozen_at(datetime(2026, 11, 20, 10, tzinfo=UTC)):
        second = await talk.say("wrrgh plonk zibble")
    assert (await ticket_of(talk)).number in second, talk
    assert len(second.messages) <= 2, talk


async def test_sworn_at_twice(talk: Talk) -> None:
    assert "get you a person?" in await talk.say("you are an idiot"), talk
    await talk.say("fuck you")
    ticket = await ticket_of(talk)
    assert ticket.priority is TicketPriority.HIGH
    assert "Mood: angry" in ticket.summary


async def test_a_form_that_gets_stuck(talk: Talk) -> None:
    await talk.sign_in("C-0001")
    await talk.say("redeem my points")
    await talk.say("the blue one")
    await talk.say("the green one")
    assert "In the middle of: turning points into a voucher" in (await ticket_of(talk)).summary, talk
