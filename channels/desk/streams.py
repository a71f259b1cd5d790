"""GET /desk/stream and /desk/tickets/{number}/stream: what changes, as it happens.

A stream is woken by what this process does and looks by itself for what others did. It says only what is new
to its page, which told it what it shows; a browser that comes back resumes from the last id it got.
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Sequence
from typing import Final, Protocol

from fastapi import APIRouter, Request
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import AsyncSession
from sse_starlette import EventSourceResponse, ServerSentEvent

from channels.desk.guard import AtAStream, SignedIn
from channels.desk.places import read_queue, read_seen
from channels.desk.queue_sight import QueueSight
from channels.desk.ticket_sight import TicketSight
from channels.live import EVERYTHING, LOOK_AGAIN
from channels.logs import described
from channels.service import Service
from channels.tasks import to_its_end
from crm_store import agent_sessions, tickets
from crm_store.errors import StoreError

log = logging.getLogger(__name__)
router = APIRouter()

LIFE: Final = 600.0
"""Seconds after which a stream ends; the browser opens the next one by itself."""
CALM: Final = 0.2
"""Seconds between two looks at least, however much happens."""
WELCOME_FOR: Final = 5.0
"""Seconds after which a stream makes sure that its session still lives."""
PING: Final = 15
RETRY_MS: Final = 2_000


class Sight(Protocol):
    """A part of a page that is kept up to date."""

    async def look(self, session: AsyncSession) -> Sequence[ServerSentEvent]:
        """What is new since the last look."""
        ...


@router.get("/stream")
async def queue_stream(
    request: Request, who: AtAStream, queue: str = "open", shown: str = ""
) -> EventSourceResponse:
    """The first page of a queue."""
    sights: list[Sight] = [QueueSight(read_queue(queue), who.agent.id, shown)]
    return _response(request, who, sights)


@router.get("/tickets/{number}/stream")
async def ticket_stream(
    request: Request,
    number: str,
    who: AtAStream,
    queue: str = "open",
    shown: str = "",
    seen: str = "",
    head: str = "",
    aside: str = "",
) -> EventSourceResponse:
    """A ticket, and the queue beside it. `Last-Event-ID` wins over `seen`."""
    service: Service = request.app.state.service
    async with service.store.reading() as session:
        await tickets.get_ticket(session, number=number)
    place = read_seen(request.headers.get("last-event-id", "")) or read_seen(seen)
    sights: list[Sight] = [
        TicketSight(number, who, place=place, head=head, aside=aside),
        QueueSight(read_queue(queue), who.agent.id, shown),
    ]
    return _response(request, who, sights)


def _response(request: Request, who: SignedIn, sights: Sequence[Sight]) -> EventSourceResponse:
    service: Service = request.app.state.service
    return EventSourceResponse(happenings(service, who, sights), ping=PING)


async def happenings(
    service: Service, who: SignedIn, sights: Sequence[Sight], *, life: float = LIFE
) -> AsyncIterator[ServerSentEvent]:
    """What is new to the sights, until the session or the stream ends."""
    end_at, ask_at = time.monotonic() + life, 0.0
    yield ServerSentEvent(event="hello", data="", retry=RETRY_MS)
    with service.live.watch(EVERYTHING) as watch:
        while (now := time.monotonic()) < end_at:
            try:
                if now >= ask_at and not await to_its_end(_is_welcome(service, who)):
                    yield ServerSentEvent(event="signed-out", data="")
                    return
                ask_at = now + WELCOME_FOR if now >= ask_at else ask_at
                news = await to_its_end(_look(service, sights))
            except (SQLAlchemyError, StoreError) as problem:  # The browser comes back, and finds out why.
                log.error("a stream could not look [%s]", described(problem))
                return
            for event in news:
                yield event
            await asyncio.sleep(CALM)
            await watch.next(LOOK_AGAIN - CALM)


async def _is_welcome(service: Service, who: SignedIn) -> bool:
    async with service.store.reading() as session:
        return await agent_sessions.agent_of(session, token=who.token) is not None


async def _look(service: Service, sights: Sequence[Sight]) -> list[ServerSentEvent]:
    async with service.store.reading() as session:
        return [event for sight in sights for event in await sight.look(session)]
