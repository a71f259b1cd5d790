"""Which order something comes back from."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from actions.heard import Heard
from actions.language.item_choice import choose
from actions.orders import order_choice
from actions.returns.return_case import Case
from actions.returns.return_lines import things
from crm_store import orders, returns
from crm_store.models import Order, OrderStatus, PaymentStatus
from crm_store.models.order import CHANGEABLE
from crm_store.returns import Standing

MAX_OFFERED: Final = 5
"""Orders on buttons; one more button is for any other."""


async def candidates(case: Case) -> list[Order]:
    """The orders to choose from, newest first: something of them may come back.

    Who wants money back may also mean one that can still be cancelled, or was lost.
    """
    session, customer_id, told = case.turn.session, case.customer_id, case.draft.told
    found = await returns.returnable_orders(session, customer_id=customer_id)
    if told.money:
        open_ones = await orders.open_orders(session, customer_id=customer_id)
        found += [order for order in open_ones if order.status in CHANGEABLE or _is_lost(order)]
        found.sort(key=lambda order: (order.placed_at, order.id), reverse=True)
    among = [order for order in found if order.number in told.orders]
    return among or found


def _is_lost(order: Order) -> bool:
    """Lost, and the money is not back yet."""
    return order.status is OrderStatus.LOST and order.payment_status is not PaymentStatus.REFUNDED


async def has_ordered(case: Case) -> bool:
    """Whether the customer ever ordered anything."""
    return bool(await orders.list_orders(case.turn.session, customer_id=case.customer_id, limit=1))


async def choose_first(case: Case, heard: Heard, current: str | None) -> None:
    """Set the order that the first message means; it stays open when several may be meant."""
    if await _by_number(case, heard):
        return
    pool = await candidates(case)
    numbers = {order.number for order in pool}
    if heard.all("product"):
        await _by_thing(case, heard, numbers)
        return
    rest = replace(heard, entities=())
    meant = await order_choice.first_choice(
        case.turn, case.customer_id, rest, fits=lambda order: order.number in numbers, current=current
    )
    if len(meant) == 1:
        case.draft.change_order(meant[0].number)


async def choose_answer(case: Case, heard: Heard, *, any_words: bool) -> bool:
    """Take the answer to "which order?" in; whether it was one."""
    if await _by_number(case, heard):
        return True
    pool = await candidates(case)
    picked = await order_choice.answer(case.turn, case.customer_id, heard, pool, any_words=any_words)
    if len(picked) == 1:
        case.draft.change_order(picked[0].number)
    return bool(picked)


async def _by_number(case: Case, heard: Heard) -> bool:
    """Whether a number was named; one that is none of the customer's is told so."""
    named = await order_choice.named(case.turn, case.customer_id, heard)
    if named.orders:
        case.draft.change_order(named.orders[0].number)
    elif named.unknown:
        case.say.utter_message(response="utter_return_order_unknown", number=named.unknown[0])
    return bool(named.orders or named.unknown)


async def _by_thing(case: Case, heard: Heard, returnable: set[str]) -> None:
    """By what was bought. Where nothing of it may come back, the best match is meant, to say why."""
    thing = order_choice.thing_in(heard)
    found = await order_choice.with_thing(case.turn, case.customer_id, thing)
    open_ones = [order for order in found if order.number in returnable]
    standings = await returns.standings(case.turn.session, orders=open_ones)
    holding = [standing.order for standing in standings if _holds(standing, thing)]
    fitting = [order.number for order in holding or open_ones]
    if len(fitting) > 1:
        case.draft.told.orders = fitting
    elif found:
        case.draft.change_order(fitting[0] if fitting else found[0].number)
    else:
        case.say.utter_message(response="utter_return_not_bought", thing=thing[:60])


def _holds(standing: Standing, thing: str) -> bool:
    """Whether something that may still come back of the order is called like that."""
    return bool(choose(thing, things([line for line in standing.lines() if line.ok]), strict=True))
