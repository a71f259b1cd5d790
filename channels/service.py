"""Everything one process runs, started and stopped together: store, dialogue model, worker, relay."""

from __future__ import annotations

import asyncio
import enum
import logging
from contextlib import suppress
from typing import Final

from channels import database
from channels.dialogue import Dialogue, LoadDialogue, NoModel, load_dialogue
from channels.inbox import Inbox
from channels.live import Live
from channels.logs import described
from channels.lookout import Lookout
from channels.mail import mail_door
from channels.outbox import Relay
from channels.settings import Settings
from channels.upkeep import Upkeep
from channels.worker import CannotAnswer, Worker
from crm_store.errors import StoreError

log = logging.getLogger(__name__)

TRY_AGAIN: Final = 3.0
"""Seconds between two tries to get the database ready."""


class State(enum.StrEnum):
    """How far this process is."""

    STARTING = "starting"
    """No database yet: nothing can be taken in."""
    LOADING = "loading"
    """Messages are taken in and wait for the model."""
    READY = "ready"
    NO_MODEL = "no_model"
    """The model is missing or broken: every message goes to a human."""


class Service:
    """One process's parts. `start()` returns at once; `state` tells how far it is."""

    def __init__(self, settings: Settings, load: LoadDialogue = load_dialogue) -> None:
        self.settings = settings
        self.state = State.STARTING
        self.dialogue: Dialogue | None = None
        self.store = database.open_store(settings)
        self.live = Live()
        self.worker = Worker(
            self.store, self._take_turn, at_once=settings.turns_at_once, changed=self._something_said
        )
        self.relay = Relay(self.store, [mail_door(settings)])
        self.upkeep = Upkeep(self.store, shop_name=settings.shop_name, said=self._something_said)
        self.inbox = Inbox(self.store, self._message_came)
        self.lookout = Lookout(self.store, self.live)
        self._load = load
        self._starting: asyncio.Task[None] | None = None

    def start(self) -> None:
        """Begin to get ready."""
        for warning in self.settings.warnings():
            log.warning(warning)
        self._starting = asyncio.create_task(self._start())

    async def ready(self) -> None:
        """Wait until it is as ready as it will be."""
        if self._starting is not None:
            await asyncio.wait([self._starting])

    async def stop(self) -> None:
        """End the running turns and sends, and give everything back."""
        if self._starting is not None:
            self._starting.cancel()
            with suppress(asyncio.CancelledError):
                await self._starting
        await self.worker.stop()
        await self.upkeep.stop()
        await self.relay.stop()
        await self.lookout.stop()
        if self.dialogue is not None:
            self.dialogue.close()
        await self.store.close()

    async def _start(self) -> None:
        await self._get_database_ready()
        self.state = State.LOADING
        self.relay.start()
        self.lookout.start()
        self.upkeep.start()
        await self._load_dialogue()
        self.worker.start()

    async def _load_dialogue(self) -> None:
        try:
            self.dialogue = await self._load(self.settings)
            self.state = State.READY
            log.info("ready with model %s", self.dialogue.model_name)
        except Exception as problem:  # Whatever the model lacks, customers are told that a human will answer.
            self.state = State.NO_MODEL
            why = str(problem) if isinstance(problem, NoModel) else described(problem)
            log.error("no dialogue model, every message goes to a human: %s", why)

    async def _get_database_ready(self) -> None:
        """Try until it works: the server may be on its way up, and someone may be migrating it."""
        while True:
            try:
                return await database.make_ready(self.store, self.settings)
            except (database.NotMigrated, StoreError) as problem:
                log.error("the database is not ready: %s", problem)
            except Exception as problem:
                log.error("the database is not ready [%s]", described(problem))
            await asyncio.sleep(TRY_AGAIN)

    async def _take_turn(self, conversation_id: int) -> bool:
        if self.dialogue is None:
            raise CannotAnswer
        return await self.dialogue.take_turn(self.store, conversation_id)

    def _message_came(self, conversation_id: int) -> None:
        self.live.wake(conversation_id)
        self.worker.wake(conversation_id)

    def _something_said(self, conversation_id: int) -> None:
        self.live.wake(conversation_id)
        self.relay.wake()
