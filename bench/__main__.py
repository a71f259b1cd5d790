"""`python -m bench`: the table of speed, memory and start-up, beside stock Rasa and the goals.

docs/bench.md tells what each row means.
"""

from __future__ import annotations

import argparse
import asyncio
import shutil
import tempfile
from collections.abc import Callable
from pathlib import Path

from rich.console import Console

from bench import browser, chat, in_process, over_http, training
from bench.server import PROJECT
from bench.table import Row, drawn
from crm_store.migrate import migrate
from crm_store.seed import seed
from crm_store.session import Store

Measured = list[Row] | str
"""Rows, or why there are none."""

KINDS: dict[str, tuple[str, Callable[[Path, int], Measured]]] = {
    "turn": (
        "Measuring in this process …",
        lambda home, rounds: asyncio.run(in_process.measure(home / "aftersale.db", rounds)),
    ),
    "http": ("Measuring a server …", lambda home, rounds: asyncio.run(over_http.measure(home, rounds))),
    "chat": (
        f"Measuring {chat.VISITORS} visitors …",
        lambda home, rounds: asyncio.run(chat.measure(home, min(rounds, chat.SECONDS))),
    ),
    "browser": ("Measuring in Chromium …", lambda home, rounds: asyncio.run(browser.measure(home, rounds))),
    "widget": ("Weighing the widget …", lambda home, rounds: browser.weigh()),
    "training": ("Training from nothing …", lambda home, rounds: training.measure(home)),
}
"""What can be measured: what is said meanwhile, and how."""


def main() -> None:
    """Measure and print."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=30, help="rounds of the script per measurement")
    arguments.add_argument("--only", type=_kinds, default=list(KINDS), help=f"of {','.join(KINDS)}")
    chosen = arguments.parse_args()
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        seeded = Path(folder) / "aftersale.db"
        with console.status("Seeding the demo shop …"):
            asyncio.run(_seed(seeded))
        rows: list[Row] = []
        for kind in chosen.only:
            said, measure = KINDS[kind]
            # A database of its own: what one measurement writes must not weigh on the next one.
            home = Path(folder) / kind
            home.mkdir()
            shutil.copy(seeded, home)
            with console.status(said):
                measured = measure(home, chosen.rounds)
            if isinstance(measured, str):
                console.print(f"Not measured, {kind}: {measured}.")
            else:
                rows += measured
    console.print(drawn(rows))


def _kinds(text: str) -> list[str]:
    wanted = text.split(",")
    if unknown := set(wanted) - set(KINDS):
        raise argparse.ArgumentTypeError(f"{', '.join(sorted(unknown))} is none of {', '.join(KINDS)}")
    return [kind for kind in KINDS if kind in wanted]


async def _seed(file: Path) -> None:
    url = f"sqlite+aiosqlite:///{file}"
    await migrate(url)
    store = Store(url)
    await seed(store, PROJECT / "data" / "demo_shop")
    await store.close()


if __name__ == "__main__":
    main()
