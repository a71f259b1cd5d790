"""Reading a shop's folder and writing it in one go."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from sqlalchemy import exists, func, insert, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock, locks
from crm_store.models import Base, Category, Customer, Order
from crm_store.seed import catalogue, gift_cards, offers, orders, people, points, returns
from crm_store.seed.draft import Draft
from crm_store.seed.problem import SeedProblem
from crm_store.session import Store, is_sqlite

Progress = Callable[[str, int, int], None]
"""Told what was read or written, how many steps are done, and how many there are."""

_STEPS: Final[tuple[Callable[[Draft], None], ...]] = (
    catalogue.categories,
    catalogue.products,
    catalogue.variants,
    catalogue.locations,
    catalogue.stock,
    people.customers,
    catalogue.carts,
    orders.orders,
    orders.lines,
    orders.shipments,
    orders.shipment_items,
    orders.tracking_events,
    returns.returns,
    returns.return_items,
    returns.refunds,
    offers.offers,
    offers.grants,
    points.points,
    gift_cards.gift_cards,
)


@dataclass(frozen=True)
class SeedReport:
    """How many rows went into each table."""

    rows: dict[str, int]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.rows.values())


async def is_empty(store: Store) -> bool:
    """Whether the database has no shop in it yet."""
    async with store.reading() as session:
        return await _has_no_shop(session)


async def seed(store: Store, folder: Path, on_progress: Progress = lambda *_: None) -> SeedReport:
    """Fill the shop of `folder` into an empty database, its times counted from now, in one transaction.

    `SeedProblem` names file, line, column and remedy of the first thing that is wrong, or says that the
    database is not empty; nothing is written then.
    """
    draft = Draft(folder, clock.now())
    for done, step in enumerate(_STEPS, start=1):
        step(draft)
        on_progress(step.__name__, done, len(_STEPS) + 1)
    async with store.unit() as session:
        await locks.exclusive(session, "seed")
        if not await _has_no_shop(session):
            raise SeedProblem("There is a shop in this database.", "Use an empty database, or keep this one.")
        report = await _write(session, draft)
        await audit.write(session, actor="system", action="seed", subject=f"folder:{folder.name}"[:64])
    on_progress("database", len(_STEPS) + 1, len(_STEPS) + 1)
    return report


async def _has_no_shop(session: AsyncSession) -> bool:
    there = [exists(select(model.id)) for model in (Customer, Category, Order)]
    return not any((await session.execute(select(*there))).one())


async def _write(session: AsyncSession, draft: Draft) -> SeedReport:
    by_table = {model.__tablename__: rows for model, rows in draft.rows.items()}
    tables = [table for table in Base.metadata.sorted_tables if by_table.get(table.name)]
    for table in tables:
        await session.execute(insert(table), by_table[table.name])
    if not is_sqlite(session):
        await _move_sequences(session)
    return SeedReport({table.name: len(by_table[table.name]) for table in tables})


async def _move_sequences(session: AsyncSession) -> None:
    """Let PostgreSQL go on counting after the keys that were given here."""
    for table in Base.metadata.sorted_tables:
        if "id" in table.columns:
            sequence = func.pg_get_serial_sequence(table.name, "id")
            top = select(func.max(table.c.id)).scalar_subquery()
            await session.execute(select(func.setval(sequence, top)).where(top.is_not(None)))
