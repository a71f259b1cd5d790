"""From lines to orders: the lines that follow one another with the same order number."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from crm_store.imports.parsing import BadLine, Line
from crm_store.imports.report import Rejected


@dataclass(slots=True)
class Found:
    """One order of the file; `spoiled` is the number of a line of it that cannot be taken."""

    number: str
    lines: list[Line] = field(default_factory=list)
    spoiled: int | None = None

    @property
    def first(self) -> Line:
        """The line that says whose order it is, and when it was placed."""
        return self.lines[0]

    @property
    def flaw(self) -> str:
        """Why the order cannot be taken as a whole, or ""."""
        if self.spoiled is not None:
            return f"line {self.spoiled} of the same order was rejected"
        for part, values in (
            ("customer_id", {line.customer for line in self.lines}),
            ("currency", {line.currency for line in self.lines}),
        ):
            if len(values) > 1:
                return f"the lines of this order differ in {part}"
        return ""


class Grouper:
    """Puts lines together; what it cannot take is in `rejected`."""

    def __init__(self) -> None:
        self.rejected: list[Rejected] = []
        self._seen: set[str] = set()

    def group(self, lines: Iterable[Line | BadLine]) -> Iterator[Found]:
        """The orders, in the order of the file; one with a rejected line is not among them."""
        current = Found("")
        for line in lines:
            if isinstance(line, BadLine):
                self.rejected.append(line.rejected)
            if not line.order_number:
                continue
            if line.order_number != current.number:
                yield from self._finished(current)
                current = Found(line.order_number)
            if isinstance(line, BadLine):
                current.spoiled = line.rejected.line
            else:
                current.lines.append(line)
        yield from self._finished(current)

    def refuse(self, order: Found, why: str) -> None:
        """Reject every line of the order."""
        self.rejected += [Rejected(line.number, "order_number", order.number, why) for line in order.lines]

    def _finished(self, order: Found) -> Iterator[Found]:
        apart = order.number in self._seen
        self._seen.add(order.number)
        if apart:
            self.refuse(order, "lines of this order stand apart in the file: sort it by order number")
        elif order.flaw:
            self.refuse(order, order.flaw)
        elif order.lines:
            yield order
