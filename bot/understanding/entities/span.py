"""One thing named in a text, and where."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Span:
    """`text[start:end]` names `value` of the kind `entity`."""

    entity: str
    value: str
    start: int
    end: int
    confidence: float = 1.0

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end


def settle(spans: Iterable[Span], taken: Iterable[Span] = ()) -> list[Span]:
    """Leave nothing overlapping: what is `taken` stays, then the earlier of `spans`. Ordered by place."""
    kept = list(taken)
    for span in spans:
        if not any(span.overlaps(other) for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span.start)
