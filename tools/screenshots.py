"""Take the README's pictures of a fresh demo with Chromium (a developer's tool: `make screenshots`)."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

from playwright.sync_api import Browser, Page, sync_playwright

from channels.demo_agents import PASSWORD, PEOPLE

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
MISSING = """\
There is no Chromium here. Install one (Debian and Ubuntu: `apt install chromium`, macOS: `brew install --cask
chromium`; Chrome and Edge do as well), or say where it is: `make screenshots CHROMIUM=/path/to/chromium`."""
READY_WITHIN = 900.0
"""Seconds. A demo whose training data is new trains first."""
MAX_BYTES = 300_000
CUSTOMER = "C-0001"
"""Who is signed in where somebody is: Niamh, who has a late parcel and points."""


PICTURES_ARE_THERE = """() => {
  const roots = [document, document.querySelector("aftersale-chat")?.shadowRoot].filter(Boolean);
  const pictures = roots.flatMap((root) => [...root.querySelectorAll("img:not([loading=lazy])")]);
  return Promise.all(pictures.map((picture) => picture.decode().catch(() => {})));
}"""


def nothing(page: Page) -> None:
    """Show the page as it opens."""


def signed_in(page: Page) -> None:
    """Click on the demo customer, and come back to the page."""
    sign_in_as(page, CUSTOMER)


def sign_in_as(page: Page, customer: str) -> None:
    """Click on a demo customer, and come back to the page, which may have sent us to the sign-in already."""
    url = urlsplit(page.url)
    if url.path != "/sign-in":
        page.goto(urljoin(page.url, f"/sign-in?back={url.path}"))
    page.click(f'form:has(input[value="{customer}"]) button')


def asking(*questions: str, customer: str = CUSTOMER) -> Callable[[Page], None]:
    """Sign in as this customer, open the chat and say this, each after the answer to the one before."""

    def ask(page: Page) -> None:
        sign_in_as(page, customer)
        page.locator("aftersale-chat .launch").click()
        log = page.locator("aftersale-chat .log")
        for question in questions:
            answers = log.locator(".row.bot").count()
            page.locator("aftersale-chat textarea").fill(question)
            page.keyboard.press("Enter")
            log.locator(".row.bot").nth(answers).wait_for(timeout=60_000)
            log.locator(".dots").wait_for(state="hidden", timeout=60_000)
        page.locator("aftersale-chat textarea").evaluate("field => field.blur()")

    return ask


def at_the_desk(page: Page) -> None:
    """Leave a ticket as the customer, then look at it as the demo's first agent."""
    desk = page.url
    page.goto(urljoin(desk, "/"))
    asking("My parcel is lost", "Can a human look at it, please?", customer="C-0007")(page)
    page.goto(desk)
    page.fill("input[name=email]", PEOPLE[0].email)
    page.fill("input[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.locator('a[href*="/desk/tickets/"]').first.click()
    page.locator("textarea").first.wait_for()
    page.locator(".handover, .summary").first.evaluate("part => part.scrollIntoView()")


@dataclass(frozen=True)
class Shot:
    """One picture: the file's name, the page, the window in pixels, and what is done before it is taken."""

    name: str
    path: str
    width: int
    height: int
    dark: bool = False
    before: Callable[[Page], None] = nothing


SHOTS = (
    Shot("shop.png", "/", 1280, 800),
    Shot("chat.png", "/account", 1280, 800, before=asking("Where is my order A-10780?")),
    Shot("chat-phone.png", "/", 390, 844, before=asking("I need a warm jumper")),
    Shot("chat-phone-dark.png", "/", 390, 844, dark=True, before=asking("How many points do I have?")),
    Shot("help-phone.png", "/help?q=boots+too+small", 390, 844),
    Shot("product-dark.png", "/products/puffin-enamel-mug?color=red", 1280, 800, dark=True),
    Shot("desk.png", "/desk", 1280, 800, before=at_the_desk),
)
"""In this order, in one demo. Another page is another line here; what must be clicked or waited for first is
a function of the page.
"""


def main() -> None:
    """Start a demo, take every picture, stop it."""
    binary = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if binary is None or shutil.which(binary) is None:
        sys.exit(MISSING)
    IMAGES.mkdir(parents=True, exist_ok=True)
    # A browser that root starts has no sandbox; it sees nothing but our own pages.
    rights = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as address, sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=binary, args=rights)
        for shot in SHOTS:
            size = take(browser, address, shot)
            print(f"{IMAGES.relative_to(ROOT) / shot.name}: {shot.width} x {shot.height}, {size // 1000} kB")
        browser.close()


@contextmanager
def demo(home: Path) -> Iterator[str]:
    """A demo in `home` on a free port; gives its address once it is ready."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    clean = {name: value for name, value in os.environ.items() if not name.startswith("AFTERSALE_")}
    # The pages show the address that people will have, not this one.
    own = {"HOME": str(home), "PORT": str(port), "PUBLIC_URL": "http://127.0.0.1:8000"}
    server = subprocess.Popen(
        [str(Path(sys.executable).with_name("aftersale")), "serve"],
        cwd=home,
        env={**clean, **{f"AFTERSALE_{name}": value for name, value in own.items()}},
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        wait_for(server, f"http://127.0.0.1:{port}")
        yield f"http://127.0.0.1:{port}"
    finally:
        server.terminate()
        server.wait(30)


def wait_for(server: subprocess.Popen[bytes], address: str) -> None:
    """Wait until it answers customers."""
    deadline = time.monotonic() + READY_WITHIN
    while time.monotonic() < deadline and server.poll() is None:
        try:
            urllib.request.urlopen(f"{address}/healthz", timeout=5).close()  # noqa: S310  (our own server)
        except (urllib.error.URLError, OSError):
            time.sleep(0.5)
        else:
            return
    sys.exit("The demo does not get ready. `aftersale serve` says why.")


def take(browser: Browser, address: str, shot: Shot) -> int:
    """Take one picture; its size in bytes."""
    file = IMAGES / shot.name
    page = browser.new_page(
        viewport={"width": shot.width, "height": shot.height},
        color_scheme="dark" if shot.dark else "light",
        reduced_motion="reduce",
    )
    page.goto(address + shot.path)
    shot.before(page)
    page.wait_for_load_state("load")
    page.evaluate(PICTURES_ARE_THERE)
    page.screenshot(path=file)
    page.close()
    if file.stat().st_size > MAX_BYTES:
        sys.exit(f"{file.name} is larger than {MAX_BYTES // 1000} kB.")
    return file.stat().st_size


if __name__ == "__main__":
    main()
