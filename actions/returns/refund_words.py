"""A refund in words: where the money goes, how it stands, and when it will be there at the latest."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from actions.calendar.working_days import working_days_after
from actions.language.phrases import HUMAN, Button, day, listed
from actions.turn import Turn
from crm_store import clock, orders, returns, vouchers
from crm_store.models import Order, Refund, RefundMethod, RefundStatus, Return, ReturnStatus, Voucher
from crm_store.money import format_money

REFUND_WORKING_DAYS: Final = 5
"""From the parcel's arrival at the warehouse (or the cancelling) to the money's leaving."""

_DESTINATIONS: Final = {
    "paypal": "your PayPal account",
    "klarna": "Klarna",
    "gift_card": "your gift card",
    "card": "your card",
    "apple_pay": "your card (Apple Pay)",
    "google_pay": "your card (Google Pay)",
}
_NOT_HERE_YET: Final = frozenset({ReturnStatus.REQUESTED, ReturnStatus.LABEL_SENT, ReturnStatus.IN_TRANSIT})


@dataclass(frozen=True)
class Wording:
    """Which response tells how something stands, its variables, and the buttons with it."""

    response: str
    variables: dict[str, str]
    buttons: tuple[Button, ...] = ()


def destination(order: Order) -> str:
    """Where money for this order goes back to."""
    return _DESTINATIONS.get(order.payment_method, "where you paid from")


def due(refund: Refund, made: Return | None) -> datetime | None:
    """When the money has left at the latest; None while the parcel is not here."""
    if made is None:
        return working_days_after(refund.created_at, REFUND_WORKING_DAYS)
    return working_days_after(made.received_at, REFUND_WORKING_DAYS) if made.received_at else None


def in_words(refund: Refund, order: Order, made: Return | None, voucher: Voucher | None) -> Wording:
    """How to tell a refund. `made`: the return it is for; `voucher`: the store credit it became."""
    variables = {
        "amount": format_money(refund.amount_cents, refund.currency),
        "where": destination(order),
        "why": f"return {made.number} ({goods(made)})" if made else f"order {order.number}",
        "date": day(refund.created_at),
    }
    if refund.method is RefundMethod.STORE_CREDIT:
        return _credit(variables, voucher)
    if refund.status is RefundStatus.FAILED:
        return Wording("utter_refund_failed", variables, (HUMAN,))
    if refund.status is RefundStatus.SENT:
        return Wording("utter_refund_sent", variables, (HUMAN,))
    return _pending(refund, made, variables)


def goods(made: Return) -> str:
    """What a return holds: `2 × Puffin Enamel Mug, green and Cairn Tent`."""
    return listed(
        [
            f"{item.quantity} × {item.order_item.title}" if item.quantity > 1 else item.order_item.title
            for item in made.items
        ]
    )


def _credit(variables: dict[str, str], voucher: Voucher | None) -> Wording:
    if voucher is None:
        return Wording("utter_refund_credit", variables, (HUMAN,))
    if not voucher.remaining_cents:
        return Wording("utter_refund_credit_spent", variables | {"code": voucher.code})
    left = format_money(voucher.remaining_cents, voucher.currency)
    return Wording("utter_refund_credit_code", variables | {"code": voucher.code, "left": left})


def _pending(refund: Refund, made: Return | None, variables: dict[str, str]) -> Wording:
    latest = due(refund, made)
    if made is not None and latest is None:
        with_us = made.status in _NOT_HERE_YET
        if with_us:
            return Wording("utter_refund_waits_for_parcel", variables)
        return Wording("utter_refund_pending", variables, (HUMAN,))
    if latest is None or clock.now() > latest:
        return Wording(
            "utter_refund_late", variables | {"latest": day(latest or refund.created_at)}, (HUMAN,)
        )
    response = "utter_refund_pending_arrived" if made else "utter_refund_pending_cancelled"
    arrived = day(made.received_at) if made and made.received_at else ""
    return Wording(response, variables | {"latest": day(latest), "arrived": arrived})


async def say_refund(
    turn: Turn, customer_id: int, refund: Refund, say: CollectingDispatcher, *, more: Sequence[Button] = ()
) -> None:
    """Tell the customer how one of their refunds stands, with the card for doors that can draw it."""
    session = turn.session
    order = await orders.get_by_id(session, customer_id=customer_id, order_id=refund.order_id)
    mine = await returns.list_returns(session, customer_id=customer_id, limit=100)
    made = next((one for one in mine if one.id == refund.return_id), None)
    owned = await vouchers.list_vouchers(session, customer_id=customer_id, spent_too=True)
    told = in_words(refund, order, made, next((one for one in owned if one.key == refund.key), None))
    buttons = [*more, *told.buttons]
    say.utter_message(
        response=told.response, buttons=buttons, json_message=card(refund, order), **told.variables
    )


def card(refund: Refund, order: Order) -> dict[str, Any]:
    """The refund for a door that can draw it."""
    return {
        "type": "refund",
        "number": refund.number,
        "order": order.number,
        "amount": format_money(refund.amount_cents, refund.currency),
        "method": refund.method.value,
        "where": destination(order),
        "status": refund.status.value,
    }
