"""The doors for machines: /model/parse, and who may use them."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from channels.settings import Settings, load_settings
from tests.channels.door import REST, OpenDoor, open_door
from tests.fakes.dialogue import FakeDialogue

TOKEN = "the-token-of-the-machines"
BODY = {"sender": "a", "message": "hello", "text": "hello"}


class TestParse:
    async def test_rasas_format(self, door: OpenDoor) -> None:
        response = await door.client.post("/model/parse", json={"text": "hello", "message_id": "7"})
        assert response.status_code == 200
        assert response.json()["text"] == "hello"
        assert response.json()["intent"] == {"name": "greet", "confidence": 0.9}
        assert {"entities", "intent_ranking"} <= response.json().keys()

    @pytest.mark.parametrize("body", ["{}", '{"text": 5}', '{"text": " "}', "[]"])
    async def test_without_a_text(self, door: OpenDoor, body: str) -> None:
        assert (await door.client.post("/model/parse", content=body)).status_code == 422

    async def test_nul_and_lone_surrogates(self, door: OpenDoor) -> None:
        response = await door.client.post("/model/parse", content=r'{"text": "a\u0000b\ud800"}')
        assert response.json()["text"] == "a\ufffdb\ufffd"

    async def test_too_big(self, door: OpenDoor) -> None:
        assert (await door.client.post("/model/parse", json={"text": "x" * 70_000})).status_code == 413


def production(settings: Settings, **more: object) -> Settings:
    return load_settings(
        mode="production", secret_key="own", home=settings.home, database_url=settings.database_url, **more
    )


@pytest.fixture
async def guarded(settings: Settings, dialogue: FakeDialogue) -> AsyncIterator[OpenDoor]:
    """Production, with a token."""
    async with open_door(production(settings, api_token=TOKEN), dialogue) as opened:
        await opened.service.ready()
        yield opened


@pytest.mark.parametrize("path", [REST, "/model/parse"])
class TestToken:
    async def test_the_right_one_enters(self, guarded: OpenDoor, path: str) -> None:
        headers = {"Authorization": f"Bearer {TOKEN}"}
        assert (await guarded.client.post(path, json=BODY, headers=headers)).status_code == 200

    @pytest.mark.parametrize(
        "header", ["", "Bearer", "Bearer ", "Bearer wrong", TOKEN, f"Basic {TOKEN}", "Bearer \xff"]
    )
    async def test_any_other_does_not(self, guarded: OpenDoor, path: str, header: str) -> None:
        headers = {"Authorization": header.encode("latin-1")}
        response = await guarded.client.post(path, json=BODY, headers=headers)  # type: ignore[arg-type]
        assert response.status_code == 401
        assert response.headers["www-authenticate"] == "Bearer"
        assert guarded.dialogue.turns == []

    async def test_none_does_not(self, guarded: OpenDoor, path: str) -> None:
        assert (await guarded.client.post(path, json=BODY)).status_code == 401

    async def test_without_a_token_in_the_settings_the_door_is_shut(
        self, settings: Settings, dialogue: FakeDialogue, path: str
    ) -> None:
        async with open_door(production(settings), dialogue) as door:
            await door.service.ready()
            for header in ({}, {"Authorization": "Bearer "}, {"Authorization": "Bearer"}):
                response = await door.client.post(path, json=BODY, headers=header)
                assert (response.status_code, response.json()["error"]["code"]) == (503, "door_shut")
