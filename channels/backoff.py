"""How long to wait before trying again."""

from __future__ import annotations

import random


def delay(attempt: int, *, first: float, longest: float) -> float:
    """Seconds to wait after the failed try number `attempt` (from 1).

    They double from `first` up to `longest`, less up to half by chance, so that those who failed together do
    not come back together.
    """
    full = min(longest, first * 2.0 ** min(attempt - 1, 32))
    return full * random.uniform(0.5, 1.0)  # noqa: S311  (nobody gains from guessing it)
