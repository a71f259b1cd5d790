"""A return before and after it is made, in words: its lines, where the money goes, and the card of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from actions.language.phrases import counted, day
from actions.returns.refund_words import destination
from actions.returns.return_case import Case
from actions.returns.return_lines import with_quantity
from actions.returns.return_reasons import LABELS
from crm_store.models import Order, Resolution, Return
from crm_store.money import format_money
from crm_store.returns import LineEligibility, Quote

HOME_COUNTRY: Final = "IE"
"""From here, the way back is free."""


def lines(case: Case) -> str:
    """A line for each item: what, how many, why."""
    draft = case.draft
    goods = [with_quantity(line.title, draft.quantities[line.line_no]) for line in case.chosen]
    reasons = [LABELS[draft.reasons[line.line_no]].lower() for line in case.chosen]
    return "\n".join(f"- {thing} ({why})" for thing, why in zip(goods, reasons, strict=True))


def points(quote: Quote) -> str:
    """What happens to the points; nothing when none are taken back."""
    if not quote.points_back:
        return ""
    return f"\nThe {counted(quote.points_back, 'point', 'points')} you earned with it will be taken back."


def amount(quote: Quote) -> str:
    """What the customer gets, bonus included."""
    return format_money(quote.total_cents, quote.currency)


def hand_in_by(chosen: Sequence[LineEligibility]) -> datetime | None:
    """Until when the parcel must be handed in: the earliest end of the lines' windows."""
    return min((line.window_ends_at for line in chosen if line.window_ends_at), default=None)


def is_from_abroad(order: Order) -> bool:
    """Whether the way back costs postage."""
    return order.ship_country not in {"", HOME_COUNTRY}


def card(
    made: Return, order: Order, *, by: datetime | None, money: str, exchange: str | None
) -> dict[str, Any]:
    """The return for a door that can draw it."""
    return {
        "type": "return",
        "number": made.number,
        "order": order.number,
        "status": made.status.value,
        "items": [{"title": item.order_item.title, "quantity": item.quantity} for item in made.items],
        "resolution": made.resolution.value,
        "amount": None if made.resolution is Resolution.EXCHANGE else money,
        "where": destination(order) if made.resolution is Resolution.REFUND_CARD else None,
        "exchange": exchange,
        "label_code": made.label_code,
        "hand_in_by": day(by) if by else None,
    }
