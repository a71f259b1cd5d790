"""Small stories for the tests of conversations, the outbox and tickets."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import agents, clock, conversations
from crm_store.models import (
    Agent,
    Author,
    Channel,
    ContactPoint,
    Conversation,
    Customer,
    Level,
    Message,
    OutboxRow,
    Role,
)

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)
"""A Monday."""


async def hear(
    session: AsyncSession,
    text: str = "hello",
    *,
    address: str = "+353209101234",
    channel: Channel = Channel.SMS,
    provider_id: str | None = None,
) -> Message:
    """A customer's message, stored."""
    message, _ = await conversations.receive(
        session, channel=channel, address=address, provider_id=provider_id, text=text
    )
    return message


async def answer(session: AsyncSession, conversation_id: int, text: str = "hi") -> Message:
    """The bot's reply."""
    conversation = await conversations.get(session, conversation_id=conversation_id)
    return await conversations.say(session, conversation=conversation, author=Author.BOT, text=text)


async def row_of(session: AsyncSession, said: Message) -> OutboxRow:
    """The outbox row that carries the message."""
    return (await session.scalars(select(OutboxRow).where(OutboxRow.message_id == said.id))).one()


async def customer(session: AsyncSession, number: str = "C-1") -> Customer:
    """A customer of that number, stored."""
    person = Customer(number=number, name="Aoife Byrne", joined_at=clock.now())
    session.add(person)
    await session.flush()
    return person


async def belong(session: AsyncSession, conversation: Conversation, person: Customer) -> None:
    """Let the conversation's contact point be verified as the customer's."""
    point = await session.get_one(ContactPoint, conversation.contact_point_id)
    point.customer_id, point.level = person.id, Level.VERIFIED
    await session.flush()


async def agent(session: AsyncSession, name: str = "Niamh") -> Agent:
    """An agent of that name, stored."""
    return await agents.create_agent(
        session, email=f"{name}@wanderlark.example", name=name, role=Role.AGENT, password_hash="x"
    )
