"""Importing a file of orders: read as a stream, written in batches, and never twice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Final

from crm_store import locks
from crm_store.imports.grouping import Found, Grouper
from crm_store.imports.mapping import Mapping
from crm_store.imports.parsing import BadLine, Line, Parser
from crm_store.imports.reading import OpenFile, open_lines
from crm_store.imports.report import ImportReport, write_rejected
from crm_store.imports.writing import write
from crm_store.session import Store

BATCH: Final = 1_000
"""Orders of one unit of work: other writers get their turn in between."""
Progress = Callable[[int, int, int], None]
"""Told the lines read, the bytes read, and the bytes of the file."""


async def import_orders(
    store: Store,
    path: Path,
    mapping: Mapping,
    on_progress: Progress = lambda *_: None,
    rejected_path: Path | None = None,
) -> ImportReport:
    """Import the orders of a file and the customers who placed them.

    Orders and customers that are there already are left alone, so importing the file again, or after it was
    cut off, creates only what is missing. Lines that cannot be taken are in the report, and as CSV in
    `rejected_path` when one is given. `ImportProblem` when the file does not fit the mapping; nothing is
    written then.
    """
    report, grouper = ImportReport(), Grouper()
    with path.open("rb") as binary:
        opened = open_lines(binary, path, mapping)
        orders = grouper.group(_parsed(opened, mapping, report))
        while batch := list(islice(orders, BATCH)):
            await _write_batch(store, batch, grouper, report)
            on_progress(report.read, opened.done, opened.size)
    report.rejected = sorted(grouper.rejected, key=lambda one: one.line)
    if rejected_path is not None:
        write_rejected(rejected_path, report.rejected)
    return report


def _parsed(opened: OpenFile, mapping: Mapping, report: ImportReport) -> Iterator[Line | BadLine]:
    parser = Parser(mapping, opened.places)
    for raw in opened.lines:
        report.read += 1
        yield parser.parse(raw)


async def _write_batch(store: Store, batch: list[Found], grouper: Grouper, report: ImportReport) -> None:
    async with store.unit() as session:
        await locks.exclusive(session, "import")
        written = await write(session, batch)
    report.created_orders += written.created
    report.existing += written.existing
    report.erased += written.erased
    report.customers_created += written.customers
    for order, why in written.refused:
        grouper.refuse(order, why)
