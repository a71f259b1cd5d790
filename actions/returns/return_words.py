"""A return on its way, in words: where it is and what happens next."""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from actions.calendar.working_days import working_days_after
from actions.language.phrases import HUMAN, button, day
from actions.returns.exchange_stock import bought_as
from actions.returns.refund_words import REFUND_WORKING_DAYS, Wording, destination, goods
from crm_store import clock
from crm_store.models import Order, Refund, RefundMethod, RefundStatus, Resolution, Return, ReturnStatus
from crm_store.money import format_money

USUAL_WORKING_DAYS: Final = 10
"""A return that was asked for longer ago and is still not here deserves a look."""

_REFUND_STATUS: Final = "Refund status"


def in_words(made: Return, *, by: datetime | None) -> Wording:
    """How to tell where a return is. `by`: until when it must be handed in."""
    variables = {
        "number": made.number,
        "items": goods(made),
        "label": made.label_code or "in our mail to you",
        "since": day(made.requested_at),
        "arrived": day(made.received_at) if made.received_at else "",
        "date": day(by) if by else "the end of the return window",
        "then": then(made),
    }
    told = _TELLERS.get(made.status, _as_named)
    return told(made, variables)


def then(made: Return) -> str:
    """What the customer gets once it is there."""
    refund = made.refunds[0] if made.refunds else None
    if made.resolution is Resolution.EXCHANGE:
        return (
            f"you get {bought_as(made.exchange_variant)}"
            if made.exchange_variant
            else "your exchange goes out"
        )
    if refund is None:
        return f"your refund leaves within {REFUND_WORKING_DAYS} working days"
    amount = format_money(refund.amount_cents, refund.currency)
    if refund.method is RefundMethod.STORE_CREDIT:
        return f"nothing more is needed: you have {amount} of store credit already"
    return f"{amount} goes to {destination(made.order)} within {REFUND_WORKING_DAYS} working days"


def _as_named(made: Return, variables: dict[str, str]) -> Wording:
    human = made.status in {ReturnStatus.REJECTED, ReturnStatus.CANCELLED}
    return Wording(f"utter_return_state_{made.status.value}", variables, (HUMAN,) if human else ())


def _on_its_way(made: Return, variables: dict[str, str]) -> Wording:
    expected = working_days_after(made.requested_at, USUAL_WORKING_DAYS)
    if clock.now() > expected:
        return Wording("utter_return_state_in_transit_long", variables, (HUMAN,))
    return Wording("utter_return_state_in_transit", variables)


def _received(made: Return, variables: dict[str, str]) -> Wording:
    """Here, and being checked; honest when that takes too long, or when the money did not go through."""
    if any(refund.status is RefundStatus.FAILED for refund in made.refunds):
        return Wording("utter_return_state_received_failed", variables, (HUMAN,))
    latest = working_days_after(made.received_at or made.requested_at, REFUND_WORKING_DAYS)
    variables |= {"latest": day(latest)}
    if clock.now() > latest:
        return Wording("utter_return_state_received_late", variables, (HUMAN,))
    return Wording("utter_return_state_received", variables)


def _refunded(made: Return, variables: dict[str, str]) -> Wording:
    refund = made.refunds[0] if made.refunds else None
    ask = (button(_REFUND_STATUS, "track_refund", order_number=made.number),)
    if refund is None:
        return Wording("utter_return_state_refunded_unknown", variables, ask)
    return Wording("utter_return_state_refunded", variables | _money(refund, made.order), ask)


def _money(refund: Refund, order: Order) -> dict[str, str]:
    credit = refund.method is RefundMethod.STORE_CREDIT
    where = "you as store credit" if credit else destination(order)
    return {"amount": format_money(refund.amount_cents, refund.currency), "where": where}


_TELLERS: Final = {
    ReturnStatus.IN_TRANSIT: _on_its_way,
    ReturnStatus.RECEIVED: _received,
    ReturnStatus.REFUNDED: _refunded,
}


def card(made: Return) -> dict[str, Any]:
    """The return for a door that can draw it."""
    return {
        "type": "return",
        "number": made.number,
        "order": made.order.number,
        "status": made.status.value,
        "items": [{"title": item.order_item.title, "quantity": item.quantity} for item in made.items],
        "resolution": made.resolution.value,
        "exchange": bought_as(made.exchange_variant) or None,
        "label_code": made.label_code,
        "requested_at": made.requested_at.isoformat(),
        "received_at": made.received_at.isoformat() if made.received_at else None,
    }
