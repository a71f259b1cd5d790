"""A queue as a page and its stream show it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy.ext.asyncio import AsyncSession

from channels.desk.places import write_place
from channels.desk.render import fragment, stamp
from crm_store import tickets
from crm_store.models import Author
from crm_store.tickets import Glance, Place, Queue

PAGE = 50
_SNIPPET = 160


@dataclass(frozen=True)
class Row:
    """One ticket of the list: what is shown, and a mark that changes with it."""

    glance: Glance
    queue: Queue
    stamp: str

    @property
    def number(self) -> str:
        """The ticket's number."""
        return self.glance.ticket.number

    @property
    def snippet(self) -> str:
        """The beginning of what was said last."""
        last = self.glance.last
        if last is None:
            return ""
        photos = (last.custom or {}).get("photos")
        text = " ".join(last.text.split())[:_SNIPPET]
        return text or ("Photo" if photos else "")

    @property
    def by(self) -> str:
        """Who said it, unless it was the customer."""
        last = self.glance.last
        return "We" if last is not None and last.author is Author.AGENT else ""

    @property
    def html(self) -> str:
        """The row."""
        return fragment("row.html", row=self)


@dataclass(frozen=True)
class QueueView:
    """One page of a queue."""

    queue: Queue
    rows: list[Row]
    counts: Mapping[Queue, int]
    next_place: str
    """Where the next page begins; empty on the last one."""

    @property
    def stamp(self) -> str:
        """A mark of the whole."""
        return stamp([(row.number, row.stamp) for row in self.rows], sorted(self.counts.items()))


async def look_at(
    session: AsyncSession, *, queue: Queue, agent_id: int, after: Place | None = None
) -> QueueView:
    """The queue as it is now, from its head or from `after`."""
    found = await tickets.list_queue(session, queue=queue, agent_id=agent_id, limit=PAGE + 1, after=after)
    shown = found[:PAGE]
    seen = await tickets.glances(session, tickets=shown)
    return QueueView(
        queue=queue,
        rows=[Row(glance, queue, _stamp(glance)) for glance in seen],
        counts=await tickets.count_waiting(session, agent_id=agent_id),
        next_place=write_place(Place.of(shown[-1])) if len(found) > PAGE else "",
    )


def _stamp(glance: Glance) -> str:
    ticket, last = glance.ticket, glance.last
    return stamp(
        (ticket.status, ticket.priority, ticket.since, ticket.topic),
        (glance.customer_name, glance.tier, glance.assignee, last and last.id),
    )
