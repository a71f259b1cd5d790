"""A dialogue model that understands nothing and answers by rule, over the real store."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any

from crm_store import conversations, tickets
from crm_store.models import Author, Owner
from crm_store.session import Store

Answer = list[dict[str, Any]]


def echo(text: str) -> Answer:
    """Say it back."""
    return [{"text": f"You said: {text}"}]


class FakeDialogue:
    """Answers each message with `answer(text)`, in one transaction like the real one."""

    model_name = "fake.tar.gz"

    def __init__(self, answer: Callable[[str], Answer] = echo) -> None:
        self.answer = answer
        self.turns: list[str] = []
        """The texts of the turns that were committed."""
        self.tries: list[str] = []
        self.busy: set[int] = set()
        self.overlaps = 0
        """How often two turns of one conversation ran at once."""
        self.pause = 0.0
        """Seconds that understanding takes."""
        self.hold = asyncio.Event()
        """Turns wait for it."""
        self.hold.set()
        self.closed = False
        self.articles: list[str] = []
        """What the help centre finds."""

    async def load(self, settings: object) -> FakeDialogue:
        """Stands for `load_dialogue`."""
        return self

    async def parse(self, text: str) -> dict[str, Any]:
        """Rasa's format."""
        text.encode()  # As a tokenizer would, this refuses what is no text.
        intent = {"name": "greet", "confidence": 0.9}
        return {"text": text, "intent": intent, "entities": [], "intent_ranking": [intent]}

    def find_articles(self, question: str, limit: int) -> list[str]:
        """What it was told to find."""
        return self.articles[:limit]

    async def take_turn(self, store: Store, conversation_id: int) -> bool:
        """One turn."""
        self.overlaps += conversation_id in self.busy
        self.busy.add(conversation_id)
        try:
            await self.hold.wait()
            await asyncio.sleep(self.pause)
            return await self._turn(store, conversation_id)
        finally:
            self.busy.discard(conversation_id)

    async def _turn(self, store: Store, conversation_id: int) -> bool:
        async with store.unit() as session:
            conversation = await conversations.lock_conversation(session, conversation_id=conversation_id)
            if conversation is None:
                return False
            message = await conversations.next_unanswered(session, conversation_id=conversation_id)
            if message is None:
                return False
            self.tries.append(message.text)
            if conversation.owner is Owner.BOT:
                for reply in self.answer(message.text):
                    await conversations.say(
                        session, conversation=conversation, author=Author.BOT, in_reply_to=message.id, **reply
                    )
            else:
                await tickets.customer_wrote(session, conversation_id=conversation_id)
            await conversations.mark_answered(session, message_id=message.id)
        self.turns.append(message.text)
        return True

    def close(self) -> None:
        """Note it."""
        self.closed = True
