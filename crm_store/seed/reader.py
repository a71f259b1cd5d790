"""Reading a shop's CSV files: every value is checked where it is taken, and a wrong one names its place."""

from __future__ import annotations

import csv
import enum
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TextIO, TypeVar

from crm_store.clock import SHOP_ZONE
from crm_store.seed.problem import SeedProblem

Value = TypeVar("Value")
Word = TypeVar("Word", bound=enum.StrEnum)
_FLAGS = {"0": False, "1": True}


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a file. Times are counted from `now`, the moment of seeding."""

    file: str
    line: int
    values: dict[str, str]
    now: datetime

    def problem(self, column: str, what: str, advice: str) -> SeedProblem:
        """A problem with one value of this line."""
        return SeedProblem(what, advice, file=self.file, line=self.line, column=column)

    def optional(self, column: str) -> str:
        """The value, or "" when there is none."""
        if column not in self.values:
            raise self.problem(column, "The column is missing.", "Add it to the header and to every line.")
        return self.values[column]

    def text(self, column: str) -> str:
        """A value that must be there."""
        value = self.optional(column)
        if not value:
            raise self.problem(column, "The value is missing.", "Fill it in.")
        return value

    def integer(self, column: str) -> int:
        """A whole number, e.g. money in minor units."""
        return self._as(column, int, "a whole number", "Write digits only, money in cents.")

    def natural(self, column: str, *, least: int = 0) -> int:
        """A whole number that is at least `least`."""
        number = self.integer(column)
        if number < least:
            raise self.problem(column, f"{number} is less than {least}.", "Write a larger number.")
        return number

    def flag(self, column: str) -> bool:
        """0 or 1."""
        return self._as(column, _FLAGS.__getitem__, "0 or 1", "Write 1 for yes and 0 for no.")

    def word(self, column: str, kind: type[Word]) -> Word:
        """One word of a fixed list."""
        return self._as(column, kind, "a word I know here", f"Choose one of: {', '.join(kind)}.")

    def ago(self, column: str, *, hours: bool = False) -> datetime:
        """The moment so many days (or hours) before now."""
        if hours:
            return self.now - self._span(column, hours=True)
        return self._days_from_now(-self._span(column))

    def ahead(self, column: str) -> datetime:
        """The moment so many days after now; a negative number is in the past."""
        return self._days_from_now(self._span(column))

    def _days_from_now(self, days: timedelta) -> datetime:
        # By the shop's calendar: a change to summer time in between must not move a day.
        return (self.now.astimezone(SHOP_ZONE) + days).astimezone(UTC)

    def span(self, column: str) -> timedelta:
        """So many days."""
        return self._span(column)

    def if_given(self, column: str, take: Callable[[str], Value]) -> Value | None:
        """What `take` makes of the column, or None when the value is empty."""
        return take(column) if self.optional(column) else None

    def _span(self, column: str, *, hours: bool = False) -> timedelta:
        number = self._as(column, float, "a number", "Write digits, with a point for decimals.")
        return timedelta(hours=number) if hours else timedelta(days=number)

    def _as(self, column: str, parse: Callable[[str], Value], kind: str, advice: str) -> Value:
        value = self.text(column)
        try:
            return parse(value)
        except (ValueError, KeyError):
            raise self.problem(column, f"“{value}” is not {kind}.", advice) from None


def read(folder: Path, file: str, now: datetime) -> Iterator[Row]:
    """The lines of a CSV file of the folder, in order."""
    path = folder / file
    if not path.is_file():
        raise SeedProblem("The file is missing.", f"Put it into the folder {folder.name}.", file=file)
    try:
        with path.open(encoding="utf-8-sig", newline="") as opened:
            yield from _rows(opened, file, now)
    except UnicodeDecodeError:
        raise SeedProblem("The file is not UTF-8.", "Save it as UTF-8.", file=file) from None


def _rows(opened: TextIO, file: str, now: datetime) -> Iterator[Row]:
    reader = csv.reader(opened, strict=True)
    try:
        header = [cell.strip() for cell in next(reader, [])]
        for cells in filter(None, reader):
            if len(cells) != len(header):
                what = f"There are {len(cells)} values, and {len(header)} columns."
                raise SeedProblem(what, "Quote values with commas.", file=file, line=reader.line_num)
            yield Row(file, reader.line_num, dict(zip(header, map(str.strip, cells), strict=True)), now)
    except csv.Error as broken:
        what = f"This is not CSV: {broken}."
        raise SeedProblem(what, "Check the quotes.", file=file, line=reader.line_num) from None
