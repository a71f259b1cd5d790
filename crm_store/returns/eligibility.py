"""Which lines of an order may come back. Pure: what came back before is given."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final, Literal

from crm_store import clock
from crm_store.models import Order, OrderItem, OrderStatus, ReturnReason
from crm_store.returns.windows import delivered, window_ends

Refusal = Literal[
    "not_delivered", "window_closed", "final_sale", "hygiene", "digital", "already_returned", "cancelled"
]
OUR_FAULT: Final = frozenset({ReturnReason.DAMAGED, ReturnReason.WRONG_ITEM})
"""These reasons bring back even what is final sale or hygiene."""


@dataclass(frozen=True, slots=True)
class LineEligibility:
    """Whether a line may come back, how many of it (`quantity`), and until when."""

    order_item: OrderItem
    title: str
    quantity: int
    refusal: Refusal | None
    window_ends_at: datetime | None

    @property
    def ok(self) -> bool:
        """Whether at least one piece may come back."""
        return self.refusal is None

    @property
    def line_no(self) -> int:
        """The line's number in its order, from 1."""
        return self.order_item.line_no


def line_eligibility(
    order: Order, item: OrderItem, back: Mapping[int, int], reason: ReturnReason | None = None
) -> LineEligibility:
    """The verdict on one line; `back` says how many of each line came back before."""
    arrived, arrived_at = delivered(order, item)
    left = max(arrived - back.get(item.id, 0), 0)
    ends = window_ends(arrived_at) if arrived_at else None
    refusal = _refusal(order, item, arrived, left, ends, reason)
    return LineEligibility(item, item.title, 0 if refusal else left, refusal, ends)


def _refusal(
    order: Order,
    item: OrderItem,
    arrived: int,
    left: int,
    ends: datetime | None,
    reason: ReturnReason | None,
) -> Refusal | None:
    product = item.variant.product if item.variant else None
    if order.status is OrderStatus.CANCELLED:
        return "cancelled"
    if product and product.digital:
        return "digital"
    if not arrived or ends is None:
        return "not_delivered"
    if not left:
        return "already_returned"
    if clock.now() > ends:
        return "window_closed"
    if product and reason not in OUR_FAULT:
        return "final_sale" if product.final_sale else "hygiene" if product.hygiene else None
    return None
