"""The demo shop and its chat in a real browser: first paint, layout shift, and answers on the screen."""

from __future__ import annotations

import gzip
import statistics
from pathlib import Path

from playwright.async_api import Browser, BrowserContext, Page, ViewportSize, async_playwright

from bench.measure import Timings
from bench.script import SENTENCES
from bench.server import BEHIND_A_PROXY, PROJECT, serving
from bench.table import Row
from tools.chromium import MISSING, find_chromium

WIDGET = PROJECT / "channels" / "static" / "chat" / "widget.js"
LOADS = 7
"""Times that the home page is loaded, each in a browser that has nothing kept."""
PEOPLE = 5
WINDOW: ViewportSize = {"width": 1280, "height": 800}
_RIGHTS = ["--no-sandbox", "--disable-gpu"]
"""A browser that root starts has no sandbox; it sees nothing but our own pages."""

_FIGURES = """() => new Promise(done => new PerformanceObserver(list => done({
    paint: performance.getEntriesByName('first-contentful-paint')[0].startTime,
    shift: list.getEntries().filter(e => !e.hadRecentInput).reduce((sum, e) => sum + e.value, 0),
})).observe({type: 'layout-shift', buffered: true}) || setTimeout(() => done({
    paint: performance.getEntriesByName('first-contentful-paint')[0].startTime, shift: 0}), 1500))"""

_WATCH = """() => {
    const log = document.querySelector('aftersale-chat').shadowRoot.querySelector('[role=log]')
    let sent = 0
    const painted = done => requestAnimationFrame(() => {
        const frame = new MessageChannel()
        frame.port1.onmessage = done
        frame.port2.postMessage(0)
    })
    document.addEventListener('keydown', e => {
        if (e.key === 'Enter') { sent = e.timeStamp; window.answeredIn = null }
    }, true)
    new MutationObserver(changes => {
        const answer = changes.some(c => [...c.addedNodes].some(n => n.matches?.('.bot')))
        if (answer && sent) {
            const since = sent
            sent = 0
            painted(() => window.answeredIn = performance.now() - since)
        }
    }).observe(log, {childList: true})
}"""


def weigh() -> list[Row]:
    """What the widget weighs."""
    script = WIDGET.read_bytes()
    return [
        Row("widget", len(script) / 1000, "kB", "≤ 25", digits=2),
        Row("widget, gzip", len(gzip.compress(script)) / 1000, "kB", digits=2),
    ]


async def measure(home: Path, rounds: int) -> list[Row] | str:
    """Start a server on the database in `home` and look at it; why not, where there is no Chromium."""
    async with async_playwright() as driver:
        path = find_chromium(driver.chromium.executable_path)
        if path is None:
            return MISSING
        chromium = await driver.chromium.launch(executable_path=path, args=_RIGHTS)
        async with serving(home, **BEHIND_A_PROXY) as server:
            paint, shift = await _home_page(chromium, server.url)
            answers = await _answers(chromium, server.url, rounds)
        await chromium.close()
    return [
        Row("answer on the screen, p50", answers.p50, "ms"),
        Row("answer on the screen, p95", answers.p95, "ms"),
        Row("first contentful paint of the shop's home", paint, "ms", "≤ 1,800"),
        Row("cumulative layout shift of the shop's home", shift, "", "≤ 0.1", digits=3),
    ]


async def _home_page(chromium: Browser, url: str) -> tuple[float, float]:
    """The median first paint and the worst shift, after one load for the server to warm up."""
    figures = []
    for number in range(LOADS + 1):
        person = await _person(chromium, number)
        page = await person.new_page()
        await page.goto(url, wait_until="load")
        figures.append(await page.evaluate(_FIGURES))
        await person.close()
    counted = figures[1:]
    return statistics.median(one["paint"] for one in counted), max(one["shift"] for one in counted)


async def _answers(chromium: Browser, url: str, rounds: int) -> Timings:
    """From the key that sends a message to the answer on the screen, people one after the other."""
    answers = Timings()
    for number in range(min(PEOPLE, rounds)):
        person = await _person(chromium, LOADS + 1 + number)
        page = await person.new_page()
        await page.goto(url)
        await _converse(page, answers)
        await person.close()
    return answers


async def _converse(page: Page, answers: Timings) -> None:
    chat = page.locator("aftersale-chat")
    await chat.locator(".launch").click()
    await page.evaluate(_WATCH)
    field = chat.get_by_role("textbox")
    for sentence in SENTENCES:
        await field.fill(sentence)
        await field.press("Enter")
        took = await page.wait_for_function("() => window.answeredIn")
        answers.milliseconds.append(await took.json_value())


async def _person(chromium: Browser, number: int) -> BrowserContext:
    """A browser with nothing kept, at an address of its own."""
    address = {"X-Forwarded-For": f"10.255.0.{number + 1}"}
    return await chromium.new_context(viewport=WINDOW, locale="en-GB", extra_http_headers=address)
