"""The console's door: somebody at a terminal, over the same inbox and database as everybody."""

from __future__ import annotations

import asyncio
import enum
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from channels.answers import answer_to, note_read
from channels.inbox import Inbound
from channels.live import LOOK_AGAIN
from channels.service import Service
from crm_store import contact_points, conversations, customers, outbox
from crm_store.models import Channel, Direction, Message

ANSWER_WITHIN: Final = 60.0
PAGE: Final = 50


class Heard(enum.Enum):
    """What becomes of something that was said."""

    ANSWERED = "answered"
    BY_A_HUMAN = "by a human"
    """A human owns the conversation."""
    LATER = "later"
    """It is stored, and its turn has not ended yet."""


@dataclass(frozen=True)
class Line:
    """One thing to show."""

    author: str
    text: str
    buttons: Sequence[str] = ()
    """Titles, in order; the console shows them with numbers from 1."""


class Console:
    """One person's conversation at a terminal. What was said before it opened is not shown again."""

    def __init__(
        self, service: Service, address: str, conversation_id: int, last_id: int, last_mail: int
    ) -> None:
        self._service = service
        self._address = address
        self._conversation_id = conversation_id
        self._last_id = last_id
        self._last_mail = last_mail
        self._buttons: list[dict[str, str]] = []
        self._one_reader = asyncio.Lock()

    @classmethod
    async def open(cls, service: Service, address: str, *, customer_number: str = "") -> Console:
        """The console of `address`, signed in as `customer_number` where one is given.

        Raises:
            NotFound: there is no such customer.
            Conflict: this address is signed in as somebody else.
        """
        async with service.store.unit() as session:
            point = await contact_points.find_or_create(session, channel=Channel.CONSOLE, address=address)
            if customer_number:
                person = await customers.get_by_number(session, number=customer_number)
                await contact_points.verify(session, contact_point_id=point.id, customer_id=person.id)
            thread = await conversations.open_conversation(session, contact_point_id=point.id)
            newest = await conversations.history(session, conversation_id=thread.id, limit=1)
            mails = await outbox.recent_mails(session, limit=1)
        last_id = newest[0].id if newest else 0
        return cls(service, address, thread.id, last_id, mails[0].id if mails else 0)

    async def say(self, text: str) -> Heard:
        """Say it, or press the button of that number, and wait for the turn."""
        inbound = Inbound(Channel.CONSOLE, self._address, self._pressed(text))
        message = await self._service.inbox.receive(inbound)
        service = self._service
        said = await answer_to(service.store, service.live, message, within=ANSWER_WITHIN)
        if said is None:
            return Heard.LATER
        return Heard.ANSWERED if said else Heard.BY_A_HUMAN

    def _pressed(self, text: str) -> str:
        if text.isdecimal() and 1 <= int(text) <= len(self._buttons):
            return self._buttons[int(text) - 1]["payload"]
        return text

    async def wait(self) -> None:
        """Wait until there may be news."""
        with self._service.live.watch(self._conversation_id) as watch:
            await watch.next(LOOK_AGAIN)

    async def news(self) -> list[Line]:
        """What was said to the person since the last call, and in the demo the mails that arrived."""
        async with self._one_reader:
            async with self._service.store.reading() as session:
                said = await conversations.messages_after(
                    session, conversation_id=self._conversation_id, last_id=self._last_id, limit=PAGE
                )
            heard = [message for message in said if message.direction is Direction.OUTBOUND]
            if said:
                self._last_id = said[-1].id
            if heard:
                self._buttons = list(heard[-1].buttons)
                await note_read(self._service.store, heard)
            return [*await self._mails(), *map(_line, heard)]

    async def _mails(self) -> list[Line]:
        if not self._service.settings.is_demo:
            return []
        async with self._service.store.reading() as session:
            newest = await outbox.recent_mails(session, limit=PAGE)
        fresh = [mail for mail in reversed(newest) if mail.id > self._last_mail]
        if fresh:
            self._last_mail = fresh[-1].id
        return [Line("mail", f"To {mail.address}: {mail.payload['subject']}") for mail in fresh]


def _line(message: Message) -> Line:
    titles = tuple(button["title"] for button in message.buttons)
    return Line(message.author.value, message.text, titles)
