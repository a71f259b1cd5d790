"""What a list of tickets shows of each: who it is, at which door, and what was said last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import case, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import aliased

from crm_store.models import (
    Agent,
    Author,
    Channel,
    ContactPoint,
    Conversation,
    Customer,
    Level,
    LoyaltyAccount,
    Message,
    Ticket,
    Tier,
)


@dataclass(frozen=True)
class Glance:
    """One ticket in a list."""

    ticket: Ticket
    channel: Channel
    customer_name: str
    """Empty where nobody proved who they are."""
    tier: Tier | None
    assignee: str
    last: Message | None
    """The newest message of a human in the ticket's conversation: what the bot says, everybody knows."""


async def glances(session: AsyncSession, *, tickets: Sequence[Ticket]) -> list[Glance]:
    """The tickets in their order, each with what a list shows; two statements for any number."""
    if not tickets:
        return []
    keys = [ticket.id for ticket in tickets]
    people = {row.id: row for row in await session.execute(_PEOPLE.where(Ticket.id.in_(keys)))}
    threads = [ticket.conversation_id for ticket in tickets]
    said = await session.scalars(_LAST.where(Conversation.id.in_(threads)))
    last = {message.conversation_id: message for message in said}
    return [
        Glance(
            ticket=ticket,
            channel=people[ticket.id].channel,
            customer_name=people[ticket.id].customer_name or "",
            tier=people[ticket.id].tier,
            assignee=people[ticket.id].assignee or "",
            last=last.get(ticket.conversation_id),
        )
        for ticket in tickets
    ]


_proven = case((ContactPoint.level == Level.VERIFIED, ContactPoint.customer_id))
_PEOPLE = (
    select(
        Ticket.id,
        ContactPoint.channel,
        Customer.name.label("customer_name"),
        LoyaltyAccount.tier,
        Agent.name.label("assignee"),
    )
    .join(Conversation, Conversation.id == Ticket.conversation_id)
    .join(ContactPoint, ContactPoint.id == Conversation.contact_point_id)
    .outerjoin(Customer, Customer.id == func.coalesce(Ticket.customer_id, _proven))
    .outerjoin(LoyaltyAccount, LoyaltyAccount.customer_id == Customer.id)
    .outerjoin(Agent, Agent.id == Ticket.assignee_id)
)
_said = aliased(Message)
_newest = (
    select(_said.id)
    .where(_said.conversation_id == Conversation.id, _said.author.in_([Author.CUSTOMER, Author.AGENT]))
    .order_by(_said.id.desc())
    .limit(1)
    .correlate(Conversation)
    .scalar_subquery()
)
_LAST = select(Message).join(Conversation, Message.id == _newest)
