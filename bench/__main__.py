"""`python -m bench`: the table of speed, memory and start-up, beside stock Rasa and the goals."""

from __future__ import annotations

import argparse
import asyncio
import shutil
import tempfile
from pathlib import Path
from time import perf_counter

from rich.console import Console
from rich.table import Table

from bench import in_process, over_http
from bot.engine import Bot
from bot.house import open_house
from bot.training import train
from crm_store.migrate import migrate
from crm_store.seed import seed
from crm_store.session import Store

PROJECT = Path(__file__).parents[1]

STOCK = {"http": 40.0, "parse": 11.0, "memory": 1270.0, "start": 40.0}
"""Stock Rasa 3.6.21 on Python 3.10 with its default pipeline (DIET, TED), measured on 2 cores over 200+
messages.
"""


def main() -> None:
    """Measure everything and print it."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--rounds", type=int, default=30, help="rounds of the script per measurement")
    rounds = arguments.parse_args().rounds
    console = Console()
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        with console.status("Training from nothing …"):
            training = _training_seconds(home)
        with console.status("Seeding the demo shop …"):
            asyncio.run(_seed(home / "aftersale.db"))
        with console.status("Measuring a server …"):
            http = asyncio.run(over_http.measure(home, rounds))
        with console.status("Measuring in this process …"):
            house = open_house(
                PROJECT,
                secret=b"bench",
                shop_name="Wanderlark",
                demo=True,
                help_url="https://wanderlark.example/help",
                can_mail=True,
            )
            bot = Bot.load_blocking(train(PROJECT), house=house)
            inside = asyncio.run(in_process.measure(home / "aftersale.db", bot, rounds))
            bot.close()
    console.print(_table(training, http, inside))


def _training_seconds(home: Path) -> float:
    """Train a copy of the project, so that no cache of an earlier training helps."""
    copy = home / "project"
    for part in ("data", "bot"):
        shutil.copytree(PROJECT / part, copy / part)
    for part in ("config.yml", "domain.yml"):
        shutil.copy(PROJECT / part, copy / part)
    started = perf_counter()
    train(copy, force=True)
    return perf_counter() - started


async def _seed(file: Path) -> None:
    url = f"sqlite+aiosqlite:///{file}"
    await migrate(url)
    store = Store(url)
    await seed(store, PROJECT / "data" / "demo_shop")
    await store.close()


def _table(training: float, http: over_http.OverHttp, inside: in_process.InProcess) -> Table:
    table = Table(
        "measured", "Aftersale", "goal", "stock Rasa", "stock / ours", title="Aftersale on this machine"
    )
    for column in table.columns[1:]:
        column.justify = "right"

    def row(name: str, value: float, unit: str, goal: str = "", stock: float | None = None) -> None:
        beside = (f"{stock:,.0f} {unit}", f"{stock / value:.1f} ×") if stock else ("", "")
        table.add_row(name, f"{value:,.1f} {unit}", goal, *beside)

    row("turn in-process, p50", inside.turn.p50, "ms", "≤ 15")
    row("turn in-process, p95", inside.turn.p95, "ms")
    row("understanding alone, p50", inside.parse.p50, "ms", "", STOCK["parse"])
    row("turn over HTTP, p50", http.turn.p50, "ms", "", STOCK["http"])
    row("turn over HTTP, p95", http.turn.p95, "ms")
    row(f"turns at {over_http.CONVERSATIONS} conversations", http.per_second, "/s")
    row("start to /healthz", http.start_seconds, "s", "≤ 15", STOCK["start"])
    row("resident memory of the server", http.megabytes, "MB", "≤ 700", STOCK["memory"])
    row("training from nothing", training, "s", "≤ 60")
    return table


if __name__ == "__main__":
    main()
