"""Stopping is never lost, whatever moment it comes at."""

from __future__ import annotations

import asyncio

import pytest

from channels import outbox as outbox_module
from channels import worker as worker_module
from channels.outbox import Relay
from channels.worker import Worker
from crm_store.session import Store


@pytest.mark.parametrize("store_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("moment", range(0, 30, 3))
async def test_worker_and_relay_stop_at_any_moment(
    store: Store, moment: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(outbox_module, "LOOK_EVERY", 0.002)
    monkeypatch.setattr(worker_module, "LOOK_EVERY", 0.002)

    async def nothing(conversation_id: int) -> bool:
        return False

    for _ in range(5):
        worker = Worker(store, nothing, at_once=1, changed=lambda conversation_id: None)
        relay = Relay(store, [])
        worker.start()
        relay.start()
        await asyncio.sleep(moment / 1000)
        relay.wake()
        async with asyncio.timeout(5):
            await worker.stop()
            await relay.stop()


async def test_waking_and_stopping_at_once_still_stops(store: Store) -> None:
    for _ in range(50):
        relay = Relay(store, [])
        relay.start()
        await asyncio.sleep(0)
        asyncio.get_running_loop().call_soon(relay.wake)
        async with asyncio.timeout(5):
            await relay.stop()
