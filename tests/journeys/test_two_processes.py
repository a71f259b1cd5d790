"""Two server processes on one PostgreSQL: chat and desk work whichever of them a browser happens to reach."""

from __future__ import annotations

import asyncio
import os
import re
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from pathlib import Path
from time import monotonic

import httpx
import pytest

from bot.engine import Bot
from channels import demo_agents
from tests.channels.web.browser import Browser
from tests.crm_store import databases
from tests.journeys.test_web_restart import answer, identity_of
from tests.server import Server, free_port

PATIENCE = 30.0
SOON = 2.0
"""Seconds: the lookout looks once a second, and the machine has other things to do."""


@pytest.fixture
async def servers(tmp_path: Path, worker_id: str, bot: Bot) -> AsyncIterator[tuple[Server, Server]]:
    """Both started at the same moment on an empty database (the bot fixture made sure there is a model)."""
    name = f"aftersale_two_{worker_id}_{os.getpid()}"
    try:
        url = await asyncio.to_thread(databases.make_postgres, name, tables=False)
    except databases.Unreachable as problem:
        pytest.skip(str(problem))
    pair = tuple(
        Server(tmp_path / home, free_port(), settings={"AFTERSALE_DATABASE_URL": url}) for home in ("a", "b")
    )
    for server in pair:
        server.home.mkdir()
    try:
        await asyncio.gather(*(server.start() for server in pair))
        yield pair[0], pair[1]
    finally:
        for server in pair:
            await asyncio.to_thread(server.stop)
        await asyncio.to_thread(databases.drop_postgres, name)


async def the_agent(client: httpx.AsyncClient) -> None:
    """Sign the demo's agent in; the desk's CSRF token goes with every request from then on."""
    form = {"email": demo_agents.PEOPLE[0].email, "password": demo_agents.PASSWORD}
    assert (await client.post("/desk/sign-in", data=form)).status_code == httpx.codes.SEE_OTHER
    csrf = re.search(r'name="csrf" value="(\w+)"', (await client.get("/desk")).text)
    assert csrf
    client.headers.update({"x-csrf-token": csrf[1], "accept": "application/json"})


async def the_ticket(client: httpx.AsyncClient) -> tuple[str, str]:
    """The number of the open ticket, and what its page says it shows."""
    number = re.search(r"/desk/tickets/(T-\d+)", (await client.get("/desk")).text)
    assert number, "no ticket in the queue"
    page = await client.get(f"/desk/tickets/{number[1]}")
    seen = re.search(r'name="seen" value="([^"]+)"', page.text)
    assert page.status_code == httpx.codes.OK and seen
    return number[1], seen[1]


async def test_a_chat_over_both_and_an_agent_at_the_other(servers: tuple[Server, Server]) -> None:
    here, there = servers
    async with AsyncExitStack() as stack:
        a, b, desk = [
            await stack.enter_async_context(httpx.AsyncClient(base_url=server.url, timeout=PATIENCE))
            for server in (here, there, there)
        ]
        visitor = Browser(a)
        opened = await visitor.open(identity=identity_of("C-0001"))
        assert opened["customer"] == {"first_name": "Niamh"}
        elsewhere = Browser(b, token=visitor.token)

        told = await answer(visitor, "how many points do I have")
        assert any("points" in message["text"] for message in told)

        # Said at one process, seen in a stream of the other.
        async with elsewhere.stream(told[-1]["id"]) as stream:
            await stream.event()
            said_at = monotonic()
            sent = await visitor.say("I want to talk to a human")
            assert sent.status_code == httpx.codes.ACCEPTED
            await stream.until("I want to talk to a human")
            assert monotonic() - said_at < SOON
            await stream.until_state(owner="agent")

            # The agent sits at the other process and answers; the visitor hears it at the first.
            await the_agent(desk)
            number, seen = await the_ticket(desk)
            async with visitor.stream(stream.last_id) as at_the_first:
                await at_the_first.event()
                replied_at = monotonic()
                form = {"text": "Hello Niamh, I am here.", "seen": seen, "key": "first-key-1"}
                first = await desk.post(f"/desk/tickets/{number}/reply", data=form)
                again = await desk.post(f"/desk/tickets/{number}/reply", data=form)
                assert first.status_code == again.status_code == httpx.codes.OK, first.text
                assert first.json() == again.json(), "the same form again is the same answer"
                await at_the_first.until("Hello Niamh, I am here.")
                assert monotonic() - replied_at < SOON

        # What the customer wrote meanwhile at the other process stops an answer that has not seen it.
        _, seen = await the_ticket(desk)
        assert (await visitor.say("and one more thing")).status_code == httpx.codes.ACCEPTED
        stale = await desk.post(f"/desk/tickets/{number}/reply", data={"text": "Bye.", "seen": seen})
        assert (stale.status_code, stale.json()["error"]["code"]) == (httpx.codes.CONFLICT, "stale")
        assert not [m for m in (await visitor.newer())["messages"] if m["text"] == "Bye."]

        for client, path in ((a, "/"), (b, "/help"), (a, "/desk/sign-in"), (b, "/healthz"), (a, "/mailbox")):
            assert (await client.get(path)).status_code == httpx.codes.OK, path
