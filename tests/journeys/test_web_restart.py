"""The server ends in the middle of a web chat: the visitor goes on as if nothing had been."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import httpx
import pytest

from bot.engine import Bot
from tests.channels.web.browser import Browser
from tests.server import Server, free_port

PATIENCE = 30.0


@pytest.fixture
async def server(seeded_file: Path, tmp_path: Path, bot: Bot) -> AsyncIterator[Server]:
    """A server on the demo shop, not started yet (the bot fixture made sure that there is a model)."""
    home = tmp_path / "a home"
    home.mkdir()
    shutil.copyfile(seeded_file, home / "aftersale.db")
    made = Server(home, free_port())
    yield made
    made.stop()


def identity_of(number: str) -> str:
    from channels.settings import Settings
    from channels.web import identity

    return identity.issue(Settings(), number)


async def answer(visitor: Browser, text: str, **more: str) -> list[dict[str, Any]]:
    """Say it and read the stream until the bot has answered."""
    sent = await visitor.say(text, **more)
    assert sent.status_code == 202, sent.text
    async with asyncio.timeout(PATIENCE), visitor.stream(sent.json()["id"]) as stream:
        while True:
            kind, message = await stream.event()
            assert kind, "the stream ended"
            if kind == "message" and message["author"] == "bot":
                break
    return list((await visitor.newer(sent.json()["id"]))["messages"])


async def test_a_restart_in_the_middle_of_a_form(server: Server) -> None:
    await server.start()
    async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE) as client:
        visitor = Browser(client)
        opened = await visitor.open(identity=identity_of("C-0001"))
        assert opened["customer"] == {"first_name": "Niamh"}
        await answer(visitor, "I want to send something back from A-10771")
        before = (await visitor.newer())["messages"]

        server.kill()
        await server.start()

        again = await visitor.open(identity=identity_of("C-0001"))
        assert again["messages"] == before
        assert again["last_id"] == before[-1]["id"]
        await answer(visitor, "how many points do I have?")
        said = await answer(visitor, "the shorts")
    assert any("What's the reason for sending back" in message["text"] for message in said)


async def test_killed_between_the_acknowledgement_and_the_answer(server: Server) -> None:
    await server.start()
    async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE) as client:
        visitor = Browser(client)
        await visitor.open()
        sent = await visitor.say("what is your return policy", id="c-1")
        server.kill()
        assert sent.status_code == 202
        await server.start()
        repeated = await visitor.say("what is your return policy", id="c-1")
        assert repeated.json() == sent.json()
        async with asyncio.timeout(PATIENCE), visitor.stream() as stream:
            while not any("30 days" in m["text"] for m in stream.messages):
                assert (await stream.event())[0]
    assert [m["client_id"] for m in stream.messages if m["author"] == "customer"] == ["c-1"]
    ids = [m["id"] for m in stream.messages]
    assert ids == sorted(set(ids))


async def test_a_stop_does_not_wait_for_open_streams(server: Server) -> None:
    await server.start()
    async with httpx.AsyncClient(base_url=server.url, timeout=PATIENCE) as client:
        visitor = Browser(client)
        await visitor.open()
        async with visitor.stream() as stream:
            await stream.event()
            assert server.process is not None
            server.process.terminate()
            await asyncio.to_thread(server.process.wait, 8)
