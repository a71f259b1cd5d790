"""Getting the database ready for this process: the demo makes its own, production must have been migrated."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

from sqlalchemy import make_url, select
from sqlalchemy.exc import SQLAlchemyError

from channels import demo_agents
from channels.settings import PROJECT, Settings
from crm_store import migrate
from crm_store.models import Conversation
from crm_store.seed import SeedProblem, is_empty, seed
from crm_store.session import Store

DEMO_SHOP = PROJECT / "data" / "demo_shop"
ANSWER_WITHIN = 2.0
"""Seconds within which a healthy database answers a trivial question."""

Progress = Callable[[str, int, int], None]
"""Called with what is being done, how much of it is done, and how much there is."""


class NotMigrated(Exception):
    """The tables are not those of this version."""

    def __init__(self) -> None:
        super().__init__("The database is not at this version: run `aftersale migrate` first.")


def open_store(settings: Settings) -> Store:
    """The store of these settings. Errors of the database never quote the values of a statement."""
    url = make_url(settings.database_url)
    if url.get_backend_name() == "sqlite":
        if url.database:
            Path(url.database).parent.mkdir(parents=True, exist_ok=True)
        return Store(settings.database_url, hide_parameters=True)
    # A server restarts now and then: a connection is looked at before it is used.
    return Store(settings.database_url, hide_parameters=True, pool_pre_ping=True)


def _silent(what: str, done: int, of: int) -> None:
    """Show no progress."""


async def make_ready(store: Store, settings: Settings, progress: Progress = _silent) -> None:
    """Make the database usable: in demo mode migrate it, and fill an empty one with the demo shop.

    The demo also has its agents, on whatever database.

    Raises:
        NotMigrated: production, and the tables are another version's.
        SeedProblem: the demo shop's files are not as they should be.
    """
    if settings.is_demo:
        await migrate.migrate(settings.database_url)
        await _fill(store, progress)
        await demo_agents.ensure(store)
    elif not await migrate.is_current(store):
        raise NotMigrated


async def _fill(store: Store, progress: Progress) -> None:
    if not await is_empty(store):
        return
    try:
        await seed(store, DEMO_SHOP, progress)
    except SeedProblem:
        # Another process that started at the same time may have been quicker.
        if await is_empty(store):
            raise


async def answers(store: Store) -> bool:
    """Whether the database answers a question now."""
    try:
        async with asyncio.timeout(ANSWER_WITHIN), store.reading() as session:
            await session.execute(select(Conversation.id).limit(1))
    except (SQLAlchemyError, OSError, TimeoutError):
        return False
    return True
