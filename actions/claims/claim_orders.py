"""Which order a claim is about."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.heard import Heard
from actions.orders import order_choice
from actions.orders.order_choice import LOOKED_AT
from actions.turn import Turn
from crm_store import clock, orders
from crm_store.claims import ClaimStanding, claim_standings
from crm_store.models import ClaimKind, Order
from crm_store.returns.windows import delivered

REMEMBERED: Final = timedelta(days=60)
"""Orders placed longer ago are not offered; they can be named."""
MAX_OFFERED: Final = 6


async def candidates(turn: Turn, customer_id: int, kind: ClaimKind) -> list[Order]:
    """The customer's orders of which something like this may be claimed, newest first."""
    newest = await orders.list_orders(turn.session, customer_id=customer_id, limit=LOOKED_AT)
    lately = [order for order in newest if order.placed_at > clock.now() - REMEMBERED]
    standings = await claim_standings(turn.session, orders=lately)
    return [standing.order for standing in standings if may_be(standing, kind)]


def may_be(standing: ClaimStanding, kind: ClaimKind) -> bool:
    """Whether there are goods of the order for which this can have happened."""
    if kind is ClaimKind.MISSING_PARCEL:
        return bool(standing.open_lines())
    return bool(arrived_lines(standing))


def arrived_lines(standing: ClaimStanding) -> dict[int, int]:
    """By line number, the pieces that arrived and about which one can claim."""
    left = standing.open_lines()
    return {
        item.line_no: min(arrived, left[item.line_no])
        for item in standing.order.items
        if item.line_no in left and (arrived := delivered(standing.order, item)[0])
    }


async def first_choice(
    turn: Turn,
    customer_id: int,
    heard: Heard,
    kind: ClaimKind,
    current: str | None,
    say: CollectingDispatcher,
) -> Order | None:
    """The order that the first message means; None when the customer must choose."""
    named = await order_choice.named(turn, customer_id, heard)
    for number in named.unknown:
        say.utter_message(response="utter_order_unknown", number=number)
    if named.orders or named.unknown:
        return named.orders[0] if named.orders else None
    fitting = {order.id for order in await candidates(turn, customer_id, kind)}
    found = await order_choice.first_choice(
        turn, customer_id, heard, fits=lambda order: order.id in fitting, current=current
    )
    meant = [order for order in found if order.id in fitting]
    return meant[0] if len(meant) == 1 else None


async def picked(
    turn: Turn, customer_id: int, heard: Heard, kind: ClaimKind, say: CollectingDispatcher
) -> Order | None:
    """The order that an answer to "which order?" picks."""
    named = await order_choice.named(turn, customer_id, heard)
    for number in named.unknown:
        say.utter_message(response="utter_order_unknown", number=number)
    if named.orders:
        return named.orders[0]
    offered = (await candidates(turn, customer_id, kind))[:MAX_OFFERED]
    found = await order_choice.answer(turn, customer_id, heard, offered, any_words=True)
    return found[0] if len(found) == 1 else None
