"""The table that is printed at the end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from rich.table import Table


@dataclass(frozen=True)
class Row:
    """One figure."""

    name: str
    value: float
    unit: str
    goal: str = ""
    stock: float | None = None
    """What stock Rasa needs, in the same unit."""
    digits: int = 1


def drawn(rows: Iterable[Row]) -> Table:
    """The rows as one table."""
    table = Table(
        "measured", "Aftersale", "goal", "stock Rasa", "stock / ours", title="Aftersale on this machine"
    )
    for column in table.columns[1:]:
        column.justify = "right"
    for row in rows:
        beside = ("", "")
        if row.stock is not None:
            beside = (f"{row.stock:,.0f} {row.unit}", f"{row.stock / row.value:.1f} ×")
        table.add_row(row.name, f"{row.value:,.{row.digits}f} {row.unit}".strip(), row.goal, *beside)
    return table
