"""Handing a conversation to humans: the ticket with everything they need, and what the customer is told."""

from __future__ import annotations

from dataclasses import dataclass

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.account.verification import PROVEN_ORDERS
from actions.calendar.office_hours import closing_time, is_open, opening_words
from actions.heard import PENDING, Heard
from actions.orders.order_choice import CURRENT_ORDER
from actions.people import handoff_words
from actions.people.handoff_words import Matter
from actions.people.moods import is_angry
from actions.talk.dialogue import Exchange, exchanges, half_filled
from actions.turn import Turn
from crm_store import clock, customers, order_numbers, orders, tickets
from crm_store.errors import NotFound
from crm_store.models import Level, Order, Ticket, TicketPriority

PRESSING = frozenset({"report_missing_parcel", "report_damaged_item", "payment_issue"})
"""Somebody has neither goods nor money: sooner than the rest."""

_MOOD_OF_LAST = 3
"""Messages whose tone counts."""

_ORDER_SLOTS = ("return_order", "cancel_order", "address_order", "claim_order", "proof_order")


@dataclass(frozen=True)
class _Known:
    """An order that was named, and its row when it is proven to be theirs."""

    number: str = ""
    order: Order | None = None


async def open_ticket(turn: Turn, heard: Heard, tracker: Tracker, *, extra: str = "") -> Ticket:
    """Hand the conversation over: from now on humans answer. `extra` is what else they should know."""
    recent, form, known = exchanges(tracker), half_filled(tracker), await _order(turn, heard, tracker)
    angry = heard.intent == "abuse" or any(is_angry(said.text) for said in recent[-_MOOD_OF_LAST:])
    matter = Matter(
        who=await _who(turn),
        intent=heard.intent,
        order=known.number,
        order_is_proven=known.order is not None,
        form=form,
        waiting=(tracker.get_slot(PENDING) or {}).get("text", ""),
        is_angry=angry,
        last_words=recent[-1].words if recent else heard.text,
        extra=extra,
    )
    return await tickets.open_ticket(
        turn.session,
        conversation_id=turn.conversation.id,
        customer_id=turn.verified_id,
        topic=handoff_words.topic(heard.intent, form, recent),
        intent=heard.intent,
        priority=TicketPriority.HIGH if angry or heard.intent in PRESSING else TicketPriority.NORMAL,
        summary=handoff_words.summary(matter),
        tried=handoff_words.tried(_without_this_request(recent)),
        order_id=known.order.id if known.order else None,
    )


def _without_this_request(recent: list[Exchange]) -> list[Exchange]:
    return [exchange for exchange in recent if exchange.actions or exchange is not recent[-1]]


async def _who(turn: Turn) -> str:
    """Name and number, and how sure that is."""
    point = turn.contact_point
    if point.customer_id is None:
        return f"not known, not verified ({point.channel.value})"
    customer = await customers.get(turn.session, customer_id=point.customer_id)
    sure = (
        "verified" if point.level is Level.VERIFIED else "not verified, named an order and its e-mail address"
    )
    return f"{customer.name or 'no name'} ({customer.number}), {sure} ({point.channel.value})"


async def _order(turn: Turn, heard: Heard, tracker: Tracker) -> _Known:
    """The order it is about: named now, spoken of before, or in the form."""
    form = half_filled(tracker)
    in_form = [form.slots[slot] for slot in _ORDER_SLOTS if slot in form.slots] if form else []
    named = [heard.entity("order_number"), tracker.get_slot(CURRENT_ORDER), *in_form]
    number = next((str(number) for number in named if number), "")
    if not number:
        return _Known()
    customer_id = _allowed_to_see(turn, tracker, number)
    if customer_id is None:
        return _Known(order_numbers.normalise(number)[:64])
    try:
        order = await orders.get_order(turn.session, customer_id=customer_id, number=number)
    except NotFound:
        return _Known(order_numbers.normalise(number)[:64])
    return _Known(order.number, order)


def _allowed_to_see(turn: Turn, tracker: Tracker, number: str) -> int | None:
    """The customer whose order this may be: proven by a code, or this one order by its e-mail address."""
    if turn.verified_id is not None:
        return turn.verified_id
    proven = tracker.get_slot(PROVEN_ORDERS) or []
    return turn.contact_point.customer_id if order_numbers.normalise(number) in proven else None


def tell_when(ticket: Ticket, say: CollectingDispatcher) -> None:
    """Say honestly when somebody will answer, and where."""
    now = clock.now()
    say.utter_message(
        response="utter_handoff_open" if is_open(now) else "utter_handoff_closed",
        ticket=ticket.number,
        closes=closing_time(now),
        opens=opening_words(now),
    )
