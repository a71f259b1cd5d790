"""Returns as the account page shows them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from actions.language.phrases import day
from crm_store.models import RefundStatus, Return, ReturnStatus
from crm_store.money import format_money

_WORDS: Final = {
    ReturnStatus.REQUESTED: ("Asked for", "wait"),
    ReturnStatus.LABEL_SENT: ("Waiting for your parcel", "wait"),
    ReturnStatus.IN_TRANSIT: ("On its way back", "wait"),
    ReturnStatus.RECEIVED: ("Back with us", "wait"),
    ReturnStatus.REFUNDED: ("Refunded", "good"),
    ReturnStatus.EXCHANGED: ("Exchanged", "good"),
    ReturnStatus.REJECTED: ("Not accepted", "bad"),
    ReturnStatus.CANCELLED: ("Called off", "quiet"),
}
_MONEY: Final = {
    RefundStatus.PENDING: "{} on its way to you",
    RefundStatus.SENT: "{} paid back",
    RefundStatus.FAILED: "{} could not be paid back yet",
}


@dataclass(frozen=True)
class ReturnCard:
    """One return."""

    number: str
    order: str
    asked: str
    status: str
    tone: str
    goods: str
    money: str
    exchange: str


def return_card(found: Return) -> ReturnCard:
    """The card of a return that came with its lines and refunds."""
    status, tone = _WORDS[found.status]
    lines = (
        f"{item.quantity} × {item.order_item.title}" if item.quantity > 1 else item.order_item.title
        for item in found.items
    )
    money = (_MONEY[one.status].format(format_money(one.amount_cents, one.currency)) for one in found.refunds)
    wanted = found.exchange_variant
    return ReturnCard(
        number=found.number,
        order=found.order.number,
        asked=day(found.requested_at),
        status=status,
        tone=tone,
        goods="; ".join(lines),
        money="; ".join(money),
        exchange=", ".join(filter(None, (wanted.product.name, wanted.color, wanted.size))) if wanted else "",
    )
