"""A real browser for tests: Chromium driven by Playwright.

Playwright's objects live in one event loop. Tests here run in the loop of the whole session: every module
says `pytestmark = pytest.mark.asyncio(loop_scope="session")`. (Playwright's blocking API would leave a
running loop behind, in which no other asynchronous test of the process could start.)
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Awaitable, Callable, Generator, Iterator
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio
from playwright.async_api import Browser, BrowserContext, Page, Playwright, async_playwright, expect

from bot.training import train
from tests.fakes.chat_server import FakeChat
from tests.server import PROJECT, Server, free_port
from tools.chromium import MISSING, find_chromium

expect.set_options(timeout=10_000)
NewPage = Callable[..., Awaitable[Page]]


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Every test that misses Chromium reports the same place, so that the summary has one line for all."""
    report = yield
    if report.skipped and isinstance(report.longrepr, tuple) and MISSING in report.longrepr[2]:
        report.longrepr = (__file__, 1, report.longrepr[2])
    return report


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def playwright() -> AsyncIterator[Playwright]:
    """Playwright's driver."""
    async with async_playwright() as driver:
        yield driver


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def browser(playwright: Playwright) -> AsyncIterator[Browser]:
    """One Chromium for the whole session. Where there is none, the test is skipped."""
    path = find_chromium(playwright.chromium.executable_path)
    if path is None:
        pytest.skip(MISSING)
    # A browser that root starts has no sandbox; it sees nothing but our own pages.
    chromium = await playwright.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
    yield chromium
    await chromium.close()


@pytest_asyncio.fixture(loop_scope="session")
async def context(browser: Browser) -> AsyncIterator[BrowserContext]:
    """A person's browser: storage of its own, a desktop's window. Its pages are tabs of one storage."""
    person = await browser.new_context(
        viewport={"width": 1280, "height": 800},
        locale="en-GB",
        permissions=["clipboard-read", "clipboard-write"],
        reduced_motion="reduce",
    )
    yield person
    await person.close()


@pytest_asyncio.fixture(loop_scope="session")
async def new_page(browser: Browser, context: BrowserContext) -> AsyncIterator[NewPage]:
    """Open tabs: in the person's browser, or, with options of a context, in one of their own.

    At the end, no page has thrown an error or broken its Content-Security-Policy.
    """
    wrong: list[str] = []
    others: list[BrowserContext] = []

    async def open_page(**options: Any) -> Page:
        if options:
            others.append(
                await browser.new_context(**{"locale": "en-GB", "reduced_motion": "reduce"} | options)
            )
        page = await (others[-1] if options else context).new_page()
        page.on("pageerror", lambda error: wrong.append(f"{error}\n{error.stack}"))
        page.on("console", lambda line: wrong.append(line.text) if "Content Security" in line.text else None)
        return page

    yield open_page
    for other in others:
        await other.close()
    assert wrong == []


@pytest_asyncio.fixture(loop_scope="session")
async def page(new_page: NewPage) -> Page:
    """One tab."""
    return await new_page()


@pytest.fixture(scope="session")
def fake_chat() -> Iterator[FakeChat]:
    """The fake chat server of the process."""
    fake = FakeChat()
    fake.start()
    yield fake
    fake.stop()


@pytest.fixture
def chat(fake_chat: FakeChat) -> FakeChat:
    """A fake chat server with a shop's page, which nobody has seen before."""
    fake_chat.forget()
    return fake_chat


@pytest_asyncio.fixture(loop_scope="session", scope="session")
async def house(
    browser: Browser, seeded_file: Path, tmp_path_factory: pytest.TempPathFactory
) -> AsyncIterator[Server]:
    """The real server on the demo shop: one for all tests that need it, since it takes seconds to start.

    One worker runs them all, one after the other: see `TOGETHER` in tests/conftest.py.
    """
    await asyncio.to_thread(train, PROJECT)
    home = tmp_path_factory.mktemp("house")
    shutil.copyfile(seeded_file, home / "aftersale.db")
    server = Server(home, free_port())
    await server.start()
    yield server
    await asyncio.to_thread(server.stop)
