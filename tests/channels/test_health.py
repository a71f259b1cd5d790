"""GET /healthz: starting, ready, and what is broken; and messages that come meanwhile."""

from __future__ import annotations

import asyncio

import pytest

from channels import database
from channels.dialogue import NoModel
from channels.handover import A_HUMAN_WILL_ANSWER
from channels.service import State
from channels.settings import Settings, load_settings
from crm_store.migrate import migrate
from crm_store.models import Message, Ticket
from tests.channels.door import OpenDoor, open_door
from tests.fakes.dialogue import FakeDialogue


class Slow(FakeDialogue):
    """A model whose loading a test decides about."""

    def __init__(self, problem: Exception | None = None) -> None:
        super().__init__()
        self.loaded = asyncio.Event()
        self.problem = problem

    async def load(self, settings: object) -> FakeDialogue:
        await self.loaded.wait()
        if self.problem:
            raise self.problem
        return self


async def test_ready(door: OpenDoor) -> None:
    response = await door.client.get("/healthz")
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "model": "fake.tar.gz", "database": "sqlite"}


async def test_while_the_model_loads(settings: Settings) -> None:
    dialogue = Slow()
    async with open_door(settings, dialogue) as door:
        response = await door.client.get("/healthz")
        assert (response.status_code, response.json()) == (503, {"status": "starting"})
        dialogue.loaded.set()
        await door.service.ready()
        assert (await door.client.get("/healthz")).status_code == 200


async def test_a_message_that_came_while_the_model_loads_is_answered(settings: Settings) -> None:
    dialogue = Slow()
    async with open_door(settings, dialogue) as door:
        while door.service.state is not State.LOADING:  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        asking = asyncio.create_task(door.say("hello"))
        while not await door.rows(Message):  # noqa: ASYNC110
            await asyncio.sleep(0.02)
        assert not asking.done()
        dialogue.loaded.set()
        assert (await asking).json()[0]["text"] == "You said: hello"


@pytest.mark.parametrize("problem", [NoModel("There is no model."), RuntimeError("broken archive")])
async def test_without_a_model_a_human_will_answer_and_a_ticket_opens(
    settings: Settings, problem: Exception
) -> None:
    dialogue = Slow(problem)
    dialogue.loaded.set()
    async with open_door(settings, dialogue) as door:
        await door.service.ready()
        response = await door.client.get("/healthz")
        assert response.status_code == 503
        assert response.json() == {"status": "failing", "model": "missing", "database": "sqlite"}
        assert (await door.say("hello")).json()[0]["text"] == A_HUMAN_WILL_ANSWER
        assert [ticket.topic for ticket in await door.rows(Ticket)] == ["bot_failure"]
        assert (await door.client.post("/model/parse", json={"text": "hello"})).status_code == 503


async def test_when_the_database_does_not_answer(door: OpenDoor, monkeypatch: pytest.MonkeyPatch) -> None:
    async def silent(store: object) -> bool:
        return False

    monkeypatch.setattr(database, "answers", silent)
    response = await door.client.get("/healthz")
    assert response.status_code == 503
    assert response.json() == {"status": "failing", "model": "fake.tar.gz", "database": "unreachable"}


async def test_the_question_to_the_database_is_a_real_one(door: OpenDoor) -> None:
    assert await database.answers(door.service.store)
    async with door.service.store.engine.begin() as connection:
        await connection.exec_driver_sql("ALTER TABLE conversations RENAME TO gone")
    assert not await database.answers(door.service.store)


async def test_a_production_database_that_is_not_migrated_is_waited_for(
    settings: Settings, dialogue: FakeDialogue, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = settings.database_url.replace("aftersale.db", "new.db")
    production = load_settings(mode="production", secret_key="own", home=settings.home, database_url=url)
    monkeypatch.setattr("channels.service.TRY_AGAIN", 0.05)
    async with open_door(production, dialogue) as door:
        await asyncio.sleep(0.1)
        assert (await door.client.get("/healthz")).json() == {"status": "starting"}
        await migrate(url)
        await asyncio.wait_for(door.service.ready(), 5)
        assert (await door.client.get("/healthz")).status_code == 200


async def test_it_stops_cleanly(settings: Settings, dialogue: FakeDialogue) -> None:
    async with open_door(settings, dialogue) as door:
        await door.service.ready()
        await door.say("hello")
    assert dialogue.closed


async def test_it_stops_cleanly_in_the_middle_of_starting(settings: Settings) -> None:
    async with open_door(settings, Slow()) as door:
        assert (await door.client.get("/healthz")).status_code == 503
