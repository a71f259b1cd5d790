"""What brings and takes points in a shop's files: orders, returns, and what `points_entries.csv` says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from crm_store.loyalty import active_from, earning_cents
from crm_store.models import (
    Order,
    OrderItem,
    OrderStatus,
    PaymentStatus,
    PointsKind,
    Resolution,
    Return,
    ReturnItem,
    ReturnStatus,
    Shipment,
)
from crm_store.returns.amounts import paid_for_lines, pieces
from crm_store.seed.draft import Draft
from crm_store.seed.reader import Row

_UNPAID: Final = frozenset({PaymentStatus.PENDING, PaymentStatus.FAILED})
_KEPT_AFTER_ALL: Final = frozenset({ReturnStatus.CANCELLED, ReturnStatus.REJECTED})


@dataclass(frozen=True, kw_only=True)
class Purchase:
    """A paid order: its points depend on the tier of the day."""

    order: Order
    available_at: datetime


@dataclass(frozen=True, kw_only=True)
class ComingBack:
    """A return: `part` of the order's `whole` worth has come back by now, this return included."""

    order: Order
    return_id: int
    number: str
    part: int
    whole: int


@dataclass(frozen=True, kw_only=True)
class Given:
    """A line of `points_entries.csv`."""

    row: Row
    kind: PointsKind
    points: int


Deed = Purchase | ComingBack | Given


def deeds(draft: Draft) -> dict[int, list[tuple[datetime, Deed]]]:
    """By customer: what happened, in the order of time; what happened at once, in the order of the files."""
    by_customer: dict[int, list[tuple[datetime, Deed]]] = defaultdict(list)
    orders = _orders(draft)
    for row in draft.read("points_entries.csv"):
        given = Given(row=row, kind=row.word("kind", PointsKind), points=row.integer("points"))
        customer_id = draft.customers.of(row, "customer_id")
        by_customer[customer_id].append((row.ago("days_ago"), given))
    for purchase in _purchases(draft, orders):
        by_customer[purchase.order.customer_id].append((purchase.order.placed_at, purchase))
    for requested_at, back in _returns(draft, orders):
        by_customer[back.order.customer_id].append((requested_at, back))
    for mine in by_customer.values():
        mine.sort(key=lambda deed: deed[0])
    return by_customer


def _orders(draft: Draft) -> dict[int, Order]:
    """The orders as objects, for the rules that take them; none of them goes into a session."""
    orders = {values["id"]: Order(**values, items=[]) for values in draft.of(Order)}
    for values in draft.of(OrderItem):
        orders[values["order_id"]].items.append(OrderItem(**values))
    return orders


def _purchases(draft: Draft, orders: dict[int, Order]) -> Iterator[Purchase]:
    arrivals: dict[int, list[datetime | None]] = defaultdict(list)
    for parcel in draft.of(Shipment):
        arrivals[parcel["order_id"]].append(parcel["delivered_at"])
    for order in orders.values():
        if order.payment_status not in _UNPAID and not _undone(order) and earning_cents(order):
            moments = arrivals[order.id]
            last = max((at for at in moments if at), default=None) if all(moments) else None
            yield Purchase(order=order, available_at=active_from(order.placed_at, last))


def _undone(order: Order) -> bool:
    """Cancelled, or lost and paid back: its points were taken back whole."""
    lost = order.status is OrderStatus.LOST and order.payment_status is PaymentStatus.REFUNDED
    return lost or order.status is OrderStatus.CANCELLED


def _returns(draft: Draft, orders: dict[int, Order]) -> Iterator[tuple[datetime, ComingBack]]:
    worth = _worth_of_returns(draft, orders)
    so_far: dict[int, int] = defaultdict(int)
    for back in sorted(draft.of(Return), key=lambda values: values["requested_at"]):
        if back["status"] in _KEPT_AFTER_ALL or back["resolution"] is Resolution.EXCHANGE:
            continue
        order = orders[back["order_id"]]
        so_far[order.id] += worth[back["id"]]
        whole = sum(paid_for_lines(order).values())
        yield (
            back["requested_at"],
            ComingBack(
                order=order,
                return_id=back["id"],
                number=back["number"],
                part=so_far[order.id],
                whole=whole,
            ),
        )


def _worth_of_returns(draft: Draft, orders: dict[int, Order]) -> dict[int, int]:
    """By return: what was paid for what comes back."""
    lines: dict[int, dict[str, Any]] = {values["id"]: values for values in draft.of(OrderItem)}
    worth: dict[int, int] = defaultdict(int)
    for item in draft.of(ReturnItem):
        line = lines[item["order_item_id"]]
        paid = paid_for_lines(orders[line["order_id"]])[line["id"]]
        worth[item["return_id"]] += pieces(paid, line["quantity"], gone=0, more=item["quantity"])
    return worth
