"""Orders spoken of by how they stand: `the late one`, `the one I didn't pay`, `what is ready to collect`."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Final

from crm_store import clock, delivery
from crm_store.models import DeliveryMethod, Order, OrderStatus

_NOT_PAID: Final = frozenset({OrderStatus.PENDING_PAYMENT, OrderStatus.PAYMENT_FAILED})


def _is_late(order: Order) -> bool:
    return delivery.describe(order, clock.now()).is_late


_STATES: Final[tuple[tuple[str, Callable[[Order], bool]], ...]] = (
    (
        r"failed|unpaid|declined|not paid|(?:wasn'?t|isn'?t|didn'?t) (?:paid|pay)",
        lambda order: order.status in _NOT_PAID,
    ),
    (r"(?<!too )late|delayed|overdue", _is_late),
    (r"lost", lambda order: order.status is OrderStatus.LOST),
    (r"packed", lambda order: order.status is OrderStatus.PACKED),
    (r"cancelled|canceled", lambda order: order.status is OrderStatus.CANCELLED),
    (
        r"ready to collect|to collect|collect(?:ion)?|pick(?:ing)?[ -]?up",
        lambda order: order.delivery_method is DeliveryMethod.PICKUP,
    ),
)
"""Words, and the orders that stand like that."""


def by_state(text: str, among: Sequence[Order]) -> list[Order]:
    """The orders of `among` that stand as the words say; none where they say nothing of it."""
    for words, stands in _STATES:
        if re.search(rf"\b(?:{words})\b", text, re.IGNORECASE):
            return [order for order in among if stands(order)]
    return []
