"""A ticket that is kept up to date: its thread, its head, who types, what arrived, and its customer."""

from __future__ import annotations

import json
import time
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession
from sse_starlette import ServerSentEvent

from channels.desk import words
from channels.desk.entries import trouble
from channels.desk.guard import SignedIn
from channels.desk.places import write_seen
from channels.desk.render import stamp
from channels.desk.ticket_view import TicketView
from crm_store import tickets, typing_marks
from crm_store.models import Author, Direction, OutboxRow, OutboxState

_CUSTOMER_EVERY: Final = 15.0
"""Seconds between two looks at the customer's orders and points when nothing else happens."""
_WATCHED: Final = 60
"""How many of the newest messages are watched on their way."""
_FINAL: Final = (OutboxState.DELIVERED, OutboxState.FAILED)


class TicketSight:
    """One agent's view of a ticket. `place` is what the page shows; `head`, `aside`: marks of its parts."""

    def __init__(
        self,
        number: str,
        who: SignedIn,
        *,
        place: tuple[dict[int, int], int] | None,
        head: str = "",
        aside: str = "",
    ) -> None:
        self._number = number
        self._who = who
        self._seen, self._event = place or ({}, 0)
        self._shown = {"head": head, "aside": aside}
        self._typing: list[str] | None = None
        self._on_the_way: set[int] | None = None
        self._states: dict[int, OutboxState] = {}
        self._customer_at = 0.0

    async def look(self, session: AsyncSession) -> list[ServerSentEvent]:
        """What is new since the last look."""
        me = self._who.agent.id
        view = await TicketView.open(session, number=self._number, me=me, csrf=self._who.csrf)
        news = await self._lines(session, view)
        news += self._part("head", view.head.html)
        if news or time.monotonic() >= self._customer_at:
            self._customer_at = time.monotonic() + _CUSTOMER_EVERY
            news += self._part("aside", await view.aside())
        return [*news, *await self._deliveries(session, view), *await self._who_types(session, view)]

    async def _lines(self, session: AsyncSession, view: TicketView) -> list[ServerSentEvent]:
        messages = await tickets.thread_after(session, conversation_ids=view.threads, seen=self._seen)
        events = [event for event in view.ticket.events if event.id > self._event]
        news = []
        for message in messages:
            self._seen = {**self._seen, message.conversation_id: message.id}
            if self._on_the_way is not None and message.direction is Direction.OUTBOUND:
                self._on_the_way.add(message.id)
        self._event = max([self._event, *(event.id for event in events)])
        place = write_seen(self._seen, self._event)
        for line in await view.lines(messages, events):
            data = {"key": line.key, "order": line.order, "html": line.html, "seen": place, "kind": line.kind}
            news.append(ServerSentEvent(event="line", data=json.dumps(data)))
        if news:
            # A resumption begins after the last of them: had it the id earlier, it could lose the others.
            news[-1].id = place
        return news

    def _part(self, name: str, html: str) -> list[ServerSentEvent]:
        mark = stamp(html)
        if mark == self._shown[name]:
            return []
        self._shown[name] = mark
        return [ServerSentEvent(event=name, data=json.dumps({"html": html, "stamp": mark}))]

    async def _deliveries(self, session: AsyncSession, view: TicketView) -> list[ServerSentEvent]:
        if self._on_the_way is None:
            newest = await tickets.thread(session, conversation_ids=view.threads, limit=_WATCHED)
            self._on_the_way = {one.id for one in newest if one.direction is Direction.OUTBOUND}
        rows = await tickets.deliveries(session, message_ids=self._on_the_way)
        changed = {key: row for key, row in rows.items() if self._states.get(key) is not row.state}
        self._states.update((key, row.state) for key, row in changed.items())
        self._on_the_way -= {key for key, row in changed.items() if row.state in _FINAL}
        if not changed:
            return []
        data = {f"m{key}": _fate(row) for key, row in changed.items()}
        return [ServerSentEvent(event="delivery", data=json.dumps(data))]

    async def _who_types(self, session: AsyncSession, view: TicketView) -> list[ServerSentEvent]:
        marks = await typing_marks.who_types(session, conversation_id=view.ticket.conversation_id)
        own = self._who.agent.name
        typing = [
            words.first_name(mark.name or view.customer)
            for mark in marks
            if not (mark.author is Author.AGENT and mark.name == own)
        ]
        before, self._typing = self._typing, typing
        if typing == (before or []):
            return []
        return [ServerSentEvent(event="typing", data=json.dumps({"who": typing}))]


def _fate(row: OutboxRow) -> dict[str, Any]:
    return {
        "text": words.delivery(row.channel, row.state),
        "trouble": trouble(row),
    }
