"""Training from nothing."""

from __future__ import annotations

import shutil
from pathlib import Path
from time import perf_counter

from bench.server import PROJECT
from bench.table import Row
from bot.training import train


def measure(home: Path) -> list[Row]:
    """Train a copy of the project, so that no cache of an earlier training helps."""
    copy = home / "project"
    for part in ("data", "bot"):
        shutil.copytree(PROJECT / part, copy / part)
    for part in ("config.yml", "domain.yml"):
        shutil.copy(PROJECT / part, copy / part)
    started = perf_counter()
    train(copy, force=True)
    return [Row("training from nothing", perf_counter() - started, "s", "≤ 60")]
