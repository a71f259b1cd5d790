"""The dialogue model of this process: Rasa, loaded once, asked in two steps (understand, then respond)."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from rasa.core.agent import Agent as RasaAgent
from rasa.core.channels.channel import OutputChannel, UserMessage
from rasa.core.lock_store import InMemoryLockStore

from actions.turn import House, Turn, running
from bot import action_faults, dialogue_store
from bot.action_endpoint import InProcessActions
from bot.dialogue_store import SerialisedEvents, TurnTrackerStore
from bot.payloads import as_words, read_payload
from bot.rasa_compat import use_ordered_graph_runner
from bot.rasa_speed import quicken

log = logging.getLogger(__name__)

MAX_PARSED = 2000
"""Characters of a message that are looked at. Nobody's question needs more; the stored message keeps its
whole text.
"""

RASA_DEFAULT_INTENTS = frozenset({"restart", "back", "session_start", "nlu_fallback", "out_of_scope"})


@dataclass(frozen=True)
class Reply:
    """One thing the bot says: a text, buttons to press, and a card for doors that can draw it."""

    text: str
    buttons: Sequence[dict[str, str]] = ()
    custom: dict[str, Any] | None = None


@dataclass(frozen=True)
class Response:
    """What a turn says, and the dialogue state after it."""

    replies: list[Reply]
    events: SerialisedEvents


class ReplyCollector(OutputChannel):
    """Collects what Rasa says, each utterance as one reply (Rasa's own collector splits buttons and cards
    off).
    """

    def __init__(self) -> None:
        self.replies: list[Reply] = []

    @classmethod
    def name(cls) -> str:
        """Channel-specific variants of responses are chosen by this name."""
        return "aftersale"

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Take one utterance."""
        text = str(message.get("text") or "").strip()
        custom = message.get("custom") or None
        if not text and not custom:
            return
        buttons = [
            {"title": str(b["title"]), "payload": str(b["payload"])} for b in message.get("buttons") or []
        ]
        self.replies.append(Reply(text, buttons, custom))


@dataclass
class Bot:
    """Rasa with our components and actions, and the house's fixed things."""

    rasa: RasaAgent
    house: House
    model_name: str
    _thread: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="understanding")
    )

    @classmethod
    def load_blocking(cls, model: Path, *, house: House) -> Bot:
        """Load the model archive (seconds). Raises rasa's `ModelNotFound` when there is none."""
        use_ordered_graph_runner()
        quicken()
        rasa = RasaAgent(action_endpoint=InProcessActions("actions"), lock_store=InMemoryLockStore())
        rasa.load_model(model)
        store = TurnTrackerStore(rasa.domain)
        rasa.tracker_store = store
        rasa.processor.tracker_store = store
        action_faults.watch(rasa.processor)
        return cls(rasa, house, model.name)

    @classmethod
    async def load(cls, model: Path, *, house: House) -> Bot:
        """As `load_blocking`, without stopping the event loop."""
        return await asyncio.to_thread(cls.load_blocking, model, house=house)

    @property
    def intents(self) -> frozenset[str]:
        """The intents a customer can have."""
        return frozenset(self.rasa.domain.intents) - RASA_DEFAULT_INTENTS

    async def parse(self, text: str) -> dict[str, Any]:
        """Understand `text`: Rasa's parse format. Never touches the database. Safe for any text."""
        payload = read_payload(text, self.intents, self.rasa.domain.entities)
        if payload is not None:
            return payload
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._thread, self._parse, as_words(text[:MAX_PARSED]))

    def _parse(self, text: str) -> dict[str, Any]:
        processor = self.rasa.processor
        message = UserMessage(text, sender_id="parse")
        tracker = processor.tracker_store.init_tracker("parse")
        parsed: dict[str, Any] = processor._parse_message_with_graph(message, tracker, True)
        return parsed

    async def respond(self, turn: Turn, parsed: dict[str, Any], events: SerialisedEvents) -> Response:
        """Decide and act inside `turn`'s transaction, from the dialogue state `events`.

        Raises what an action raised; the transaction must not be committed then.
        """
        collector = ReplyCollector()
        message = UserMessage(
            parsed["text"],
            collector,
            sender_id=str(turn.conversation.id),
            input_channel="aftersale",
            parse_data=parsed,
        )
        token = dialogue_store.state.set(events)
        try:
            with running(turn), action_faults.ending_the_turn():
                await self.rasa.processor.handle_message(message)
            return Response(collector.replies, dialogue_store.state.get())
        finally:
            dialogue_store.state.reset(token)

    def close(self) -> None:
        """Stop the thread."""
        self._thread.shutdown(wait=False, cancel_futures=True)
