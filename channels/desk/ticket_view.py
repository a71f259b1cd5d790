"""A ticket as its page and its stream show it: the head, and the thread in pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Final

from sqlalchemy.ext.asyncio import AsyncSession

from channels.desk import customer_view, words
from channels.desk.entries import Entry, entries
from channels.desk.render import fragment
from crm_store import agents, conversations, customers, tickets
from crm_store.models import Conversation, Message, Owner, Ticket, TicketEvent, TicketStatus
from crm_store.tickets.thread import PAGE

STRANGER: Final = "Visitor"


@dataclass(frozen=True)
class Head:
    """What stands above the thread, and what can be done."""

    ticket: Ticket
    customer: str
    status: str
    door: str
    assignee: str
    is_mine: bool
    bot_answers: bool
    csrf: str

    @property
    def is_resolved(self) -> bool:
        """Whether it is settled."""
        return self.ticket.status is TicketStatus.RESOLVED

    @property
    def html(self) -> str:
        """The head as a piece of the page."""
        return fragment("head.html", head=self)


@dataclass(frozen=True)
class ThreadPage:
    """Some lines of a thread, and the message before which older ones are found (0: there are none)."""

    lines: list[Entry]
    before: int


class TicketView:
    """One ticket for one agent, read in one session."""

    def __init__(self, session: AsyncSession, ticket: Ticket, me: int, csrf: str) -> None:
        self._session = session
        self.ticket = ticket
        self._me = me
        self._csrf = csrf
        self._names: dict[int, str] = {}
        self.threads: list[int] = []
        self._conversation: Conversation
        self.customer = STRANGER

    @classmethod
    async def open(cls, session: AsyncSession, *, number: str, me: int, csrf: str) -> TicketView:
        """The ticket with its customer; `NotFound`."""
        view = cls(session, await tickets.get_ticket(session, number=number), me, csrf)
        view.threads = await tickets.conversations_of(session, ticket=view.ticket)
        view._names = {agent.id: agent.name for agent in await agents.list_agents(session)}
        view._conversation = await conversations.get(session, conversation_id=view.ticket.conversation_id)
        customer_id = customer_view.customer_of(view.ticket, view._conversation.contact_point)
        if customer_id is not None:
            view.customer = (await customers.get(session, customer_id=customer_id)).name or STRANGER
        return view

    @property
    def head(self) -> Head:
        """The head."""
        ticket, mine = self.ticket, self.ticket.assignee_id == self._me
        return Head(
            ticket=ticket,
            customer=self.customer,
            status=words.STATUS[ticket.status],
            door=words.DOORS[self._conversation.contact_point.channel],
            assignee=self._names.get(ticket.assignee_id or 0, ""),
            is_mine=mine,
            bot_answers=self._conversation.owner is Owner.BOT,
            csrf=self._csrf,
        )

    async def aside(self) -> str:
        """The customer with orders, points and all, as a piece of the page."""
        point = self._conversation.contact_point
        view = await customer_view.look_at(self._session, ticket=self.ticket, point=point)
        return fragment("aside.html", view=view, ticket=self.ticket)

    async def newest(self) -> ThreadPage:
        """The end of the thread."""
        return await self._page(None)

    async def before(self, message_id: int) -> ThreadPage:
        """The lines before a message of this thread."""
        return await self._page(message_id)

    async def lines(self, messages: list[Message], events: list[TicketEvent]) -> list[Entry]:
        """These as lines."""
        outbound = [message.id for message in messages]
        return entries(
            messages,
            events,
            ways_out=await tickets.deliveries(self._session, message_ids=outbound),
            names=self._names,
            customer=self.customer,
            me=self._me,
        )

    async def _page(self, before_id: int | None) -> ThreadPage:
        found = await tickets.thread(
            self._session, conversation_ids=self.threads, before_id=before_id, limit=PAGE + 1
        )
        has_more, shown = len(found) > PAGE, found[-PAGE:]
        until = await self._moment_of(before_id) if before_id else None
        since = shown[0].created_at if has_more else None
        happened = [event for event in self.ticket.events if _between(event.at, since, until)]
        return ThreadPage(await self.lines(shown, happened), shown[0].id if has_more else 0)

    async def _moment_of(self, message_id: int) -> datetime | None:
        message = await self._session.get(Message, message_id)
        return message.created_at if message else None


def _between(at: datetime, since: datetime | None, until: datetime | None) -> bool:
    return (since is None or at >= since) and (until is None or at < until)
