"""`aftersale import orders`: a shop's own orders, from a text file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Final

import typer
from rich.markup import escape
from rich.table import Table

from channels.cli.common import fail, opened_store, out, progress_bar, run

if TYPE_CHECKING:
    from crm_store.imports import ImportReport, Mapping, Rejected

app = typer.Typer(name="import", help="Bring a shop's own data in.", no_args_is_help=True)

SHOWN: Final = 10
"""Rejected lines that are shown; the file has all of them."""


@app.callback()
def _group() -> None:
    """Keep `orders` a command of its own, although it is the only one."""


@app.command()
def orders(
    file: Annotated[Path, typer.Argument(help="CSV or other delimited text, one line an item.")],
    mapping: Annotated[
        Path | None, typer.Option(help="YAML: which column is what. Left out: the columns have our names.")
    ] = None,
    rejected: Annotated[
        Path | None, typer.Option(help="Where lines that do not fit are written; else next to the file.")
    ] = None,
) -> None:
    """Import orders. Lines that do not fit are listed, and running it again creates nothing twice."""
    for given in filter(None, (file, mapping)):
        if not given.is_file():
            fail(f"There is no file {given}.")
    run(_orders(file, mapping, rejected or file.with_name(f"{file.name}.rejected.csv")))


async def _orders(file: Path, mapping: Path | None, rejected: Path) -> None:
    from crm_store.imports import import_orders, load_mapping
    from crm_store.imports.report import write_rejected

    columns = load_mapping(mapping) if mapping else _by_our_names(file)
    async with opened_store() as store:
        with progress_bar() as progress:

            def show(lines: int, done: int, size: int) -> None:
                progress(f"{lines:,} lines", done, size)

            report = await import_orders(store, file, columns, show)
    _print(report)
    if report.rejected:
        write_rejected(rejected, report.rejected)
        _print_rejected(report.rejected, rejected)
        raise typer.Exit(1)


def _by_our_names(file: Path) -> Mapping:
    """The mapping of a comma-separated file whose header has the names of the parts of an order."""
    from crm_store.imports import Column, Mapping
    from crm_store.imports.mapping import NEEDED, PARTS

    with file.open(encoding="utf-8-sig", errors="replace") as lines:
        header = lines.readline().strip().split(",")
    return Mapping(columns={part: Column(part) for part in PARTS if part in (*NEEDED, *header)})


def _print(report: ImportReport) -> None:
    table = Table(box=None, show_header=False)
    table.add_row("Lines read", f"{report.read:,}")
    table.add_row("Orders created", f"{report.created_orders:,}")
    table.add_row("Orders that were there", f"{report.existing:,}")
    if report.erased:
        table.add_row("Orders of erased customers, left out", f"{report.erased:,}")
    table.add_row("Customers created", f"{report.customers_created:,}")
    table.add_row("Lines rejected", f"{len(report.rejected):,}")
    out.print(table)


def _print_rejected(lines: list[Rejected], file: Path) -> None:
    table = Table("Line", "Column", "Value", "Why", box=None)
    for line in lines[:SHOWN]:
        table.add_row(str(line.line), escape(line.column), escape(line.value[:60]), escape(line.why))
    out.print(table)
    out.print(f"All rejected lines: {escape(str(file))}")
