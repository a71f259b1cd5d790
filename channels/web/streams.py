"""How many streams a visitor has open: one a tab, and no end of tabs is nobody's wish."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Final

MOST: Final = 30


class Open:
    """The open streams of this process, by visitor."""

    def __init__(self) -> None:
        self._count: Counter[str] = Counter()

    def is_full(self, address: str) -> bool:
        """Whether this visitor has as many as they may."""
        return self._count[address] >= MOST

    @contextmanager
    def one_more(self, address: str) -> Iterator[None]:
        """Count one of theirs."""
        self._count[address] += 1
        try:
            yield
        finally:
            self._count[address] -= 1
            if not self._count[address]:
                del self._count[address]
