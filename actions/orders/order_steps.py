"""What one can do next about an order, as buttons."""

from __future__ import annotations

from typing import Final

from actions.language.phrases import Button, button
from actions.orders.order_words import is_recent
from crm_store.delivery import ARRIVED, DeliveryState
from crm_store.models import DeliveryMethod, Order, OrderStatus, PaymentStatus
from crm_store.models.order import CHANGEABLE

HUMAN: Final = button("Talk to a human", "talk_to_human")
_SENT_SOMEWHERE: Final = frozenset({DeliveryMethod.STANDARD, DeliveryMethod.EXPRESS})
_SENT_BACK: Final = frozenset({OrderStatus.PARTIALLY_RETURNED, OrderStatus.RETURNED})


def next_steps(order: Order, state: DeliveryState) -> list[Button]:
    """What one can do about an order that stands like this."""
    about = {"order_number": order.number}
    refund = button("Refund status", "track_refund", **about)
    if order.status in CHANGEABLE:
        return _while_changeable(order)
    if order.status is OrderStatus.CANCELLED:
        return [refund] if order.payment_status not in {PaymentStatus.FAILED, PaymentStatus.PENDING} else []
    if order.status in _SENT_BACK:
        return [button("Return status", "track_return", **about), refund]
    if state.status == "lost":
        return [button("Settle it now", "report_missing_parcel", **about), HUMAN]
    if state.is_late or order.delivery_method is DeliveryMethod.DIGITAL:
        return [HUMAN]
    arrived = [parcel for parcel in state.parcels if parcel.status in ARRIVED]
    if not any(is_recent(parcel) for parcel in arrived):
        return []
    back = button("Send something back", "return_item", **about)
    return [back, button("I don't have it", "report_missing_parcel", **about)]


def _while_changeable(order: Order) -> list[Button]:
    about = {"order_number": order.number}
    steps = [button("Cancel this order", "cancel_order", **about)]
    if order.status is not OrderStatus.PAID:
        return [*steps, button("Help with the payment", "payment_issue", **about)]
    if order.delivery_method is DeliveryMethod.DIGITAL:
        return []
    if order.delivery_method in _SENT_SOMEWHERE:
        steps.append(button("Change the address", "change_delivery_address", **about))
    return steps
