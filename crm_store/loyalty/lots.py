"""The ledger read as lots: which points are there, from which line, and until when. Pure, no database.

Every line that brings points is a lot, and every line that takes points took them from lots: those that were
active when it was written, oldest expiry first. Lines are written one at a time for a customer (the account
is the lock), so replaying them in that order gives what each writer saw, whatever their clocks said. A lot
past its `expires_at` is gone at once; its `EXPIRE` line, written later, only records it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

from crm_store.models import PointsEntry, PointsKind


def expiry_key(entry_id: int) -> str:
    """The idempotency key of the `EXPIRE` line of a lot."""
    return f"expire:lot:{entry_id}"


@dataclass(slots=True)
class Lot:
    """What is left of a line that brought points; `expired` is what ran out and is not recorded yet."""

    entry: PointsEntry
    left: int
    expired: int = 0

    def is_pending(self, at: datetime) -> bool:
        """Whether its points cannot be spent yet."""
        return self.entry.available_at > at

    def is_gone(self, at: datetime) -> bool:
        """Whether it has expired."""
        return self.entry.expires_at is not None and self.entry.expires_at <= at

    def is_active(self, at: datetime) -> bool:
        """Whether its points can be spent."""
        return not self.is_pending(at) and not self.is_gone(at)


@dataclass(slots=True)
class Lots:
    """The points of one customer at one moment."""

    active: list[Lot] = field(default_factory=list)
    """Soonest expiry first."""
    pending: list[Lot] = field(default_factory=list)
    gone: list[Lot] = field(default_factory=list)
    debt: int = 0
    """Spent without cover, e.g. by an imported ledger; the next points pay it."""

    @property
    def balance(self) -> int:
        """The points that can be spent; below zero only while there is a debt."""
        return sum(lot.left for lot in self.active) - self.debt


def read(entries: Iterable[PointsEntry], at: datetime) -> Lots:
    """The lots at that moment."""
    book = _Book()
    for entry in sorted(entries, key=lambda entry: entry.id):
        book.note(entry)
    lots = Lots(debt=book.debt)
    for lot in sorted(book.lots.values(), key=_expiry_order):
        if lot.is_gone(at):
            lot.expired, lot.left = lot.left, 0
            lots.gone.append(lot)
        else:
            (lots.pending if lot.is_pending(at) else lots.active).append(lot)
    return lots


class _Book:
    """Replays the lines one by one."""

    def __init__(self) -> None:
        self.lots: dict[str, Lot] = {}
        """By the key of their expiry."""
        self.debt = 0

    def note(self, entry: PointsEntry) -> None:
        if entry.points > 0:
            paid = min(self.debt, entry.points)
            self.debt -= paid
            self.lots[expiry_key(entry.id)] = Lot(entry, entry.points - paid)
        elif entry.key in self.lots:
            self._take(-entry.points, [self.lots[entry.key]])
        else:
            self._take(-entry.points, self._reach(entry))

    def _reach(self, entry: PointsEntry) -> list[Lot]:
        """The lots that a line can take from: a reversal those of its order first, pending ones too."""
        at = entry.created_at
        lots = sorted(self.lots.values(), key=_expiry_order)
        own = entry.order_id if entry.kind is PointsKind.REVERSE else None
        first = [lot for lot in lots if own is not None and lot.entry.order_id == own and not lot.is_gone(at)]
        return first + [lot for lot in lots if lot.is_active(at) and lot not in first]

    def _take(self, points: int, lots: list[Lot]) -> None:
        for lot in lots:
            taken = min(lot.left, points)
            lot.left -= taken
            points -= taken
        self.debt += points


def _expiry_order(lot: Lot) -> tuple[bool, datetime, int]:
    expires_at = lot.entry.expires_at
    return expires_at is None, expires_at or lot.entry.available_at, lot.entry.id
