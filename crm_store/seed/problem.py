"""What is wrong with a shop's CSV files, said so that it can be put right."""

from __future__ import annotations

from crm_store.errors import StoreError


class SeedProblem(StoreError):
    """The shop could not be filled in."""

    code = "seed_problem"

    def __init__(self, what: str, advice: str, *, file: str = "", line: int = 0, column: str = "") -> None:
        """`what` is wrong and what to do about it; `line` counts from 1, the header being the first."""
        place = ", ".join(
            part for part in (file, line and f"line {line}", column and f"column {column}") if part
        )
        super().__init__(f"{place}: {what} {advice}" if place else f"{what} {advice}")
        self.file, self.line, self.column = file, line, column
