"""The shop while it is being read: the rows to insert, and which name stands for which key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from crm_store.models import Base
from crm_store.seed.reader import Row, read


class Names:
    """The names of one file, e.g. order numbers, and the keys their rows get."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._keys: dict[str, int] = {}

    def new(self, row: Row, column: str, name: str | None = None) -> int:
        """The key of a new row; a name that was there before is a problem."""
        name = name or row.text(column)
        if name in self._keys:
            raise row.problem(column, f"“{name}” is there twice.", "Give every row its own.")
        self._keys[name] = len(self._keys) + 1
        return self._keys[name]

    def of(self, row: Row, column: str, name: str | None = None) -> int:
        """The key a name stands for; an unknown one is a problem."""
        name = name or row.text(column)
        if name not in self._keys:
            raise row.problem(column, f"“{name}” is not in {self.file}.", "Correct it, or add it there.")
        return self._keys[name]


@dataclass
class Draft:
    """A shop on its way from `folder` into the database, as seen at `now`."""

    folder: Path
    now: datetime
    rows: dict[type[Base], list[dict[str, Any]]] = field(default_factory=dict)
    customers: Names = field(default_factory=lambda: Names("customers.csv"))
    categories: Names = field(default_factory=lambda: Names("categories.csv"))
    products: Names = field(default_factory=lambda: Names("products.csv"))
    variants: Names = field(default_factory=lambda: Names("variants.csv"))
    locations: Names = field(default_factory=lambda: Names("stores.csv"))
    orders: Names = field(default_factory=lambda: Names("orders.csv"))
    lines: Names = field(default_factory=lambda: Names("order_items.csv"))
    shipments: Names = field(default_factory=lambda: Names("shipments.csv"))
    returns: Names = field(default_factory=lambda: Names("returns.csv"))
    offers: Names = field(default_factory=lambda: Names("offers.csv"))

    def read(self, file: str) -> Iterator[Row]:
        """The lines of one of the folder's files."""
        return read(self.folder, file, self.now)

    def add(self, model: type[Base], **values: Any) -> None:
        """A row to insert; every row of a model has the same columns."""
        self.rows.setdefault(model, []).append(values)

    def of(self, model: type[Base]) -> list[dict[str, Any]]:
        """The rows of a model so far."""
        return self.rows.get(model, [])
