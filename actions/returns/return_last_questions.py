"""The last questions of the return form: what for, which one instead, and whether all is right."""

from __future__ import annotations

from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import button
from actions.returns import return_summary
from actions.returns.exchange_settling import REFUND_INSTEAD, may_be_same, shelf_of
from actions.returns.exchange_stock import bought_as
from actions.returns.refund_words import destination
from actions.returns.return_answers import offered_resolutions
from actions.returns.return_lines import titles
from actions.returns.return_questions import open_case
from actions.turn import Turn
from crm_store.models import Resolution

YES_NO: Final = [button("Yes, please", "affirm"), button("No, leave it", "deny")]
_CONFIRM: Final = {
    Resolution.REFUND_CARD: "utter_return_confirm_money",
    Resolution.STORE_CREDIT: "utter_return_confirm_credit",
    Resolution.EXCHANGE: "utter_return_confirm_exchange",
}


class AskResolution(ShopAction):
    """Money, store credit or exchange?"""

    action_name: ClassVar[str] = "action_ask_return_resolution"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Show what each would give."""
        case = await open_case(turn, tracker, say)
        quote = await case.quote(Resolution.REFUND_CARD)
        money, credit = return_summary.amount(quote), return_summary.amount(quote.as_store_credit())
        titles_of = {
            Resolution.REFUND_CARD: f"{money} back",
            Resolution.STORE_CREDIT: f"{credit} store credit",
            Resolution.EXCHANGE: "Exchange it",
        }
        offered = await offered_resolutions(case)
        say.utter_message(
            response="utter_return_money_or_exchange"
            if Resolution.EXCHANGE in offered
            else "utter_return_money_how",
            amount=money,
            credit=credit,
            where=destination(case.chosen_order),
            buttons=[button(titles_of[one], "inform", code=one.value) for one in offered],
        )
        return []


class AskVariant(ShopAction):
    """Which size and colour instead?"""

    action_name: ClassVar[str] = "action_ask_exchange_variant"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Show what is in stock, the nearest first."""
        case = await open_case(turn, tracker, say)
        own = case.chosen[0].order_item.variant
        if own is None:
            raise LookupError("Only goods of the catalogue can be exchanged.")
        shelf = await shelf_of(case, own)
        same = [own] if may_be_same(case) and shelf.has(own) else []
        say.utter_message(
            response="utter_exchange_which_or_same" if same else "utter_exchange_which",
            item=titles(case.lines, case.draft.items),
            options=shelf.options(),
            buttons=[*shelf.buttons([*same, *shelf.others]), REFUND_INSTEAD],
        )
        return []


class AskConfirm(ShopAction):
    """Is everything right?"""

    action_name: ClassVar[str] = "action_ask_return_confirm"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Name everything that will happen."""
        case = await open_case(turn, tracker, say)
        resolution = case.draft.resolution or Resolution.REFUND_CARD
        quote = await case.quote(resolution)
        say.utter_message(
            response=_CONFIRM[resolution],
            order=case.draft.order,
            lines=return_summary.lines(case),
            amount=return_summary.amount(quote),
            where=destination(case.chosen_order),
            points=return_summary.points(quote),
            exchange=bought_as(await case.wanted_variant()),
            buttons=YES_NO,
        )
        return []
