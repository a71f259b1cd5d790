"""The invoice of an order, as a link that expires."""

from __future__ import annotations

import re
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import button
from actions.links import Purpose, file_url
from actions.orders import order_choice
from actions.orders.order_choice import CURRENT_ORDER
from actions.orders.order_telling import offer_orders, tell_unknown
from actions.orders.order_words import everything
from actions.orders.parcel_words import on_day
from actions.talk.help_centre import AskHelpCentre
from actions.turn import Turn
from crm_store import orders
from crm_store.models import Order, PaymentStatus
from crm_store.money import format_money

_OTHERS: Final = 3
"""Other orders that are offered beside the newest."""
_LOOKED_AT: Final = 20
_NOT_PAID: Final = frozenset({PaymentStatus.PENDING, PaymentStatus.FAILED})
_ABOUT_INVOICES: Final = re.compile(
    r"\b(?:compan(?:y|y's)|firm|vat number|vat no|tax number|mistake|wrong|misspel\w*|spelled|spelt|reissue|"
    r"corrected?|change|our office|gift receipt|without prices|till|automatic\w*|are prices|include[sd]? vat"
    r"|put my|address on)\b",
    re.IGNORECASE,
)
"""Questions about invoices, not for one."""


class GetInvoice(ShopAction):
    """Gives the link to the invoice of the order that is meant, else of the newest that was paid."""

    action_name: ClassVar[str] = "action_get_invoice"
    intents: ClassVar[tuple[str, ...]] = ("get_invoice",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Find the order, and sign the link."""
        if _ABOUT_INVOICES.search(heard.text):
            return await AskHelpCentre().act(turn, heard, say, tracker)
        if turn.verified_id is None:
            return self.ask_who(say, tracker, heard)
        meant = await order_choice.named(turn, turn.verified_id, heard)
        for number in meant.unknown:
            await tell_unknown(turn, turn.verified_id, number, "get_invoice", say)
        if meant.orders or meant.unknown:
            return [event for order in meant.orders for event in _tell(turn, turn.verified_id, order, say)]
        return await _without_number(turn, turn.verified_id, heard, say, tracker.get_slot(CURRENT_ORDER))


async def _without_number(
    turn: Turn, customer_id: int, heard: Heard, say: CollectingDispatcher, current: str | None
) -> list[Event]:
    found = await order_choice.first_choice(turn, customer_id, heard, fits=_has_invoice, current=current)
    if len(found) == 1:
        return _tell(turn, customer_id, found[0], say)
    recent = await orders.list_orders(turn.session, customer_id=customer_id, limit=_LOOKED_AT)
    fitting = [order for order in recent if _has_invoice(order)]
    if not fitting:
        say.utter_message(response="utter_invoice_none")
        return []
    if len(found) > 1 or order_choice.thing_in(heard):
        offer_orders(found or fitting, "get_invoice", say, "utter_invoice_which")
        return []
    return _tell(turn, customer_id, fitting[0], say, others=fitting[1 : _OTHERS + 1])


def _has_invoice(order: Order) -> bool:
    return order.payment_status not in _NOT_PAID and order.total_cents > 0


def _tell(
    turn: Turn, customer_id: int, order: Order, say: CollectingDispatcher, others: list[Order] | None = None
) -> list[Event]:
    about = {
        "number": order.number,
        "items": everything(order),
        "amount": format_money(order.total_cents, order.currency),
        "placed": on_day(order.placed_at),
    }
    if not _has_invoice(order):
        free = not order.total_cents and order.payment_status not in _NOT_PAID
        say.utter_message(response="utter_invoice_free" if free else "utter_invoice_not_paid", **about)
        return [SlotSet(CURRENT_ORDER, order.number)]
    url = file_url(turn.house, purpose=Purpose.INVOICE, customer_id=customer_id, subject=order.number)
    say.utter_message(
        response="utter_invoice",
        url=url,
        buttons=[
            button(f"Invoice for {other.number}", "get_invoice", order_number=other.number)
            for other in others or []
        ],
        json_message={"type": "file", "kind": "invoice", "title": f"Invoice {order.number}", "url": url},
        **about,
    )
    return [SlotSet(CURRENT_ORDER, order.number)]
