"""What agents do with a ticket."""

from __future__ import annotations

from types import EllipsisType
from typing import Any

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import agents, audit, clock, conversations
from crm_store.errors import Conflict, NotAllowed, NotFound
from crm_store.models import (
    Author,
    Channel,
    ContactPoint,
    Conversation,
    Message,
    Owner,
    Ticket,
    TicketEvent,
    TicketStatus,
)
from crm_store.texts import storable
from crm_store.tickets.reading import CHANGING
from crm_store.tickets.staleness import refuse_if_stale
from crm_store.tickets.thread import Seen, events_after


async def assign(
    session: AsyncSession,
    *,
    number: str,
    agent_id: int | None,
    by: int | None = None,
    instead_of: int | EllipsisType | None = ...,
) -> Ticket:
    """Make the ticket that agent's, or nobody's with None. Audited as done `by` that agent.

    `instead_of` is whose ticket it was when they looked (None: nobody's): `Conflict` when it is somebody
    else's by now.
    """
    ticket, _ = await _held(session, number)
    before = ticket.assignee_id
    if before == agent_id:
        return ticket
    if before is not None and instead_of not in (..., before):
        name = (await agents.get(session, agent_id=before)).name
        raise Conflict(f"{name} has just taken this ticket.")
    ticket.assignee_id = agent_id
    actor = by or agent_id
    _note(session, ticket, "assigned", actor, {"from": before, "to": agent_id})
    await audit.write(
        session,
        actor=_actor(actor),
        action="assign_ticket",
        subject=f"ticket:{number}",
        data={"from": before, "to": agent_id},
    )
    return ticket


async def add_note(
    session: AsyncSession, *, number: str, agent_id: int, text: str, key: str | None = None
) -> TicketEvent:
    """Write something down that the customer never sees. The same `key` again is the same note."""
    ticket, _ = await _held(session, number)
    if key is not None:
        for event in await events_after(session, ticket_id=ticket.id):
            if event.agent_id == agent_id and event.data.get("key") == key:
                return event
    data = {"text": storable(text)} | ({"key": key} if key else {})
    event = _note(session, ticket, "note", agent_id, data)
    await session.flush()
    return event


async def reply(
    session: AsyncSession,
    *,
    number: str,
    agent_id: int,
    text: str,
    seen: Seen | None = None,
    key: str | None = None,
) -> Message:
    """Answer the customer as a human. A ticket nobody had is now this agent's, and the bot is silent.

    `seen` is the newest message of each conversation that the agent saw: when the customer wrote or another
    agent answered after it, this is `Stale`, and nothing is sent. A resolved ticket is
    `NotAllowed("resolved")`. The same `key` again gives the first message, whatever happened since.
    """
    ticket, conversation = await _held(session, number)
    point = await session.get_one(ContactPoint, conversation.contact_point_id)
    provider_id = key and f"desk:{agent_id}:{key}"
    if provider_id and (said := await _said(session, point.channel, provider_id)):
        return said
    if ticket.status == TicketStatus.RESOLVED:
        raise NotAllowed(
            "resolved", f"{number} is resolved, and the bot answers there again. Nothing was sent."
        )
    if seen is not None:
        await refuse_if_stale(session, ticket=ticket, agent_id=agent_id, seen=seen)
    await conversations.set_owner(
        session, conversation_id=conversation.id, owner=Owner.AGENT, actor=_actor(agent_id)
    )
    message = await conversations.say(
        session, conversation=conversation, author=Author.AGENT, text=text, agent_id=agent_id
    )
    message.provider_id = provider_id
    ticket.first_reply_at = ticket.first_reply_at or message.created_at
    ticket.status, ticket.since = TicketStatus.PENDING, message.created_at
    if ticket.assignee_id is None:
        await assign(session, number=number, agent_id=agent_id)
    await session.flush()
    return message


async def resolve(
    session: AsyncSession,
    *,
    number: str,
    agent_id: int | None,
    text: str | None = None,
    seen: Seen | None = None,
) -> Ticket:
    """The matter is settled: the bot answers again, and the agent's last words are `text`, if any.

    Doing it twice changes nothing. `seen` as for `reply`. Audited.
    """
    ticket, conversation = await _held(session, number)
    if ticket.status == TicketStatus.RESOLVED:
        return ticket
    if seen is not None and agent_id is not None:
        await refuse_if_stale(session, ticket=ticket, agent_id=agent_id, seen=seen)
    ticket.status = TicketStatus.RESOLVED
    if text:
        author = Author.SYSTEM if agent_id is None else Author.AGENT
        await conversations.say(
            session, conversation=conversation, author=author, text=text, agent_id=agent_id
        )
    ticket.resolved_at = ticket.since = clock.now()
    _note(session, ticket, "resolved", agent_id, {})
    actor = _actor(agent_id)
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


async def _said(session: AsyncSession, channel: Channel, provider_id: str) -> Message | None:
    same = (Message.channel == channel, Message.provider_id == provider_id)
    return await session.scalar(select(Message).where(*same))


def _actor(agent_id: int | None) -> str:
    return "system" if agent_id is None else f"agent:{agent_id}"
