"""Looking at a customer's returns. Each comes with its lines, refunds, order and the goods of an exchange."""

from __future__ import annotations

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from crm_store.errors import NotFound
from crm_store.models import Return, ReturnItem, Variant


def returns_of(customer_id: int) -> Select[Return]:
    """The customer's returns, newest first."""
    return whole_returns().where(Return.customer_id == customer_id)


def whole_returns() -> Select[Return]:
    """Every return with what hangs on it, newest first."""
    return (
        select(Return)
        .order_by(Return.requested_at.desc(), Return.id.desc())
        .options(
            joinedload(Return.order, innerjoin=True),
            joinedload(Return.exchange_variant).joinedload(Variant.product),
            selectinload(Return.items).joinedload(ReturnItem.order_item, innerjoin=True),
            selectinload(Return.refunds),
        )
    )


async def list_returns(session: AsyncSession, *, customer_id: int, limit: int = 20) -> list[Return]:
    """The customer's returns, newest first."""
    return list(await session.scalars(returns_of(customer_id).limit(limit)))


async def count_returns(session: AsyncSession, *, customer_id: int, order_id: int) -> int:
    """How many returns of one order the customer asked for, those that were called off too."""
    mine = select(func.count()).where(Return.customer_id == customer_id, Return.order_id == order_id)
    return await session.scalar(mine) or 0


async def get_return(session: AsyncSession, *, customer_id: int, number: str) -> Return:
    """The customer's return; `NotFound` without one."""
    query = returns_of(customer_id).where(Return.number == clean_number(number))
    found = await session.scalar(query)
    if found is None:
        raise NotFound(f"There is no return {number.strip()[:32]}.")
    return found


def clean_number(typed: str) -> str:
    """`r5012`, `R 5012` and `R-5012` become `R-5012`."""
    tidy = typed.strip(" #.,!?").upper().removeprefix("R").strip(" -")
    return f"R-{tidy}" if tidy.isascii() and tidy.isdigit() else typed.strip()
