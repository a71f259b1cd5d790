"""Watchers are woken for their conversation, miss nothing, and leave nothing behind."""

from __future__ import annotations

import asyncio
import time

from channels.live import EVERYTHING, Live
from crm_store.conversations import Pulse
from crm_store.models import Owner


async def test_who_watches_is_woken() -> None:
    live = Live()
    with live.watch(1) as mine, live.watch(2) as other:
        live.wake(1)
        began = time.monotonic()
        await mine.next(5)
        assert time.monotonic() - began < 1
        await other.next(0.05)


async def test_what_happens_between_looking_and_waiting_is_not_missed() -> None:
    live = Live()
    with live.watch(1) as watch:
        live.wake(1)
        await asyncio.sleep(0)
        async with asyncio.timeout(1):
            await watch.next(60)


async def test_every_watcher_of_a_conversation_is_woken() -> None:
    live = Live()
    with live.watch(1) as first, live.watch(1) as second:
        live.wake(1)
        async with asyncio.timeout(1):
            await asyncio.gather(first.next(60), second.next(60))


async def test_who_has_seen_it_is_not_woken_again() -> None:
    live = Live()
    seen, news = Pulse(7, Owner.BOT, None, False), Pulse(8, Owner.BOT, None, False)
    with live.watch(1) as up_to_date, live.watch(1) as behind, live.watch(EVERYTHING) as desk:
        up_to_date.knows = seen
        live.wake(1, seen)
        assert not up_to_date._rung.is_set()
        async with asyncio.timeout(1):
            await asyncio.gather(behind.next(60), desk.next(60))
        for anything_else in (news, None):
            live.wake(1, anything_else)
            async with asyncio.timeout(1):
                await up_to_date.next(60)


async def test_nobody_is_remembered_after_leaving() -> None:
    live = Live()
    with live.watch(1):
        pass
    live.wake(1)
    assert not live._watches
