"""The demo shop, seeded and open, and a way to sign in there."""

from __future__ import annotations

import shutil
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path

import httpx
import pytest

from channels.settings import Settings
from tests.channels.door import OpenDoor, open_door
from tests.fakes.dialogue import FakeDialogue

OURS = {"Sec-Fetch-Site": "same-origin"}
"""What a browser says of a form on the shop's own page."""

SignIn = Callable[[str], Awaitable[httpx.Response]]


@pytest.fixture
def seeded_settings(tmp_path: Path, seeded_file: Path) -> Settings:
    """A demo's settings, over the seeded shop."""
    home = tmp_path / "seeded"
    home.mkdir()
    shutil.copyfile(seeded_file, home / "aftersale.db")
    return Settings(home=home)


@pytest.fixture
async def open_shop(seeded_settings: Settings, dialogue: FakeDialogue) -> AsyncIterator[OpenDoor]:
    """The shop, ready."""
    async with open_door(seeded_settings, dialogue) as opened:
        await opened.service.ready()
        yield opened


@pytest.fixture
def sign_in(open_shop: OpenDoor) -> SignIn:
    """Click on one of the demo customers."""

    async def click(number: str) -> httpx.Response:
        return await open_shop.client.post("/shop/sign-in", data={"customer": number}, headers=OURS)

    return click
