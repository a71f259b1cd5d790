"""The dialogue model as the doors see it, and how this process gets it.

Nothing of Rasa is imported before a model is loaded.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from bot import training
from channels.settings import PROJECT, Settings
from channels.worker import CannotAnswer
from crm_store.session import Store


class Dialogue(Protocol):
    """A loaded dialogue model."""

    @property
    def model_name(self) -> str:
        """The file it was loaded from."""
        ...

    async def parse(self, text: str) -> dict[str, Any]:
        """What `text` means, in Rasa's parse format."""
        ...

    def find_articles(self, question: str, limit: int) -> list[str]:
        """The slugs of the help centre's articles that answer the question, best first (milliseconds)."""
        ...

    async def take_turn(self, store: Store, conversation_id: int) -> bool:
        """Take the oldest unanswered message through its turn; False when there is nothing to do."""
        ...

    def close(self) -> None:
        """Give back what it holds."""
        ...


LoadDialogue = Callable[[Settings], Awaitable[Dialogue]]


class NoModel(CannotAnswer):
    """There is no trained model for the present training data."""


async def load_dialogue(settings: Settings) -> Dialogue:
    """Load the model for the present training data (seconds), without stopping the event loop.

    Raises:
        NoModel: there is none.
    """
    return await asyncio.to_thread(_load, settings)


def _load(settings: Settings) -> Dialogue:
    model = training.model_path(PROJECT)
    if not model.exists():
        raise NoModel("There is no model for the present training data: run `aftersale train`.")
    from channels.rasa_dialogue import RasaDialogue

    return RasaDialogue.load(settings, model)
