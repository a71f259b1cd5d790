"""What agents do with a ticket."""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock, conversations
from crm_store.errors import Conflict, NotAllowed, NotFound
from crm_store.models import (
    Agent,
    Author,
    Conversation,
    Message,
    Owner,
    Ticket,
    TicketEvent,
    TicketStatus,
)
from crm_store.texts import storable
from crm_store.tickets.reading import CHANGING


async def assign(session: AsyncSession, *, number: str, agent_id: int | None) -> Ticket:
    """Make the ticket that agent's, or nobody's with None. Audited."""
    ticket, _ = await _held(session, number)
    before = ticket.assignee_id
    if before == agent_id:
        return ticket
    ticket.assignee_id = agent_id
    _note(session, ticket, "assigned", agent_id, {"from": before, "to": agent_id})
    actor = "system" if agent_id is None else f"agent:{agent_id}"
    await audit.write(
        session, actor=actor, action="assign_ticket", subject=f"ticket:{number}", data={"from": before}
    )
    return ticket


async def add_note(session: AsyncSession, *, number: str, agent_id: int, text: str) -> TicketEvent:
    """Write something down that the customer never sees."""
    ticket, _ = await _held(session, number)
    event = _note(session, ticket, "note", agent_id, {"text": storable(text)})
    await session.flush()
    return event


async def reply(
    session: AsyncSession, *, number: str, agent_id: int, text: str, seen_id: int | None = None
) -> Message:
    """Answer the customer as a human. A ticket nobody had is now this agent's, and the bot is silent.

    `seen_id` is the newest message the agent saw: when another agent answered after it, this is a `Conflict`
    that says who, and nothing is sent. A resolved ticket is `NotAllowed("resolved")`.
    """
    ticket, conversation = await _held(session, number)
    if ticket.status == TicketStatus.RESOLVED:
        raise NotAllowed("resolved", "This ticket is resolved.")
    if seen_id is not None:
        await _refuse_if_overtaken(session, conversation, agent_id, seen_id)
    await conversations.set_owner(
        session, conversation_id=conversation.id, owner=Owner.AGENT, actor=f"agent:{agent_id}"
    )
    message = await conversations.say(
        session, conversation=conversation, author=Author.AGENT, text=text, agent_id=agent_id
    )
    ticket.first_reply_at = ticket.first_reply_at or message.created_at
    ticket.status = TicketStatus.PENDING
    if ticket.assignee_id is None:
        await assign(session, number=number, agent_id=agent_id)
    await session.flush()
    return message


async def resolve(
    session: AsyncSession, *, number: str, agent_id: int | None, text: str | None = None
) -> Ticket:
    """The matter is settled: the bot answers again, and the customer is told `text` when there is one.

    Doing it twice changes nothing. Audited.
    """
    ticket, conversation = await _held(session, number)
    if ticket.status == TicketStatus.RESOLVED:
        return ticket
    ticket.status = TicketStatus.RESOLVED
    ticket.resolved_at = clock.now()
    _note(session, ticket, "resolved", agent_id, {})
    if text:
        await conversations.say(session, conversation=conversation, author=Author.SYSTEM, text=text)
    actor = "system" if agent_id is None else f"agent:{agent_id}"
    await conversations.set_owner(session, conversation_id=conversation.id, owner=Owner.BOT, actor=actor)
    await audit.write(session, actor=actor, action="resolve_ticket", subject=f"ticket:{number}")
    return ticket


async def _held(session: AsyncSession, number: str) -> tuple[Ticket, Conversation]:
    """The ticket, once its conversation is held: always in this order, so units never wait in a ring."""
    ticket = await session.scalar(select(Ticket).where(Ticket.number == number))
    if ticket is None:
        raise NotFound
    conversation = await conversations.hold(session, conversation_id=ticket.conversation_id)
    await session.refresh(ticket, CHANGING)
    return ticket, conversation


def _note(
    session: AsyncSession, ticket: Ticket, kind: str, agent_id: int | None, data: dict[str, Any]
) -> TicketEvent:
    event = TicketEvent(ticket_id=ticket.id, kind=kind, agent_id=agent_id, data=data, at=clock.now())
    session.add(event)
    return event


async def _refuse_if_overtaken(
    session: AsyncSession, conversation: Conversation, agent_id: int, seen_id: int
) -> None:
    others = (
        select(Agent.name)
        .join(Message, Message.agent_id == Agent.id)
        .where(
            Message.conversation_id == conversation.id,
            Message.id > seen_id,
            Message.agent_id != agent_id,
        )
    )
    name = await session.scalar(others.order_by(Message.id.desc()).limit(1))
    if name is not None:
        raise Conflict(f"{name} has just answered this ticket. Your text was not sent.")
