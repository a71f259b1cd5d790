"""What is due without anybody writing: customers to erase, and asking how a settled ticket went.

Every process looks; the database's locks and unique rows let one of them do each thing, once. What a killed
process began is rolled back, and the next look does it.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from typing import Final

from actions.account.mails import erased_mail
from actions.people.feedback import STARS_CARD, stars_buttons
from bot.texts import text_of
from channels.logs import described
from channels.settings import PROJECT
from channels.tasks import let_end
from crm_store import conversations, privacy, ratings
from crm_store.models import Author
from crm_store.session import Store

log = logging.getLogger(__name__)

LOOK_EVERY: Final = 30.0
"""Seconds between two looks."""


class Upkeep:
    """Looks now and then. `said` is called with the conversation's id after something was said in it."""

    def __init__(self, store: Store, *, shop_name: str, said: Callable[[int], None]) -> None:
        self._store = store
        self._shop_name = shop_name
        self._said = said
        self._running: asyncio.Task[None] | None = None
        self._closing = asyncio.Event()

    def start(self) -> None:
        """Begin to look."""
        self._running = asyncio.create_task(self._run())

    async def stop(self) -> None:
        """Let what runs end."""
        self._closing.set()
        await let_end([self._running])

    async def _run(self) -> None:
        while not self._closing.is_set():
            for duty in (self.erase, self.ask_for_ratings):
                try:
                    await duty()
                except Exception as problem:  # The database may come back; the next look tries again.
                    log.error("upkeep: %s failed [%s]", duty.__name__, described(problem))
            with suppress(TimeoutError):
                async with asyncio.timeout(LOOK_EVERY):
                    await self._closing.wait()

    async def erase(self) -> int:
        """Carry out every wish that is due, one unit each; how many customers are gone."""
        title, body = erased_mail(self._shop_name)
        gone = 0
        while not self._closing.is_set():
            async with self._store.unit() as session:
                done = await privacy.erase_due(session, subject=title, body=body)
            if done is None:
                break
            gone += done.erased
            log.info("erasure %d: %s", done.erasure_id, "done" if done.erased else "waits for what is open")
        async with self._store.reading() as session:
            waiting = await privacy.has_farewells(session)
        if waiting:
            async with self._store.unit() as session:
                await privacy.forget_farewells(session)
        return gone

    async def ask_for_ratings(self) -> int:
        """Ask about tickets that were resolved lately, each once; how many were asked."""
        async with self._store.reading() as session:
            settled = await ratings.settled_tickets(session)
        asked = 0
        for ticket in settled:
            text = text_of(PROJECT / "domain.yml", "utter_ask_rating_ticket", ticket=ticket.number)
            async with self._store.unit() as session:
                matter = f"ticket:{ticket.number}"
                if not await ratings.ask(session, conversation_id=ticket.conversation_id, matter=matter):
                    continue
                thread = await conversations.get(session, conversation_id=ticket.conversation_id)
                await conversations.say(
                    session,
                    conversation=thread,
                    author=Author.BOT,
                    text=text,
                    buttons=stars_buttons(),
                    custom=dict(STARS_CARD),
                )
            self._said(ticket.conversation_id)
            asked += 1
        return asked
