"""The ids people read out and type: voucher codes nobody can guess, and short numbers such as `R-5012`."""

from __future__ import annotations

import secrets

from sqlalchemy import ColumnElement, Text, cast, exists, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store.models import Base
from crm_store.session import is_sqlite

CODE_ALPHABET = "23456789BCDFGHJKMNPQRSTVWXZ"
"""No letters that look like digits, and no vowels: a random code spells nothing."""
CODE_LENGTH = 8
"""27^8: about 38 bits."""


def voucher_code(prefix: str) -> str:
    """A new random code, e.g. `LARK-7F3KQ2MX`."""
    return f"{prefix}-{''.join(secrets.choice(CODE_ALPHABET) for _ in range(CODE_LENGTH))}"


async def next_number(session: AsyncSession, model: type[Base], *, prefix: str, base: int) -> tuple[int, str]:
    """A fresh `(id, number)` for a row of `model`: `prefix` + (`base` + id), e.g. `(12, "R-5012")`.

    Give the row both, and add it to the session before asking again. Nobody waits for anybody: PostgreSQL
    draws the id from the table's own sequence, SQLite's writers exclude each other. A number that is taken
    (an imported row may carry any) is passed over.
    """
    table = model.__table__
    row_id, taken = 0, True
    while taken:
        drawn = select(_next_id(session, model, after=row_id).label("id")).cte("drawn")
        number = literal(prefix) + cast(drawn.c.id + base, Text)
        query = select(drawn.c.id, exists().where(table.c.number == number))
        row_id, taken = (await session.execute(query)).one()
    return row_id, f"{prefix}{base + row_id}"


def _next_id(session: AsyncSession, model: type[Base], *, after: int) -> ColumnElement[int]:
    if is_sqlite(session):
        top = select(func.max(model.__table__.c.id)).scalar_subquery()
        return func.max(func.coalesce(top, 0), after) + 1
    return func.nextval(func.pg_get_serial_sequence(model.__tablename__, "id"))
