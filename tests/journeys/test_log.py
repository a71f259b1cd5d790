"""A whole conversation over the real doors, and nothing of it in the log."""

from __future__ import annotations

import asyncio
import logging
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import structlog

from actions.shopping.store_hours import StoreHours
from bot.engine import Bot
from channels import demo_agents, logs
from channels.rasa_dialogue import RasaDialogue
from channels.settings import Settings
from channels.web import identity
from crm_store import outbox
from tests.channels.desk.agent import sign_in
from tests.channels.door import OpenDoor, open_door
from tests.channels.web.browser import Browser
from tests.channels.web.test_photos import drawn

PATIENCE = 30.0
MAIL = "niamh.gallagher@example.com"


class LentBot(RasaDialogue):
    """The bot of all tests, which stays open."""

    async def load(self, settings: object) -> LentBot:  # type: ignore[override]
        return self

    def close(self) -> None:
        """Others need it."""


@pytest.fixture(autouse=True)
def _put_back() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


async def said(visitor: Browser, text: str, **more: Any) -> str:
    """Say it and wait for the answer."""
    sent = (await visitor.say(text, **more)).json()["id"]
    async with asyncio.timeout(PATIENCE):
        while True:
            newer = (await visitor.newer(sent))["messages"]
            if newer:
                return "\n".join(message["text"] for message in newer)
            await asyncio.sleep(0.05)


async def everything_said(door: OpenDoor, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Proof by code, a photo, a link, a fault, an agent; what of it is nobody's business."""
    visitor = Browser(door.client)
    await visitor.open()
    await said(visitor, "my name is Niamh Gallagher, 27 Rosebank Terrace, how many points do I have")
    await said(visitor, MAIL)
    async with door.service.store.reading() as session:
        [mail] = await outbox.recent_mails(session, limit=1)
    code = re.search(r"\b\d{6}\b", mail.payload["body"])
    assert code
    assert "640" in await said(visitor, code[0])
    invoice = re.search(r"/files/\S+", await said(visitor, "invoice for A-10771 please"))
    assert invoice
    for path in (invoice[0], invoice[0] + "x"):
        await door.client.get(path)
    assert (await visitor.photo(drawn(), text="my secret scar")).status_code == 202
    assert (await visitor.photo(b"secret bytes", text="my secret scar")).status_code == 415
    await door.client.post("/chat/session", json={"identity": "not-a-token-of-niamh"})
    signed = Browser(door.client)
    await signed.open(identity=identity.issue(door.service.settings, "C-0002"))

    async def fail(*args: object) -> list[Any]:
        raise ValueError("Niamh Gallagher said: my secret wish")

    monkeypatch.setattr(StoreHours, "act", fail)
    answer = await said(visitor, "what are your opening hours for my secret wish")
    assert "a human will answer" in answer

    refused = {"email": "orla.secret@example.com", "password": "wrong-secret"}
    assert (await door.client.post("/desk/sign-in", data=refused)).status_code == 401
    agent = await sign_in(door)
    number = re.search(r"/desk/tickets/(T-\d+)", await agent.page("/desk"))
    assert number
    seen = await agent.seen(number[1])
    replied = await agent.do(number[1], "reply", text="Dear Niamh, my secret answer", seen=seen)
    assert replied.status_code == 200, replied.text
    await agent.do(number[1], "note", text="a secret note")
    tokens = [visitor.token, signed.token, invoice[0].rsplit("/", 1)[1], agent.csrf]
    people = ["Niamh", "Gallagher", "Rosebank", MAIL, "orla", "Kearney", demo_agents.PASSWORD]
    return [*tokens, *people, code[0], "secret", "640", "A-10771", "C-0001", "C-0002", "points do I have"]


async def test_nothing_of_a_whole_conversation_is_in_the_log(
    tmp_path: Path, seeded_file: Path, bot: Bot, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    home.mkdir()
    shutil.copyfile(seeded_file, home / "aftersale.db")
    monkeypatch.setattr("channels.worker.FIRST_RETRY", 0.01)
    logs.start_logging("DEBUG", home)
    settings = Settings(home=home, secret_key="a secret of the tests")
    async with open_door(settings, LentBot(bot)) as door:  # type: ignore[arg-type]
        await door.service.ready()
        nobodys_business = await everything_said(door, monkeypatch)
    written = (home / "logs" / logs.NAME).read_text(encoding="utf-8")
    assert "turn failed" in written, "the log is on"
    assert [word for word in nobodys_business if word.lower() in written.lower()] == []
