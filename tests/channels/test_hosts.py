"""Under which names the demo answers: a foreign page whose name leads to this machine learns nothing."""

from __future__ import annotations

import pytest

from channels.settings import Settings, load_settings
from tests.channels.door import REST, OpenDoor, open_door
from tests.fakes.dialogue import FakeDialogue

FOREIGN = ["evil.example", "evil.example:8000", "localhost.evil.example", "127.0.0.1.evil.example", "", "a b"]


@pytest.mark.parametrize(
    "host", ["127.0.0.1:8000", "127.0.0.1", "localhost:8000", "LOCALHOST", "[::1]:8000", "[::1]"]
)
async def test_this_machines_own_names(door: OpenDoor, host: str) -> None:
    assert (await door.client.get("/mailbox.json", headers={"Host": host})).status_code == 200


@pytest.mark.parametrize("host", FOREIGN)
async def test_any_other_name_gets_nothing(door: OpenDoor, host: str) -> None:
    for path in ("/", "/demo", "/mailbox", "/mailbox.json", "/static/aftersale.css"):
        response = await door.client.get(path, headers={"Host": host})
        assert (response.status_code, response.text) == (400, "Invalid host header")
        assert "content-security-policy" in response.headers
    said = await door.client.post(REST, json={"sender": "a", "message": "hello"}, headers={"Host": host})
    assert said.status_code == 400
    assert door.dialogue.tries == []


async def test_the_demos_own_public_name(settings: Settings, dialogue: FakeDialogue) -> None:
    public = load_settings(home=settings.home, public_url="https://Demo.shop.example:8443")
    async with open_door(public, dialogue) as door:
        for host, status in (("demo.shop.example:8443", 200), ("localhost", 200), ("shop.example", 400)):
            assert (await door.client.get("/help", headers={"Host": host})).status_code == status


async def test_production_leaves_it_to_the_proxy(settings: Settings, dialogue: FakeDialogue) -> None:
    production = load_settings(
        mode="production", secret_key="own", home=settings.home, database_url=settings.database_url
    )
    async with open_door(production, dialogue) as door:
        assert (await door.client.get("/help", headers={"Host": "chat.shop.example"})).status_code == 200
