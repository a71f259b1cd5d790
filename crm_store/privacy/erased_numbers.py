"""Erased stays erased: who was erased is known by a keyed hash of the customer number, and by nothing else.

The key is random and belongs to the database, so it is still right after another secret was set, and goes
where a back-up goes.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from collections.abc import Collection
from typing import Final

from sqlalchemy import exists, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock
from crm_store.models import ErasedNumber, StoreKey
from crm_store.upsert import insert_new

_NAME: Final = "erased_numbers"


async def note(session: AsyncSession, *, number: str) -> None:
    """Remember that the customer with this number was erased."""
    key = await _key(session)
    values = {"hash": _hash(key, number), "at": clock.now()}
    await insert_new(session, ErasedNumber, unique=["hash"], values=values)


async def are_erased(session: AsyncSession, *, numbers: Collection[str]) -> set[str]:
    """Those of the customer numbers whose customers were erased."""
    if not await session.scalar(select(exists(select(ErasedNumber.hash)))):
        return set()
    key = await _key(session)
    by_hash = {_hash(key, number): number for number in numbers}
    found = await session.scalars(select(ErasedNumber.hash).where(ErasedNumber.hash.in_(by_hash)))
    return {by_hash[one] for one in found}


async def _key(session: AsyncSession) -> bytes:
    """The database's own key; made when it is first needed."""
    mine = select(StoreKey.key).where(StoreKey.name == _NAME)
    if (found := await session.scalar(mine)) is not None:
        return found
    values = {"name": _NAME, "key": secrets.token_bytes(32)}
    await insert_new(session, StoreKey, unique=["name"], values=values)
    return (await session.scalars(mine)).one()


def _hash(key: bytes, number: str) -> str:
    return hmac.new(key, number.strip().encode("utf-8", "replace"), hashlib.sha256).hexdigest()
