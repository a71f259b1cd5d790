"""How a refund stands: the amount, the way it comes, and when it is there at the latest."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.claims.claim_status import tell_newest
from actions.heard import Heard
from actions.language.phrases import HUMAN, button
from actions.orders.order_choice import thing_in
from actions.returns.refund_words import say_refund
from actions.returns.return_choice import OVER, choose_returns, order_numbers, return_numbers
from actions.returns.return_words import card, in_words
from actions.turn import Turn
from crm_store import orders, refunds, returns
from crm_store.errors import NotFound
from crm_store.models import Refund, RefundStatus, Resolution, Return

MOST_TOLD: Final = 3
_CLAIM: Final = re.compile(r"\bclaims?\b|\bCL-\d+\b", re.IGNORECASE)
"""`What about my claim?`"""


class TrackRefund(ShopAction):
    """Tells the refund that is meant, or what has not been paid back yet, or the newest."""

    action_name: ClassVar[str] = "action_track_refund"
    intents: ClassVar[tuple[str, ...]] = ("track_refund",)
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Tell it; where there is none, say why."""
        customer_id = turn.verified_id
        if customer_id is None:
            return []
        if _CLAIM.search(heard.text) and not order_numbers(heard):
            if not await tell_newest(turn, customer_id, say):
                say.utter_message(response="utter_claim_none")
            return []
        made = await returns.list_returns(turn.session, customer_id=customer_id, limit=50)
        mine = await refunds.list_refunds(turn.session, customer_id=customer_id, limit=50)
        meant = await _meant(turn, customer_id, heard, mine, made)
        for refund in meant[:MOST_TOLD]:
            await say_refund(turn, customer_id, refund, say)
        if not meant:
            _say_none(heard, made, say, any_refund=bool(mine))
        return []


async def _meant(
    turn: Turn, customer_id: int, heard: Heard, mine: Sequence[Refund], made: Sequence[Return]
) -> list[Refund]:
    if return_numbers(heard) or thing_in(heard):
        ids = {one.id for one in choose_returns(heard, made)}
        return [refund for refund in mine if refund.return_id in ids]
    if numbers := order_numbers(heard):
        order_ids = await _order_ids(turn, customer_id, numbers)
        return [refund for refund in mine if refund.order_id in order_ids]
    waiting = [refund for refund in mine if refund.status is not RefundStatus.SENT]
    return waiting or list(mine[:1])


async def _order_ids(turn: Turn, customer_id: int, numbers: Sequence[str]) -> set[int]:
    found = set()
    for number in numbers:
        try:
            order = await orders.get_order(turn.session, customer_id=customer_id, number=number)
        except NotFound:
            continue
        found.add(order.id)
    return found


def _say_none(heard: Heard, made: Sequence[Return], say: CollectingDispatcher, *, any_refund: bool) -> None:
    """No refund of what was named; an exchange brings none, a running return none yet."""
    named = bool(return_numbers(heard) or order_numbers(heard) or thing_in(heard))
    meant = choose_returns(heard, made)
    is_exchange = bool(meant) and meant[0].resolution is Resolution.EXCHANGE
    if is_exchange or (meant and meant[0].status not in OVER):
        told = in_words(meant[0], by=None)
        if is_exchange:
            say.utter_message(response="utter_refund_is_exchange", number=meant[0].number)
        say.utter_message(response=told.response, json_message=card(meant[0]), **told.variables)
        return
    response = "utter_refund_none_for_that" if named and any_refund else "utter_refund_none"
    say.utter_message(response=response, buttons=[button("Return something", "return_item"), HUMAN])
