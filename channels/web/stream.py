"""GET /chat/stream: what is said to a visitor, as it is said.

A stream reads the database from the last id it sent and is woken when it is worth it; between two wakes it
costs nothing. A browser that lost the line comes back with the last id it has: no gap, no duplicate.
"""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from typing import Any, Final

from fastapi import APIRouter
from sse_starlette import EventSourceResponse, ServerSentEvent

from channels.logs import described
from channels.web.chat import Chat
from channels.web.limits import too_many
from channels.web.messages import After, TheChat, TheVisitor
from channels.web.visitors import Visitor
from channels.web.wire import PAGE, Standing, as_json, standing_by
from crm_store import contact_points, conversations
from crm_store.conversations import Pulse
from crm_store.models import Channel, Message

log = logging.getLogger(__name__)

router = APIRouter(prefix="/chat", tags=["web chat"])

LASTS: Final = 600.0
"""Seconds after which a stream ends by itself, more or less: those who came together do not go together."""
PING_EVERY: Final = 15
SEND_TIMEOUT: Final = 30.0
"""Seconds in which a browser must take what it is sent; one that went away without a word never does."""
COME_BACK_AFTER: Final = 30


@router.get("/stream", summary="What is said, as it is said", response_class=EventSourceResponse)
async def stream(chat: TheChat, visitor: TheVisitor, after: After = 0) -> EventSourceResponse:
    """Server-sent events: `message` with its id, and `state` when somebody else answers or types."""
    if chat.open_streams.is_full(visitor.address):
        raise too_many(COME_BACK_AFTER)
    conversation_id = await _conversation_id(chat, visitor)
    events = _Stream(chat, visitor, conversation_id, after).events()
    return EventSourceResponse(
        events, ping=PING_EVERY, ping_message_factory=_ping, sep="\n", send_timeout=SEND_TIMEOUT
    )


async def _conversation_id(chat: Chat, visitor: Visitor) -> int:
    """The visitor's conversation, begun when there is none yet, so that there is something to watch."""
    async with chat.service.store.reading() as session:
        if (found := await visitor.conversation(session)) is not None:
            return found.id
    async with chat.service.store.unit() as session:
        point = await contact_points.find_or_create(session, channel=Channel.WEB, address=visitor.address)
        return (await conversations.open_conversation(session, contact_point_id=point.id)).id


@dataclass
class _Stream:
    """One open stream."""

    chat: Chat
    visitor: Visitor
    conversation_id: int
    last_id: int
    standing: Standing | None = None

    async def events(self) -> AsyncIterator[ServerSentEvent]:
        """Everything new, until the stream has lasted long enough."""
        ends_at = time.monotonic() + LASTS * random.uniform(0.9, 1.1)  # noqa: S311  (no secret)
        self._arrived()
        live, counted = self.chat.service.live, self.chat.open_streams.one_more(self.visitor.address)
        try:
            with counted, live.watch(self.conversation_id) as watch:
                while (left := ends_at - time.monotonic()) > 0:
                    news, watch.knows = await self._news()
                    if news is None:
                        return
                    for event in news:
                        yield event
                    if news:
                        self._arrived()
                    if watch.knows is None or watch.knows.newest_id <= self.last_id:
                        await watch.next(left)
        except Exception as problem:  # The browser comes back, and finds its place.
            log.error("a stream of conversation %d broke off [%s]", self.conversation_id, described(problem))

    def _arrived(self) -> None:
        if self.last_id:
            self.chat.receipts.note(self.conversation_id, self.last_id)

    async def _news(self) -> tuple[list[ServerSentEvent] | None, Pulse | None]:
        """The next events, and the conversation's pulse; no events when it is not theirs any more.

        Whoever signs in, or is erased, goes on at another address.
        """
        mine = self.conversation_id
        async with self.chat.service.store.reading() as session:
            theirs = await self.visitor.conversation(session)
            if theirs is None or theirs.id != mine:
                return None, None
            pulse = (await conversations.pulses(session, conversation_ids=[mine])).get(mine)
            said: list[Message] = []
            if pulse is not None and pulse.newest_id > self.last_id:
                said = await conversations.messages_after(
                    session, conversation_id=mine, last_id=self.last_id, limit=PAGE
                )
            standing = await standing_by(session, pulse)
            messages = await as_json(session, said)
        events = [_event("message", message, str(message["id"])) for message in messages]
        if standing != self.standing:
            self.standing = standing
            events.insert(0, _event("state", standing.as_json()))
        if said:
            self.last_id = said[-1].id
        return events, pulse


def _event(kind: str, data: dict[str, Any], event_id: str | None = None) -> ServerSentEvent:
    return ServerSentEvent(json.dumps(data, ensure_ascii=False), event=kind, id=event_id, sep="\n")


def _ping() -> ServerSentEvent:
    return ServerSentEvent(comment="ping", sep="\n")
