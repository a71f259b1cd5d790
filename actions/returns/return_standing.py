"""Orders of which nothing is returned: they can be cancelled instead, are lost, or were settled before."""

from __future__ import annotations

from typing import Final

from actions.language.item_choice import choose
from actions.language.phrases import HUMAN, button
from actions.returns.refund_words import say_refund
from actions.returns.return_case import Case
from actions.returns.return_lines import things
from crm_store import refunds
from crm_store.models import Order, OrderStatus, PaymentStatus
from crm_store.models.order import CHANGEABLE

_NOT_PAID: Final = frozenset({PaymentStatus.PENDING, PaymentStatus.FAILED})


async def ends_it(case: Case) -> bool:
    """Say what stands against a return of this order as a whole; whether something does."""
    order = case.order
    if order is None:
        return False
    about = {"order_number": order.number}
    if order.status in CHANGEABLE:
        case.say.utter_message(
            response="utter_return_cancel_instead",
            order=order.number,
            buttons=[button("Cancel this order", "cancel_order", **about)],
        )
        return True
    if order.status is OrderStatus.LOST:
        case.say.utter_message(
            response="utter_return_lost",
            order=order.number,
            buttons=[button("Report it missing", "report_missing_parcel", **about)],
        )
        return True
    if order.status is not OrderStatus.CANCELLED and order.payment_status in _NOT_PAID:
        case.say.utter_message(response="utter_return_not_paid", order=order.number, buttons=[HUMAN])
        return True
    if order.status is OrderStatus.CANCELLED:
        return await _say_refunds(case, order) or _say_cancelled(case, order)
    return case.draft.told.money and not _names_open_line(case) and await _say_refunds(case, order)


def _names_open_line(case: Case) -> bool:
    """Whether the customer speaks of something that may still come back."""
    choice = choose(case.draft.told.text, things(case.lines), strict=True)
    return any(case.verdict(line_no).ok for line_no in (*choice.picked, *choice.unclear))


async def _say_refunds(case: Case, order: Order) -> bool:
    """Tell how the refunds that the order has already stand; whether there are any."""
    made = await refunds.of_order(case.turn.session, order_id=order.id)
    more = []
    if any(line.ok for line in case.lines):
        more = [button("Return something else", "return_item", order_number=order.number)]
    for refund in made:
        await say_refund(
            case.turn, case.customer_id, refund, case.say, more=more if refund is made[-1] else ()
        )
    return bool(made)


def _say_cancelled(case: Case, order: Order) -> bool:
    case.say.utter_message(response="utter_return_cancelled", order=order.number)
    return True
