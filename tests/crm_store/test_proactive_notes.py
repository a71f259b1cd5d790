"""What a customer was told unasked is told once."""

from __future__ import annotations

import asyncio

from crm_store import proactive_notes
from crm_store.session import Store
from tests.crm_store.builders import make_customer, warm_up


async def test_once_for_each_customer_and_matter(store: Store) -> None:
    async with store.unit() as session:
        ada, ben = [(await make_customer(session, number)).id for number in ("C-0001", "C-0002")]
        assert await proactive_notes.note(session, customer_id=ada, key="late:S-1")
        assert not await proactive_notes.note(session, customer_id=ada, key="late:S-1")
        assert await proactive_notes.note(session, customer_id=ada, key="late:S-2")
        assert await proactive_notes.note(session, customer_id=ben, key="late:S-1")
    async with store.reading() as session:
        told = await proactive_notes.told(session, customer_id=ben, keys=["late:S-1", "late:S-2"])
        assert told == {"late:S-1"}


async def test_of_ten_at_once_one_tells(store: Store) -> None:
    async with store.unit() as session:
        ada = (await make_customer(session)).id
    await warm_up(store)

    async def tell() -> bool:
        async with store.unit() as session:
            return await proactive_notes.note(session, customer_id=ada, key="points")

    assert sum(await asyncio.gather(*(tell() for _ in range(10)))) == 1
