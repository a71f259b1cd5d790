"""What is said before and after a cancellation, and instead of one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.language.phrases import Button, button
from actions.orders.order_steps import HUMAN
from actions.orders.order_words import arrived_lately, everything, money_back
from actions.orders.parcel_words import on_day
from actions.turn import Turn
from crm_store import refunds
from crm_store.models import DeliveryMethod, Order, PaymentStatus
from crm_store.money import format_money

_WAYS: Final = {
    "card": "your card",
    "apple_pay": "your Apple Pay card",
    "google_pay": "your Google Pay card",
    "paypal": "your PayPal account",
    "klarna": "you by Klarna",
    "gift_card": "your gift card",
}
_PAID: Final = frozenset({PaymentStatus.PAID, PaymentStatus.PARTIALLY_REFUNDED})


def way_back(order: Order) -> str:
    """Where refunded money goes: `your card`."""
    return _WAYS.get(order.payment_method, "you the way you paid")


async def due_cents(turn: Turn, order: Order) -> int:
    """What a cancellation gives back, in minor units."""
    if order.payment_status not in _PAID:
        return 0
    refunded = await refunds.of_order(turn.session, order_id=order.id)
    return max(order.total_cents - sum(refund.amount_cents for refund in refunded), 0)


async def ask_sure(
    turn: Turn, found: Sequence[Order], buttons: list[Button], say: CollectingDispatcher
) -> None:
    """Say exactly what will be cancelled and paid back, and ask whether that is right."""
    lines = [await _line(turn, order) for order in found]
    if len(found) != 1:
        say.utter_message(response="utter_cancel_sure_several", orders="\n".join(lines), buttons=buttons)
        return
    order, cents = found[0], await due_cents(turn, found[0])
    say.utter_message(
        response="utter_cancel_sure" if cents else "utter_cancel_sure_unpaid",
        number=order.number,
        items=everything(order),
        placed=on_day(order.placed_at),
        amount=format_money(cents, order.currency),
        way=way_back(order),
        buttons=buttons,
    )


async def _line(turn: Turn, order: Order) -> str:
    cents = await due_cents(turn, order)
    money = (
        f"{format_money(cents, order.currency)} goes back to {way_back(order)}"
        if cents
        else "nothing was paid yet"
    )
    return f"- {order.number}: {everything(order)}; {money}"


def tell_cancelled(order: Order, cents: int, say: CollectingDispatcher) -> None:
    """Say that the order is cancelled, and what of the money. `cents`: what goes back."""
    say.utter_message(
        response="utter_cancel_done" if cents else "utter_cancel_done_unpaid",
        number=order.number,
        amount=format_money(cents, order.currency),
        way=way_back(order),
        json_message={
            "type": "cancellation",
            "number": order.number,
            "refund": format_money(cents, order.currency) if cents else None,
        },
    )


def tell_why_not(order: Order, reason: str, say: CollectingDispatcher) -> None:
    """Say why the order cannot be cancelled, and what can be done instead.

    `reason`: as `orders.cancel` gives it.
    """
    say.utter_message(
        response=_response(order, reason),
        number=order.number,
        items=everything(order),
        way=way_back(order),
        buttons=_instead(order, reason),
    )


def _response(order: Order, reason: str) -> str:
    if reason == "cancelled":
        return f"utter_cancel_before_{money_back(order)}"
    if order.delivery_method is DeliveryMethod.PICKUP and reason in {"packed", "shipped"}:
        return "utter_cancel_pickup"
    if reason == "delivered" and not arrived_lately(order):
        return "utter_cancel_over"
    return f"utter_cancel_{reason}"


def _instead(order: Order, reason: str) -> list[Button]:
    about = {"order_number": order.number}
    track = button("Where is it?", "track_order", **about)
    back = button("Send it back", "return_item", **about)
    refund = button("Refund status", "track_refund", **about)
    steps = {
        "cancelled": [refund] if order.payment_status in _PAID else [],
        "packed": [track, back],
        "shipped": [track, back],
        "delivered": [back] if arrived_lately(order) else [],
        "returned": [button("Return status", "track_return", **about)],
    }
    return steps.get(reason, [HUMAN])
