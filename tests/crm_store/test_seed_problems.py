"""A shop's files that are wrong: the place is named, with a remedy, and nothing is written."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from crm_store.seed import SeedProblem, is_empty, seed
from crm_store.session import Store
from tests.crm_store.test_seed import SHOP


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the demo shop's files, to be broken."""
    return Path(shutil.copytree(SHOP, tmp_path / "shop"))


def _change(file: str, line: int, change: Callable[[list[str]], list[str]]) -> Callable[[Path], None]:
    def apply(folder: Path) -> None:
        lines = (folder / file).read_text(encoding="utf-8").splitlines()
        lines[line - 1] = ",".join(change(lines[line - 1].split(",")))
        (folder / file).write_text("\n".join(lines) + "\n", encoding="utf-8")

    return apply


def _cell(file: str, line: int, index: int, value: str) -> Callable[[Path], None]:
    return _change(file, line, lambda cells: [*cells[:index], value, *cells[index + 1 :]])


@pytest.mark.parametrize(
    ("breakage", "message"),
    [
        (_cell("orders.csv", 5, 2, "shiped"), "orders.csv, line 5, column status: “shiped” is not a word"),
        (_cell("orders.csv", 5, 1, "C-9999"), "line 5, column customer_id: “C-9999” is not in customers.csv"),
        (_cell("orders.csv", 3, 0, "A-10001"), "line 3, column order_number: “A-10001” is there twice"),
        (_cell("orders.csv", 2, 7, "1"), "column total_cents: Lines, shipping and discount make 15900"),
        (_cell("orders.csv", 2, 3, "today"), "column placed_days_ago: “today” is not a number"),
        (_cell("order_items.csv", 4, 3, "0"), "order_items.csv, line 4, column quantity: 0 is less than 1"),
        (_cell("order_items.csv", 4, 4, "29.95"), "“29.95” is not a whole number. Write digits only"),
        (_cell("stock.csv", 9, 2, ""), "stock.csv, line 9, column quantity: The value is missing"),
        (_cell("customers.csv", 3, 11, "yes"), "column marketing_email: “yes” is not 0 or 1"),
        (_cell("customers.csv", 3, 2, "Niamh.Gallagher@example.com"), "column email: “niamh.gallagher@"),
        (_cell("carts.csv", 1, 2, "pieces"), "carts.csv, line 2, column quantity: The column is missing"),
        (
            _cell("points_entries.csv", 2, 2, "-50"),
            "line 2, column points: -50 points do not go with “review”",
        ),
        (_change("refunds.csv", 2, lambda cells: cells[:4]), "line 2: There are 4 values, and 8 columns"),
        (_cell("offers.csv", 2, 1, '"Half open'), "offers.csv, line 2: This is not CSV"),
        (lambda folder: (folder / "grants.csv").unlink(), "grants.csv: The file is missing"),
        (
            lambda folder: (folder / "stores.csv").write_bytes(b"\xff\xfe"),
            "stores.csv: The file is not UTF-8",
        ),
    ],
)
async def test_the_place_and_the_remedy_are_named(
    empty_sqlite: Path, folder: Path, breakage: Callable[[Path], None], message: str
) -> None:
    """Before any database is asked; so one kind of database is enough here."""
    breakage(folder)
    store = Store(f"sqlite+aiosqlite:///{empty_sqlite}")
    with pytest.raises(SeedProblem) as problem:
        await seed(store, folder)
    assert message in problem.value.message
    assert await is_empty(store)
    await store.close()


async def test_points_redeemed_without_cover_are_refused(store: Store, folder: Path) -> None:
    with (folder / "points_entries.csv").open("a", encoding="utf-8") as opened:
        opened.write("C-0008,redeem,-9900,1,too much\n")
    with pytest.raises(SeedProblem, match="redeemed 9800 points more than there were"):
        await seed(store, folder)


async def test_a_file_saved_by_a_spreadsheet_is_read_as_well(store: Store, folder: Path) -> None:
    text = (folder / "categories.csv").read_text(encoding="utf-8")
    (folder / "categories.csv").write_bytes(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode())
    assert (await seed(store, folder)).rows["categories"] == text.count("\n") - 1
