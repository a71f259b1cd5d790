"""Conversations in tests: the trained model, the seeded demo shop, and the real path of a message."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from bot.engine import Bot
from bot.turns import run_turn
from crm_store import contact_points, conversations, customers, outbox
from crm_store.models import Channel, Direction, Message
from crm_store.session import Store


@dataclass
class Said:
    """What the bot said in one turn."""

    messages: list[Message]

    @property
    def text(self) -> str:
        """All of it, a line each."""
        return "\n".join(message.text for message in self.messages)

    @property
    def buttons(self) -> dict[str, str]:
        """Titles and payloads."""
        return {b["title"]: b["payload"] for message in self.messages for b in message.buttons}

    @property
    def cards(self) -> list[dict[str, Any]]:
        """The cards."""
        return [message.custom for message in self.messages if message.custom]

    def __contains__(self, words: str) -> bool:
        return words.lower() in self.text.lower()


@dataclass
class Talk:
    """One person at one contact point."""

    store: Store
    bot: Bot
    channel: Channel = Channel.REST
    address: str = "visitor"
    transcript: list[str] = field(default_factory=list)
    last: Said = field(default_factory=lambda: Said([]))

    async def say(self, text: str, *, photos: Sequence[str] = ()) -> Said:
        """Send one message, with keys of photos, and let its turn run."""
        async with self.store.unit() as session:
            message, _ = await conversations.receive(
                session,
                channel=self.channel,
                address=self.address,
                provider_id=None,
                text=text,
                custom={"photos": list(photos)} if photos else None,
            )
        while await run_turn(self.store, self.bot, message.conversation_id):
            pass
        async with self.store.reading() as session:
            newer = await conversations.messages_after(
                session, conversation_id=message.conversation_id, last_id=message.id, limit=50
            )
        self.last = Said([m for m in newer if m.direction is Direction.OUTBOUND])
        self.transcript += [
            f"> {text}",
            *(f"< {m.text} {[b['title'] for b in m.buttons]}" for m in self.last.messages),
        ]
        return self.last

    async def press(self, title: str) -> Said:
        """Press a button of the last answer, by (part of) its title."""
        found = [payload for name, payload in self.last.buttons.items() if title.lower() in name.lower()]
        assert found, f"No button {title!r} among {list(self.last.buttons)}\n{self}"
        return await self.say(found[0])

    async def sign_in(self, number: str) -> int:
        """Make this contact point verified, as a door with proof of identity would."""
        async with self.store.unit() as session:
            customer = await customers.get_by_number(session, number=number)
            contact = await contact_points.find_or_create(session, channel=self.channel, address=self.address)
            await contact_points.verify(session, contact_point_id=contact.id, customer_id=customer.id)
            return customer.id

    async def code_from_mail(self) -> str:
        """The six digits of the newest mail."""
        async with self.store.reading() as session:
            mails = await outbox.recent_mails(session, limit=1)
        found = re.search(r"\b\d{6}\b", mails[0].payload["body"])
        assert found
        return found[0]

    def __str__(self) -> str:
        return "\n".join(self.transcript)
