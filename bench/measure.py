"""Small tools of measuring."""

from __future__ import annotations

import statistics
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from time import perf_counter

import psutil


@dataclass
class Timings:
    """Durations of one thing, in milliseconds."""

    milliseconds: list[float] = field(default_factory=list)

    @contextmanager
    def one(self) -> Iterator[None]:
        """Time a block."""
        started = perf_counter()
        yield
        self.milliseconds.append((perf_counter() - started) * 1000)

    @property
    def p50(self) -> float:
        """The median."""
        return statistics.median(self.milliseconds)

    @property
    def p95(self) -> float:
        """What 95 % stay below."""
        return statistics.quantiles(self.milliseconds, n=20)[-1]


def resident_megabytes(pid: int | None = None) -> float:
    """Memory of a process and its children that is really in RAM, in 10^6 bytes."""
    process = psutil.Process(pid)
    family = [process, *process.children(recursive=True)]
    return float(sum(member.memory_info().rss for member in family)) / 1e6
