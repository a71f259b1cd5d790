"""Visitors of the web chat."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from channels.settings import Settings
from tests.channels.door import OpenDoor
from tests.channels.web.browser import Browser, Served, served
from tests.fakes.dialogue import FakeDialogue


@pytest.fixture
async def visitor(door: OpenDoor) -> Browser:
    """A visitor who has just opened the chat."""
    browser = Browser(door.client)
    await browser.open()
    return browser


@pytest.fixture
async def shop_server(settings: Settings, dialogue: FakeDialogue) -> AsyncIterator[Served]:
    """A real server with streams."""
    async with served(settings, dialogue) as running:
        yield running
