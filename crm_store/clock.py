"""The one clock. Everything that needs the time asks here, so that tests can set it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import UTC, datetime
from typing import Final
from zoneinfo import ZoneInfo

SHOP_ZONE: Final = ZoneInfo("Europe/Dublin")
"""Where the shop is: its days begin and end at midnight here."""


def _system() -> datetime:
    return datetime.now(UTC)


_source: ContextVar[Callable[[], datetime]] = ContextVar("clock", default=_system)


def now() -> datetime:
    """The present moment, timezone-aware, in UTC."""
    return _source.get()()


@contextmanager
def frozen_at(moment: datetime) -> Iterator[None]:
    """Let the clock of the present context stand at `moment` (timezone-aware)."""
    if moment.tzinfo is None:
        raise ValueError("The clock takes timezone-aware moments only.")
    token = _source.set(lambda: moment.astimezone(UTC))
    try:
        yield
    finally:
        _source.reset(token)
