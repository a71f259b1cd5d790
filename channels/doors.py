"""What the outbox relay asks of a door: send one row, and say honestly what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from crm_store.models import Channel, OutboxRow


@dataclass(frozen=True)
class Sent:
    """The provider took it."""

    provider_id: str | None = None
    delivered: bool = False
    """Whether it is also known to have reached the customer."""


class NotSent(Exception):
    """It surely did not leave; trying again may help."""

    def __init__(self, why: str, *, after: float | None = None) -> None:
        """`after`: the seconds the provider asks us to wait."""
        super().__init__(why)
        self.after = after


class Undeliverable(Exception):
    """It did not leave, and never will."""


class FateUnknown(Exception):
    """It may have left, or not."""


class Door(Protocol):
    """A way out."""

    @property
    def channel(self) -> Channel:
        """The channel whose rows it sends."""
        ...

    async def send(self, row: OutboxRow) -> Sent:
        """Send one row.

        Raises:
            NotSent: it did not leave, try again later.
            Undeliverable: it never will.
            FateUnknown: nobody can tell; so is any other exception understood.
        """
        ...
