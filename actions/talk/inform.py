"""A bare piece of information outside any form: an order number asks for that order."""

from __future__ import annotations

from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.orders import order_choice
from actions.orders.order_choice import CURRENT_ORDER, LOOKED_AT
from actions.orders.track_order import TrackOrder
from actions.paying.gift_card import AskGiftCard, gives_code
from actions.people.feedback import GiveFeedback, bare_stars, is_asked_for_stars
from actions.talk.fallback import FallbackAnswer
from actions.talk.said_button import as_pressed, last_buttons, press, read
from actions.talk.talk import Greet
from actions.turn import Turn
from crm_store import orders


class Inform(ShopAction):
    """Shows the order that was named, or picked from those just offered; else it was not understood."""

    action_name: ClassVar[str] = "action_inform"
    intents: ClassVar[tuple[str, ...]] = ("inform",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Hand the message to the action that can answer it."""
        if turn.verified_id is None and heard.entity("email") and not heard.entity("order_number"):
            # An e-mail address alone: they want to be known before they ask.
            return Greet().ask_who(say, tracker, heard)
        if gives_code(tracker, heard):
            return await AskGiftCard().act(turn, heard, say, tracker)
        if await is_asked_for_stars(turn) and (stars := bare_stars(heard)) is not None:
            return await GiveFeedback().act(turn, stars, say, tracker)
        another = tracker.get_slot(CURRENT_ORDER) and order_choice.means_another(heard)
        if another or order_choice.numbers_in(heard):
            return await TrackOrder().act(turn, heard, say, tracker)
        if as_pressed(tracker, heard.text) is None:
            picked = await _picked(turn, heard, tracker)
            if picked is not None:
                return await press(picked, turn, say, tracker)
        return await FallbackAnswer().act(turn, heard, say, tracker)


async def _picked(turn: Turn, heard: Heard, tracker: Tracker) -> Heard | None:
    """Of several orders that the last message offered, the one that holds, or stands as, the message says."""
    pressed = [one for button in last_buttons(tracker) if (one := read(button)) is not None]
    offered = {number: one for one in pressed if (number := one.entity("order_number")) is not None}
    if turn.verified_id is None or len(offered) < 2 or len({one.intent for one in offered.values()}) > 1:
        return None
    recent = await orders.list_orders(turn.session, customer_id=turn.verified_id, limit=LOOKED_AT)
    candidates = [order for order in recent if order.number in offered]
    picked = await order_choice.answer(turn, turn.verified_id, heard, candidates, any_words=True)
    return offered[picked[0].number] if len(picked) == 1 else None
