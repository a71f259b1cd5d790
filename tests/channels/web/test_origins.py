"""Pages elsewhere: which may talk to the chat, and the script that they load."""

from __future__ import annotations

from pathlib import Path

import pytest

from channels.settings import Settings
from channels.web import widget as widget_module
from tests.channels.door import OpenDoor


class TestOrigins:
    SHOP = "https://shop.example"

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """With a shop elsewhere."""
        return Settings(home=settings.home, shop_origins=f"{self.SHOP}, https://www.shop.example/")

    def preflight(self, origin: str) -> dict[str, str]:
        return {
            "Origin": origin,
            "Access-Control-Request-Method": "POST",
            "Access-Control-Request-Headers": "authorization,content-type",
        }

    @pytest.mark.parametrize("origin", [SHOP, "https://www.shop.example"])
    async def test_the_shops_pages_may_ask(self, door: OpenDoor, origin: str) -> None:
        asked = await door.client.options("/chat/messages", headers=self.preflight(origin))
        assert asked.status_code == 200
        assert asked.headers["access-control-allow-origin"] == origin
        assert "authorization" in asked.headers["access-control-allow-headers"].lower()
        assert "access-control-allow-credentials" not in asked.headers
        said = await door.client.post("/chat/session", json={}, headers={"Origin": origin})
        assert said.headers["access-control-allow-origin"] == origin
        assert "access-control-allow-credentials" not in said.headers
        assert "origin" in said.headers["vary"].lower()

    async def test_a_refusal_can_be_read_there_too(self, door: OpenDoor) -> None:
        response = await door.client.post("/chat/messages", headers={"Origin": self.SHOP})
        assert response.status_code == 401
        assert response.headers["access-control-allow-origin"] == self.SHOP

    @pytest.mark.parametrize(
        "origin",
        [
            "https://evil.example",
            "null",
            "http://shop.example",
            "https://shop.example.evil.example",
            "https://x.shop.example",
        ],
    )
    async def test_nobody_elses_may(self, door: OpenDoor, origin: str) -> None:
        asked = await door.client.options("/chat/messages", headers=self.preflight(origin))
        assert asked.status_code == 400
        assert "access-control-allow-origin" not in asked.headers
        said = await door.client.post("/chat/session", json={}, headers={"Origin": origin})
        assert "access-control-allow-origin" not in said.headers

    @pytest.mark.parametrize(
        "path", ["/", "/mailbox", "/help", "/webhooks/rest/webhook", "/chat", "/chatter"]
    )
    async def test_only_the_chat_is_shared(self, door: OpenDoor, path: str) -> None:
        response = await door.client.get(path, headers={"Origin": self.SHOP})
        assert "access-control-allow-origin" not in response.headers


class TestWidget:
    async def test_the_script_is_for_every_page(
        self, door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        (tmp_path / "widget.js").write_text("console.log(1);")
        monkeypatch.setattr(widget_module, "FOLDER", tmp_path)
        response = await door.client.get("/chat/widget.js")
        assert (response.status_code, response.text) == (200, "console.log(1);")
        assert response.headers["content-type"].startswith("text/javascript")
        assert response.headers["cross-origin-resource-policy"] == "cross-origin"
        assert response.headers["x-content-type-options"] == "nosniff"
        tag = {"If-None-Match": response.headers["etag"]}
        again = await door.client.get("/chat/widget.js", headers=tag)
        assert (again.status_code, again.content) == (304, b"")

    async def test_no_script_is_no_page(
        self, door: OpenDoor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(widget_module, "FOLDER", tmp_path)
        response = await door.client.get("/chat/widget.js")
        assert (response.status_code, response.json()["error"]["code"]) == (404, "not_found")
