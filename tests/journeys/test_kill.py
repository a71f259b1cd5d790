"""The process is killed: nothing that was received is lost, and nothing is answered twice (fault 16)."""

from __future__ import annotations

import asyncio
import shutil
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from bot.engine import Bot
from crm_store import conversations
from crm_store.models import Channel, Direction, Message
from crm_store.session import Store
from tests.server import Server, free_port

SENDERS = 12


@pytest.fixture
async def server(seeded_file: Path, tmp_path: Path, bot: Bot) -> AsyncIterator[Server]:
    """A server on the demo shop, not started yet (the bot fixture made sure that there is a model)."""
    home = tmp_path / "a home"
    home.mkdir()
    shutil.copyfile(seeded_file, home / "aftersale.db")
    made = Server(home, free_port())
    yield made
    made.stop()


def store_of(server: Server) -> Store:
    return Store(f"sqlite+aiosqlite:///{server.home / 'aftersale.db'}")


async def all_messages(server: Server) -> list[Message]:
    store = store_of(server)
    async with store.reading() as session:
        found = list(await session.scalars(select(Message).order_by(Message.id)))
    await store.close()
    return found


async def until_answered(server: Server) -> list[Message]:
    for _ in range(300):
        messages = await all_messages(server)
        if all(m.answered_at for m in messages if m.direction is Direction.INBOUND):
            return messages
        await asyncio.sleep(0.1)
    raise AssertionError("some message stayed unanswered")


async def test_fault_16_a_message_stored_before_the_kill_is_answered_once_after_the_restart(
    server: Server,
) -> None:
    store = store_of(server)
    async with store.unit() as session:
        first, _ = await conversations.receive(
            session,
            channel=Channel.REST,
            address="before",
            provider_id="m-1",
            text="what is your return policy",
        )
    await store.close()
    await server.start()
    messages = await until_answered(server)
    answers = [m for m in messages if m.direction is Direction.OUTBOUND]
    assert {m.in_reply_to for m in answers} == {first.id}
    assert any("30 days" in m.text for m in answers)


async def test_fault_16_killed_under_load_nothing_is_lost_and_nothing_doubled(server: Server) -> None:
    async def send(sender: int) -> bool:
        body = {"sender": f"s{sender}", "message": "what is your return policy", "message_id": "1"}
        try:
            async with httpx.AsyncClient(timeout=60) as client:
                return (await client.post(f"{server.url}/webhooks/rest/webhook", json=body)).is_success
        except httpx.TransportError:
            return False

    await server.start()
    sending = [asyncio.create_task(send(sender)) for sender in range(SENDERS)]
    await asyncio.sleep(0.12)
    server.kill()
    answered_before = sum(await asyncio.gather(*sending))
    stored = [m for m in await all_messages(server) if m.direction is Direction.INBOUND]
    assert answered_before < SENDERS, "the kill came too late to test anything"

    await server.start()
    await until_answered(server)
    assert all(await asyncio.gather(*(send(sender) for sender in range(SENDERS))))

    messages = await until_answered(server)
    inbound = [m for m in messages if m.direction is Direction.INBOUND]
    assert len(inbound) == SENDERS
    assert {m.id for m in stored} <= {m.id for m in inbound}
    answers = Counter(m.in_reply_to for m in messages if m.direction is Direction.OUTBOUND)
    assert set(answers) == {m.id for m in inbound}
    assert len(set(answers.values())) == 1, "every one got the same answer, once"
