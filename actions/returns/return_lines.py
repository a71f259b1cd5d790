"""The lines of an order as the customer sees them: what words mean which, and why one may not come back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from actions.language.item_choice import Listed
from actions.language.phrases import HUMAN, Button, button, day, listed
from crm_store.models import Order, OrderItem
from crm_store.returns import LineEligibility, Refusal

BY_OUR_FAULT: Final = frozenset({"final_sale", "hygiene"})
"""Refusals that do not hold for goods that are damaged or not what was ordered."""


@dataclass(frozen=True)
class Refused:
    """Lines that may not come back for the same reason, and how to say so."""

    refusal: Refusal
    lines: tuple[LineEligibility, ...]

    @property
    def response(self) -> str:
        """The response's name."""
        return f"utter_return_refused_{self.refusal}"

    def variables(self, order: Order) -> dict[str, Any]:
        """What the response's text needs."""
        ends = self.lines[0].window_ends_at
        return {
            "items": listed([line.title for line in self.lines]),
            "order": order.number,
            "date": day(ends) if ends else "",
        }

    def buttons(self, order: Order) -> list[Button]:
        """What can be done instead."""
        if self.refusal == "not_delivered":
            return [button("Where is it?", "track_order", order_number=order.number)]
        if self.refusal == "already_returned":
            about = {"order_number": order.number}
            return [
                button("Return status", "track_return", **about),
                button("Refund status", "track_refund", **about),
            ]
        if self.refusal in BY_OUR_FAULT:
            return [*self._our_fault(order), HUMAN]
        return [HUMAN]

    def _our_fault(self, order: Order) -> Iterator[Button]:
        about = {"order_number": order.number, "product": self.lines[0].title}
        yield button("It arrived damaged", "return_item", **about, reason="damaged")
        yield button("It's the wrong item", "return_item", **about, reason="wrong_item")


def refused(lines: Iterable[LineEligibility]) -> list[Refused]:
    """The refused ones of the lines, together where the same rule and date refuse them."""
    groups: dict[tuple[Refusal, str], list[LineEligibility]] = {}
    for line in lines:
        if line.refusal:
            date = day(line.window_ends_at) if line.window_ends_at and line.refusal == "window_closed" else ""
            groups.setdefault((line.refusal, date), []).append(line)
    return [Refused(refusal, tuple(members)) for (refusal, _), members in groups.items()]


def short_refusal(line: LineEligibility) -> str:
    """Why a line may not come back, in a few words for a list; empty when it may."""
    if line.refusal == "window_closed" and line.window_ends_at:
        return f"the 30 days ended on {day(line.window_ends_at)}"
    return _SHORT[line.refusal] if line.refusal else ""


_SHORT: Final[dict[str, str]] = {
    "not_delivered": "not with you yet",
    "window_closed": "the 30 days are over",
    "final_sale": "final sale",
    "hygiene": "hygiene item",
    "digital": "digital",
    "already_returned": "already returned",
    "cancelled": "cancelled",
}


def things(lines: Sequence[LineEligibility]) -> list[Listed]:
    """The lines for `item_choice`; the key is the line's number."""
    return [
        Listed(
            line.line_no,
            line.title,
            line.quantity or line.order_item.quantity,
            tuple(_texts(line.order_item)),
        )
        for line in lines
    ]


def _texts(item: OrderItem) -> Iterator[tuple[str, float]]:
    if item.variant:
        product = item.variant.product
        yield " ".join(map(str, product.tags)), 0.8
        yield product.category.name, 0.7


def titles(lines: Sequence[LineEligibility], numbers: Sequence[int]) -> str:
    """The named lines in words: `a, b and c`."""
    names = {line.line_no: line.title for line in lines}
    return listed([names[number] for number in numbers if number in names])


def with_quantity(title: str, quantity: int) -> str:
    """`2 × Puffin Enamel Mug, green`."""
    return f"{quantity} × {title}" if quantity > 1 else title
