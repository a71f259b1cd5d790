"""`aftersale migrate` and `aftersale seed-demo`."""

from __future__ import annotations

from channels.cli.common import fail, opened_store, out, progress_bar, read_settings, run


def migrate() -> None:
    """Bring the database to this version's tables. Safe to run twice, and by two processes at once."""
    run(_migrate())


async def _migrate() -> None:
    from crm_store.migrate import migrate as to_head

    await to_head(read_settings().database_url)
    out.print("The database is at this version.")


def seed_demo() -> None:
    """Fill an empty database with the fictional shop."""
    run(_seed_demo())


async def _seed_demo() -> None:
    from channels.database import DEMO_SHOP
    from crm_store.seed import is_empty, seed

    await _migrate()
    async with opened_store() as store:
        if not await is_empty(store):
            fail("This database has customers already; the demo shop only goes into an empty one.")
        with progress_bar() as progress:
            await seed(store, DEMO_SHOP, progress)
    out.print("The demo shop is there.")
