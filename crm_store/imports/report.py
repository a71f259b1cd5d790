"""What an import did, and the lines it did not take."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

_FORMULA: Final = ("=", "+", "-", "@", "\t", "\r")
_SHOWN: Final = 200
"""Characters of a value that are shown."""


@dataclass(frozen=True, slots=True)
class Rejected:
    """One line that was not taken: which value of it, and why. `line` counts from 1."""

    line: int
    column: str
    value: str
    why: str


@dataclass
class ImportReport:
    """Counts of one import. An order with a rejected line is rejected with all its lines."""

    read: int = 0
    """Lines, without the header."""
    created_orders: int = 0
    existing: int = 0
    """Orders that were there before, and were left as they are."""
    erased: int = 0
    """Orders of customers who had their data erased: they do not come back."""
    customers_created: int = 0
    rejected: list[Rejected] = field(default_factory=list)


def write_rejected(path: Path, rejected: Iterable[Rejected]) -> None:
    """Write the rejected lines to a CSV file. No value in it is a formula to a spreadsheet."""
    with path.open("w", encoding="utf-8", newline="") as opened:
        writer = csv.writer(opened)
        writer.writerow(["line", "column", "value", "why"])
        for one in sorted(rejected, key=lambda one: one.line):
            writer.writerow([one.line, *map(_inert, (one.column, one.value, one.why))])


def _inert(text: str) -> str:
    shown = text[:_SHOWN].encode("utf-8", "replace").decode()
    return f"'{shown}" if shown.startswith(_FORMULA) else shown
