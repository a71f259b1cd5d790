"""The form that cancels orders: which ones, and whether that is right."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.events import SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.form import GuidedForm, Slots
from actions.heard import Heard
from actions.language.phrases import button
from actions.orders import order_choice
from actions.orders.cancel_words import ask_sure
from actions.orders.order_choice import CURRENT_ORDER, LOOKED_AT
from actions.orders.order_forms import agreement, is_aside
from actions.orders.order_telling import offer_orders
from actions.turn import Turn
from crm_store import orders
from crm_store.models import DeliveryMethod, Order, OrderStatus
from crm_store.models.order import CHANGEABLE

ORDERS, CONFIRM = "cancel_order", "cancel_confirm"
"""Slots: the numbers of the orders to cancel (a list), and whether the customer is sure."""

_ABOUT_THE_MONEY: Final = "request_refund"
"""`Will I get my money back?` is answered by the confirmation itself, so that is asked once more."""

_CANCEL_IT: Final = re.compile(
    r"\bcancel (?:it|this|that|them|both|the order|my order|a-?\d+)\b", re.IGNORECASE
)


class CancelForm(GuidedForm):
    """Finds the orders that are meant, and asks before anything happens."""

    form = "cancel_form"
    slots = (ORDERS, CONFIRM)
    reads = (CURRENT_ORDER,)
    own_intents = frozenset({"cancel_order"})

    async def volunteered(self, turn: Turn, heard: Heard, state: Slots, say: CollectingDispatcher) -> Slots:
        """The orders that the wish names, or can only mean."""
        if turn.verified_id is None:
            return {}
        found = await _numbered(turn, turn.verified_id, heard, say)
        if found is None:
            found = await order_choice.first_choice(
                turn, turn.verified_id, heard, fits=can_be_cancelled, current=state[CURRENT_ORDER]
            )
        return {ORDERS: _numbers(found)} if found else {}

    async def understand(
        self, turn: Turn, requested: str, heard: Heard, state: Slots, say: CollectingDispatcher
    ) -> Slots | None:
        """Which orders; at the end yes, no, or others after all."""
        if turn.verified_id is None:
            return {}
        if requested == CONFIRM and heard.intent == _ABOUT_THE_MONEY:
            return {CONFIRM: None}
        if is_aside(heard, CancelForm):
            return None
        found = await _numbered(turn, turn.verified_id, heard, say)
        if found is None:
            found = await self._described(turn, turn.verified_id, requested, heard, state)
        elif not found:
            return {requested: None}
        if found and _numbers(found) != state[ORDERS]:
            return {ORDERS: _numbers(found), CONFIRM: None}
        sure = _sure(heard) if requested == CONFIRM else None
        # The number of the order that it is about anyway: no answer, but nothing to apologise for.
        return sure or ({CONFIRM: None} if found else None)

    async def _described(
        self, turn: Turn, customer_id: int, requested: str, heard: Heard, state: Slots
    ) -> list[Order]:
        candidates = await cancellable(turn, customer_id)
        if requested == ORDERS:
            return await order_choice.answer(turn, customer_id, heard, candidates, any_words=True)
        if other := order_choice.other_one(heard, candidates, state[ORDERS]):
            return other
        thing = order_choice.thing_in(heard)
        return (
            await order_choice.answer(turn, customer_id, heard, candidates, any_words=False) if thing else []
        )

    async def next_slot(self, turn: Turn, state: Slots) -> str | None:
        """The order, then the confirmation; nothing where nothing can be cancelled."""
        if turn.verified_id is None:
            return None
        candidates = _numbers(await cancellable(turn, turn.verified_id))
        if not state[ORDERS]:
            return ORDERS if candidates else None
        if state[CONFIRM] is not None or not set(state[ORDERS]) & set(candidates):
            return None
        return CONFIRM


async def _numbered(
    turn: Turn, customer_id: int, heard: Heard, say: CollectingDispatcher
) -> list[Order] | None:
    """The orders whose numbers were named (says so when there is no such order); None when no number was."""
    meant = await order_choice.named(turn, customer_id, heard)
    for number in meant.unknown:
        say.utter_message(response="utter_order_unknown", number=number)
    return meant.orders if meant.orders or meant.unknown else None


def _sure(heard: Heard) -> Slots | None:
    sure = agreement(heard)
    if sure is None and _CANCEL_IT.search(heard.text):
        sure = True
    return None if sure is None else {CONFIRM: sure}


def can_be_cancelled(order: Order) -> bool:
    """Not packed yet; downloads that were paid are delivered."""
    digital = order.delivery_method is DeliveryMethod.DIGITAL and order.status is OrderStatus.PAID
    return order.status in CHANGEABLE and not digital


async def cancellable(turn: Turn, customer_id: int) -> list[Order]:
    """The customer's orders that can still be cancelled, newest first."""
    recent = await orders.list_orders(turn.session, customer_id=customer_id, limit=LOOKED_AT)
    return [order for order in recent if can_be_cancelled(order)]


def _numbers(found: Sequence[Order]) -> list[str]:
    return [order.number for order in found]


class AskCancelOrder(ShopAction):
    """Asks which order, with those to press that can still be cancelled."""

    action_name: ClassVar[str] = "action_ask_cancel_order"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        if turn.verified_id is None:
            return self.ask_who(say, tracker, heard)
        offer_orders(
            await cancellable(turn, turn.verified_id), "cancel_order", say, "utter_which_order_to_cancel"
        )
        return []


class AskCancelConfirm(ShopAction):
    """Names the orders, what is in them and the money that comes back, and asks for a yes."""

    action_name: ClassVar[str] = "action_ask_cancel_confirm"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        if turn.verified_id is None:
            return self.ask_who(say, tracker, heard)
        chosen = tracker.get_slot(ORDERS) or []
        found = [order for order in await cancellable(turn, turn.verified_id) if order.number in chosen]
        buttons = [button("Yes, cancel it", "affirm"), button("No, keep it", "deny")]
        await ask_sure(turn, found, buttons, say)
        return [SlotSet(CURRENT_ORDER, order.number) for order in found[:1]]
