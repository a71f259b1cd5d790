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
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
IMAGES = ROOT / "docs" / "images"
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
MISSING = """\
There is no Chromium here. Install one (Debian and Ubuntu: `apt install chromium`, macOS: `brew install --cask
chromium`; Chrome and Edge do as well), or say where it is: `make screenshots CHROMIUM=/path/to/chromium`."""
QUIET = (
    "--headless", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync", "--hide-scrollbars", "--force-device-scale-factor=1",
)  # fmt: skip
READY_WITHIN = 900.0
"""Seconds. A demo whose training data is new trains first."""
MAX_BYTES = 200_000


@dataclass(frozen=True)
class Shot:
    """One picture: the file's name, the page, and the window in pixels."""

    name: str
    path: str
    width: int
    height: int


SHOTS = (
    Shot("start-page.png", "/", 1200, 930),
    Shot("help-phone.png", "/help?q=boots+too+small", 390, 844),
)


def main() -> None:
    """Start a demo, take every picture, stop it."""
    browser = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if browser is None or shutil.which(browser) is None:
        sys.exit(MISSING)
    IMAGES.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, demo(Path(folder)) as address:
        for shot in SHOTS:
            size = take(browser, Path(folder) / "browser", address, shot)
            print(f"{IMAGES.relative_to(ROOT) / shot.name}: {shot.width} x {shot.height}, {size // 1000} kB")


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


def take(browser: str, profile: Path, address: str, shot: Shot) -> int:
    """Take one picture; its size in bytes."""
    file = IMAGES / shot.name
    file.unlink(missing_ok=True)
    # A browser that root starts has no sandbox; it sees nothing but our own pages.
    rights = ["--no-sandbox"] if hasattr(os, "geteuid") and os.geteuid() == 0 else []
    window = [f"--window-size={shot.width},{shot.height}", f"--user-data-dir={profile}"]
    subprocess.run(
        [browser, *QUIET, *rights, *window, f"--screenshot={file}", address + shot.path],
        check=True,
        capture_output=True,
        timeout=120,
    )
    if not file.exists() or file.stat().st_size > MAX_BYTES:
        sys.exit(f"{file.name} is missing, or larger than {MAX_BYTES // 1000} kB.")
    return file.stat().st_size


if __name__ == "__main__":
    main()
