"""The real dialogue model: Rasa in this process. Importing it takes seconds and much memory."""

from __future__ import annotations

import gc
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.engine import Bot
from bot.house import open_house
from bot.turns import run_turn
from channels.settings import PROJECT, Settings
from crm_store.session import Store


class RasaDialogue:
    """A loaded bot, as the doors use it."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot

    @classmethod
    def load(cls, settings: Settings, model: Path) -> RasaDialogue:
        """Load the model and the help centre (seconds)."""
        house = open_house(
            PROJECT,
            secret=settings.secret_key.encode(),
            shop_name=settings.shop_name,
            demo=settings.is_demo,
            help_url=settings.help_url,
            can_mail=settings.can_mail,
            address=settings.address,
            instant_refund_cents=settings.instant_refund_cents,
            erasure_grace=timedelta(days=settings.erasure_grace_days),
        )
        bot = Bot.load_blocking(model, house=house)
        # It stays: to look through it for waste would now and then stop everybody for a fifth of a second.
        gc.collect()
        gc.freeze()
        return cls(bot)

    @property
    def model_name(self) -> str:
        """The archive's file name."""
        return self._bot.model_name

    async def parse(self, text: str) -> dict[str, Any]:
        """Rasa's parse format."""
        return await self._bot.parse(text)

    def find_articles(self, question: str, limit: int) -> list[str]:
        """By what they mean."""
        return [hit.article.slug for hit in self._bot.house.help_desk.find(question, limit)]

    async def take_turn(self, store: Store, conversation_id: int) -> bool:
        """One turn."""
        return await run_turn(store, self._bot, conversation_id)

    def close(self) -> None:
        """Stop the bot's thread."""
        self._bot.close()
