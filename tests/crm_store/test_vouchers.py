"""Vouchers: given once for a key, and shown while they buy something."""

from __future__ import annotations

import asyncio

import pytest

from crm_store import vouchers
from crm_store.errors import Conflict
from crm_store.models import Voucher, VoucherSource
from crm_store.session import Store
from tests.crm_store.builders import days_ago, make_customer, warm_up


async def _give(
    store: Store, customer_id: int, cents: int = 500, key: str = "key", days: float = -9
) -> Voucher:
    async with store.unit() as session:
        return await vouchers.give(
            session,
            customer_id=customer_id,
            cents=cents,
            currency="EUR",
            source=VoucherSource.GOODWILL,
            key=key,
            expires_at=days_ago(days),
        )


async def test_twenty_at_once_with_one_key_make_one(store: Store) -> None:
    async with store.unit() as session:
        ada = await make_customer(session)
    await warm_up(store)
    made = await asyncio.gather(*(_give(store, ada.id) for _ in range(20)))
    assert len({voucher.code for voucher in made}) == 1
    assert made[0].code.startswith("THANKS-")


async def test_a_key_is_for_one_customer_and_one_value(store: Store) -> None:
    async with store.unit() as session:
        ada, bob = await make_customer(session), await make_customer(session, "C-0002")
    await _give(store, ada.id)
    for customer_id, cents in ((bob.id, 500), (ada.id, 600)):
        with pytest.raises(Conflict):
            await _give(store, customer_id, cents)
    with pytest.raises(ValueError, match="0"):
        await _give(store, ada.id, 0, "nothing")


async def test_spent_and_expired_ones_are_left_out(store: Store) -> None:
    async with store.unit() as session:
        ada, bob = await make_customer(session), await make_customer(session, "C-0002")
    await _give(store, ada.id, key="expired", days=1)
    spent = await _give(store, ada.id, key="spent")
    for key in ("older", "newer"):
        await _give(store, ada.id, key=key)
    await _give(store, bob.id, key="bob")
    async with store.unit() as session:
        (await session.get_one(Voucher, spent.id)).remaining_cents = 0
    async with store.reading() as session:
        usable = await vouchers.list_vouchers(session, customer_id=ada.id)
        assert [voucher.key for voucher in usable] == ["newer", "older"]
        every = await vouchers.list_vouchers(session, customer_id=ada.id, spent_too=True)
        assert [voucher.key for voucher in every] == ["newer", "older", "spent", "expired"]
