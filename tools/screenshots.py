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

from playwright.sync_api import Browser, Page, sync_playwright

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


def nothing(page: Page) -> None:
    """Show the page as it opens."""


def signed_in(page: Page) -> None:
    """Click on the demo customer, and come back to the page."""
    wanted = page.url
    page.goto(f"{wanted.split('/', 3)[0]}//{wanted.split('/', 3)[2]}/sign-in")
    page.click(f'form:has(input[value="{CUSTOMER}"]) button')
    page.goto(wanted)


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
    Shot("shop.png", "/", 1280, 1000),
    Shot("shop-phone.png", "/", 390, 844),
    Shot("product-dark.png", "/products/puffin-enamel-mug?color=red", 1280, 900, dark=True),
    Shot("account.png", "/account", 1280, 1000, before=signed_in),
    Shot("help-phone.png", "/help?q=boots+too+small", 390, 844),
)
"""Another page is another line here; what must be clicked or waited for first is a function of the page."""


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
    page.screenshot(path=file)
    page.close()
    if file.stat().st_size > MAX_BYTES:
        sys.exit(f"{file.name} is larger than {MAX_BYTES // 1000} kB.")
    return file.stat().st_size


if __name__ == "__main__":
    main()
