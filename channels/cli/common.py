"""What the commands share: settings, the open store, and how a command ends when it cannot do its work."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Coroutine, Iterator
from contextlib import asynccontextmanager, contextmanager
from typing import TYPE_CHECKING, Any, NoReturn

import typer
from rich.console import Console
from rich.markup import escape

if TYPE_CHECKING:
    from channels.settings import Settings
    from crm_store.session import Store

out = Console(highlight=False)
err = Console(stderr=True, highlight=False)

Progress = Callable[[str, int, int], None]


def fail(message: str, *, code: int = 1) -> NoReturn:
    """End the command with a sentence on stderr."""
    err.print(f"[red]{escape(message)}[/red]")
    raise typer.Exit(code)


def read_settings() -> Settings:
    """The settings; a wrong one ends the command with a sentence that names it."""
    from channels.settings import SettingsError, load_settings

    try:
        return load_settings()
    except SettingsError as problem:
        fail(str(problem), code=2)


def run(work: Coroutine[Any, Any, None]) -> None:
    """Run a command's work; what the store refuses ends it with the store's own sentence."""
    from sqlalchemy.exc import SQLAlchemyError

    from channels.logs import described
    from crm_store.errors import StoreError

    try:
        asyncio.run(work)
    except StoreError as problem:
        fail(problem.message)
    except (SQLAlchemyError, ConnectionError) as problem:
        fail(f"The database does not answer ({described(problem)}). Look at AFTERSALE_DATABASE_URL.")


@asynccontextmanager
async def opened_store() -> AsyncIterator[Store]:
    """The migrated database of the settings."""
    from channels.database import NotMigrated, open_store
    from crm_store import migrate

    store = open_store(read_settings())
    try:
        if not await migrate.is_current(store):
            fail(str(NotMigrated()))
        yield store
    finally:
        await store.close()


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar for work that tells `(what, done, of)`."""
    from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn

    columns = TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn()
    with Progress(*columns, console=err) as bars:
        bar = bars.add_task("", visible=False)

        def show(what: str, done: int, of: int) -> None:
            text = what.replace("_", " ").capitalize()
            bars.update(bar, description=text, completed=done, total=of or None, visible=True)

        yield show


async def prepare_database(settings: Settings) -> None:
    """Make the database usable, with a bar. Production's must have been migrated."""
    from channels.database import NotMigrated, make_ready, open_store

    store = open_store(settings)
    try:
        with progress_bar() as progress:
            await make_ready(store, settings, progress)
    except NotMigrated as problem:
        fail(str(problem))
    finally:
        await store.close()
