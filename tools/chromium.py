"""Where a Chromium is, for what drives one: tests and benchmarks."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
MISSING = (
    "there is no Chromium here: install one (Debian, Ubuntu: `apt install chromium`; anywhere: "
    "`.venv/bin/playwright install chromium`) or say where it is with AFTERSALE_CHROMIUM"
)


def find_chromium(playwrights_own: str) -> str | None:
    """The path of a Chromium: the one of AFTERSALE_CHROMIUM, the system's, Playwright's own, or None."""
    named = os.environ.get("AFTERSALE_CHROMIUM")
    found = named or next(filter(None, map(shutil.which, BROWSERS)), playwrights_own)
    return found if Path(found).exists() else None
