"""The desk's queues: tickets in the order in which humans should look at them, in pages."""

from __future__ import annotations

import enum
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy import Select, func, select, tuple_
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.models import Ticket, TicketPriority, TicketStatus

_MOST_COUNTED: Final = 1_000
"""Beyond it a number tells nobody anything."""
_STEPS: Final = [
    (status, priority)
    for status in (TicketStatus.OPEN, TicketStatus.PENDING)
    for priority in reversed(TicketPriority)
]
"""A queue is these stretches in this order, each by `since`. Each is one walk along an index."""


class Queue(enum.StrEnum):
    """Which tickets."""

    OPEN = "open"
    """Whatever is not resolved."""
    MINE = "mine"
    UNASSIGNED = "unassigned"
    RESOLVED = "resolved"


@dataclass(frozen=True)
class Place:
    """A ticket's place in a queue: what comes after it is the next page, wherever the ticket is by then."""

    status: TicketStatus
    priority: TicketPriority
    since: datetime
    id: int

    @classmethod
    def of(cls, ticket: Ticket) -> Place:
        """Where the ticket stands now."""
        return cls(ticket.status, ticket.priority, ticket.since, ticket.id)


async def list_queue(
    session: AsyncSession, *, queue: Queue, agent_id: int, limit: int = 50, after: Place | None = None
) -> list[Ticket]:
    """The queue as `agent_id` sees it, from its head or `after` the place of the last ticket seen.

    First what waits for us, then what waits for the customer; each by priority, then the longest waiting.
    What is resolved: the latest first.
    """
    if queue is Queue.RESOLVED:
        return await _resolved(session, limit, after)
    found: list[Ticket] = []
    for status, priority in _STEPS[_step(after) :]:
        query = _of_queue(queue, agent_id).where(Ticket.status == status, Ticket.priority == priority)
        if after is not None and (after.status, after.priority) == (status, priority):
            query = query.where(tuple_(Ticket.since, Ticket.id) > (after.since, after.id))
        page = query.order_by(Ticket.since, Ticket.id).limit(limit - len(found))
        found += await session.scalars(page)
        if len(found) >= limit:
            break
    return found


async def count_waiting(session: AsyncSession, *, agent_id: int) -> dict[Queue, int]:
    """How many tickets of each queue wait for us; beyond a thousand nobody counts."""
    counts = {}
    for queue in (Queue.OPEN, Queue.MINE, Queue.UNASSIGNED):
        waiting = _of_queue(queue, agent_id).where(Ticket.status == TicketStatus.OPEN)
        few = waiting.with_only_columns(Ticket.id).limit(_MOST_COUNTED).subquery()
        counts[queue] = await session.scalar(select(func.count()).select_from(few)) or 0
    return counts


def _step(after: Place | None) -> int:
    if after is None or after.status is TicketStatus.RESOLVED:
        return 0
    return _STEPS.index((after.status, after.priority))


def _of_queue(queue: Queue, agent_id: int) -> Select[Ticket]:
    query = select(Ticket)
    if queue is Queue.MINE:
        return query.where(Ticket.assignee_id == agent_id)
    if queue is Queue.UNASSIGNED:
        return query.where(Ticket.assignee_id.is_(None))
    return query


async def _resolved(session: AsyncSession, limit: int, after: Place | None) -> list[Ticket]:
    query = select(Ticket).where(Ticket.status == TicketStatus.RESOLVED)
    if after is not None:
        query = query.where(tuple_(Ticket.since, Ticket.id) < (after.since, after.id))
    return list(await session.scalars(query.order_by(Ticket.since.desc(), Ticket.id.desc()).limit(limit)))
