"""The questions of the return form whose words and buttons depend on the customer's orders."""

from __future__ import annotations

from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import Button, button
from actions.orders.order_lists import order_buttons, order_lines
from actions.returns import return_orders
from actions.returns.return_case import Case
from actions.returns.return_draft import SLOTS, Draft
from actions.returns.return_lines import short_refusal, titles
from actions.returns.return_reasons import FITS, LABELS, OFFERED, is_bad_fit
from actions.turn import Turn
from crm_store.models import Resolution

MAX_BUTTONS = 6


async def open_case(turn: Turn, tracker: Tracker, say: CollectingDispatcher) -> Case:
    """The draft in the tracker's slots, and its order. Raises `LookupError` without a proven customer."""
    if turn.verified_id is None:
        raise LookupError("A return is only made for a customer who is proven.")
    draft = Draft.from_slots({slot: tracker.get_slot(slot) for slot in SLOTS})
    return await Case.open(turn, turn.verified_id, draft, say)


class AskOrder(ShopAction):
    """Which order?"""

    action_name: ClassVar[str] = "action_ask_return_order"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Offer the orders of which something may come back."""
        case = await open_case(turn, tracker, say)
        offered = (await return_orders.candidates(case))[: return_orders.MAX_OFFERED]
        if not offered:
            say.utter_message(response="utter_return_which_number")
            return []
        response = "utter_return_which_of_orders" if case.draft.told.orders else "utter_return_which_order"
        say.utter_message(
            response=response, orders=order_lines(offered), buttons=order_buttons(offered, "inform")
        )
        return []


class AskItems(ShopAction):
    """Which items?"""

    action_name: ClassVar[str] = "action_ask_return_items"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """List what may come back, numbered, and what may not, with the reason."""
        case = await open_case(turn, tracker, say)
        offered = case.open_lines
        shown = [
            f"{place}. {line.title}" + _pieces(line.quantity) for place, line in enumerate(offered, start=1)
        ]
        not_offered = [f"- {line.title}: {short_refusal(line)}" for line in case.lines if not line.ok]
        response = "utter_return_which_of_items" if case.draft.told.lines else "utter_return_which_items"
        if not_offered and not case.draft.told.lines:
            response = "utter_return_which_items_left"
        say.utter_message(
            response=response,
            order=case.draft.order,
            items="\n".join(shown),
            others="\n".join(not_offered),
            buttons=_item_buttons(
                [line.title for line in offered], one=case.draft.resolution is Resolution.EXCHANGE
            ),
        )
        return []


def _pieces(quantity: int) -> str:
    return f" ({quantity} pieces)" if quantity > 1 else ""


def _item_buttons(names: list[str], *, one: bool) -> list[Button]:
    """A button for each, and one for all of them unless it must be `one`."""
    every = len(names) > 1 and not one
    room = MAX_BUTTONS - every
    each = [
        button(f"{place}. {name}", "inform", product=f"{place}. {name}")
        for place, name in enumerate(names[:room], start=1)
    ]
    if every:
        each.append(button("Both" if len(names) == 2 else "Everything", "inform", product="everything"))
    return each


class AskQuantity(ShopAction):
    """How many of them?"""

    action_name: ClassVar[str] = "action_ask_return_quantity"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask about the first line of which there are several."""
        case = await open_case(turn, tracker, say)
        line = next(line for line in case.chosen if line.line_no not in case.draft.quantities)
        numbers = [button(str(count), "inform", quantity=str(count)) for count in range(1, line.quantity)]
        every = button(f"All {line.quantity}", "inform", quantity=str(line.quantity))
        say.utter_message(
            response="utter_return_how_many",
            item=line.title,
            left=line.quantity,
            buttons=[*numbers[: MAX_BUTTONS - 1], every],
        )
        return []


class AskReason(ShopAction):
    """Why?"""

    action_name: ClassVar[str] = "action_ask_return_reason"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Offer the usual reasons."""
        case = await open_case(turn, tracker, say)
        bad_fit = is_bad_fit(heard.text)
        say.utter_message(
            response="utter_return_fit" if bad_fit else "utter_return_why",
            items=titles(case.lines, case.draft.without_reason()),
            buttons=[
                button(LABELS[reason], "inform", reason=reason.value)
                for reason in (FITS if bad_fit else OFFERED)
            ],
        )
        return []
