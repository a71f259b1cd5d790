"""What the carrier says about a parcel that a customer misses, and what follows from it."""

from __future__ import annotations

import enum
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from actions.orders.order_words import AS_GOOD_AS_LOST
from actions.orders.parcel_words import working_days_since
from crm_store import clock
from crm_store.claims import ClaimStanding
from crm_store.delivery import ARRIVED, ParcelState, describe
from crm_store.models import ShipmentStatus

_WAIT_AFTER_DELIVERY: Final = 1
"""Working days after which a parcel that was marked as delivered too early has turned up."""


class Verdict(enum.StrEnum):
    """What to do about a parcel that is missed."""

    TELL = "tell"
    """It is on its way, or has not left: say so; there is nothing to settle."""
    LOST = "lost"
    """The carrier lost it, or it is so late that it counts as lost."""
    LOOK = "look"
    """Delivered, says the carrier: look around first."""


@dataclass(frozen=True)
class Check:
    """The verdict, the parcels it is about, and the pieces in them by line number."""

    verdict: Verdict
    parcels: tuple[ParcelState, ...] = ()
    pieces: dict[int, int] = field(default_factory=dict)
    has_delivered: bool = False
    """Besides what is still on its way, something was delivered."""


def check(standing: ClaimStanding, *, delivered_part: bool = False) -> Check:
    """Look at the parcels with goods that can be claimed. `delivered_part`: a delivered one is missed."""
    left = standing.open_lines()
    order = standing.order
    if not order.shipments:
        return Check(Verdict.LOOK if left else Verdict.TELL, (), left)
    state = describe(order, clock.now())
    open_parcels = [
        parcel for parcel in state.parcels if any(goods.line_no in left for goods in parcel.items)
    ]
    lost = [parcel for parcel in open_parcels if _counts_as_lost(parcel)]
    there = [parcel for parcel in open_parcels if parcel.status in ARRIVED]
    moving = [parcel for parcel in open_parcels if parcel not in lost and parcel not in there]
    if lost and not delivered_part:
        return Check(Verdict.LOST, tuple(lost), _pieces(lost, left))
    if there and (delivered_part or not (moving or state.not_shipped)):
        return Check(Verdict.LOOK, tuple(there), _pieces(there, left))
    return Check(Verdict.TELL, tuple(moving), {}, has_delivered=bool(there))


def is_too_fresh(parcels: Sequence[ParcelState]) -> bool:
    """Whether it was marked as delivered so lately that it may still be in the van."""
    times = [parcel.delivered_at for parcel in parcels if parcel.delivered_at]
    return bool(times) and working_days_since(max(times)) < _WAIT_AFTER_DELIVERY


def _counts_as_lost(parcel: ParcelState) -> bool:
    if parcel.status is ShipmentStatus.LOST:
        return True
    if not parcel.is_late or parcel.expected_at is None:
        return False
    return working_days_since(parcel.expected_at) >= AS_GOOD_AS_LOST


def _pieces(parcels: Sequence[ParcelState], left: dict[int, int]) -> dict[int, int]:
    inside: Counter[int] = Counter()
    for parcel in parcels:
        for goods in parcel.items:
            inside[goods.line_no] += goods.quantity
    return {line: min(count, left[line]) for line, count in inside.items() if line in left}
