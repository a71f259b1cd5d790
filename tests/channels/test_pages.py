"""The demo's pages: what they show, that nothing on them runs, and that production has none of them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from channels import demo
from channels.service import State
from channels.settings import Settings, load_settings
from crm_store import outbox
from tests.channels.door import OpenDoor, open_door
from tests.fakes.dialogue import FakeDialogue

PAGES = ["/demo", "/mailbox", "/docs"]


async def send(door: OpenDoor, *subjects: str, body: str = "Your code is 123456.\nBye") -> None:
    async with door.service.store.unit() as session:
        for subject in subjects:
            await outbox.enqueue_mail(session, to="maeve@example.com", subject=subject, body=body)


class TestMailbox:
    async def test_the_newest_mail_is_first(self, door: OpenDoor) -> None:
        await send(door, "First", "Second")
        html = (await door.client.get("/mailbox")).text
        assert html.index("Second") < html.index("First")
        assert "To maeve@example.com" in html
        assert "Your code is 123456.\nBye" in html

    async def test_as_json(self, door: OpenDoor) -> None:
        await send(door, "First", "Second")
        response = await door.client.get("/mailbox.json")
        assert response.headers["cache-control"] == "no-store"
        newest, _ = response.json()["mails"]
        assert (newest["to"], newest["subject"]) == ("maeve@example.com", "Second")
        assert newest.keys() == {"id", "to", "subject", "body", "state", "created_at"}

    async def test_an_empty_one_says_what_to_do(self, door: OpenDoor) -> None:
        assert "No mail yet" in (await door.client.get("/mailbox")).text

    async def test_markup_in_a_mail_is_inert(self, door: OpenDoor) -> None:
        await send(door, "<img src=x onerror=alert(1)>", body='"><script>alert(1)</script>')
        html = (await door.client.get("/mailbox")).text
        assert "<img src=x" not in html
        assert "<script" not in html


class TestLanding:
    async def test_it_shows_how_to_talk_and_as_whom(self, door: OpenDoor) -> None:
        html = (await door.client.get("/demo")).text
        assert "Running" in html
        assert "curl http://127.0.0.1:8000/webhooks/rest/webhook" in html
        for part in ("C-0001", "Maeve", "maeve@example.com", 'href="/mailbox"', 'href="/help"'):
            assert part in html

    @pytest.mark.parametrize("state", [State.STARTING, State.LOADING, State.NO_MODEL])
    async def test_it_says_how_far_it_is(self, door: OpenDoor, state: State) -> None:
        door.service.state = state
        html = (await door.client.get("/demo")).text
        assert f'class="status {state.value}"' in html

    async def test_people_who_are_not_in_the_database_are_left_out(
        self, door: OpenDoor, tmp_path: Path
    ) -> None:
        (tmp_path / "demo_sign_ins.csv").write_text('customer_id,why\nC-0001,"a, b"\nC-9999,none\n')
        [person] = await demo.sign_ins(door.service.store, tmp_path)
        assert (person.number, person.why) == ("C-0001", "a, b")


@pytest.mark.parametrize("path", PAGES)
class TestEveryPage:
    async def test_nothing_runs_and_nothing_comes_from_elsewhere(self, door: OpenDoor, path: str) -> None:
        response = await door.client.get(path)
        assert response.status_code == 200
        policy = response.headers["content-security-policy"]
        assert "default-src 'none'" in policy
        assert "unsafe" not in policy
        assert response.headers["x-content-type-options"] == "nosniff"
        assert not re.search(r"<script|\son\w+=|\sstyle=|<style|(src|href)=\"(https?:)?//", response.text)

    async def test_it_can_be_read_by_everybody(self, door: OpenDoor, path: str) -> None:
        html = (await door.client.get(path)).text
        assert '<html lang="en">' in html
        assert 'name="viewport" content="width=device-width' in html
        assert html.count("<h1") == 1
        assert "<main" in html
        assert 'href="#main"' in html
        assert all("alt=" in image for image in re.findall(r"<img[^>]*>", html))

    async def test_what_it_links_to_is_there(self, door: OpenDoor, path: str) -> None:
        html = (await door.client.get(path)).text
        links = set(re.findall(r'(?:href|src)="(/[^"#]*)"', html))
        assert "/static/aftersale.css" in links
        for link in links:
            response = await door.client.get(link, follow_redirects=True)
            assert response.status_code == 200, link


@pytest.mark.parametrize("path", ["/demo", "/mailbox", "/mailbox.json"])
async def test_production_has_no_demo_pages(settings: Settings, dialogue: FakeDialogue, path: str) -> None:
    production = load_settings(
        mode="production", secret_key="own", home=settings.home, database_url=settings.database_url
    )
    async with open_door(production, dialogue) as door:
        await door.service.ready()
        await send(door, "Your code: 123456")
        response = await door.client.get(path)
    assert response.status_code == 404
    assert "123456" not in response.text


async def test_the_doors_are_described_for_programs(door: OpenDoor) -> None:
    paths = (await door.client.get("/openapi.json")).json()["paths"]
    chat = {"session", "messages", "photos", "photos/{key}", "stream", "typing", "read"}
    assert paths.keys() == {"/webhooks/rest/webhook", "/model/parse", "/healthz"} | {
        f"/chat/{path}" for path in chat
    }
