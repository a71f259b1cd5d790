"""Turning points into a voucher: the questions, how many and whether that is right."""

from __future__ import annotations

from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.form import CONFIDENT, NOT_ASIDES, GuidedForm, Slots, yes_or_no
from actions.heard import Heard
from actions.language.phrases import Button, button, listed
from actions.points import points_words
from actions.points.points_amount import Share, around, choices, fit, only_amount, read_amount
from actions.turn import Turn
from crm_store import loyalty
from crm_store.errors import NotFound

POINTS, CONFIRM = "redeem_points", "redeem_confirm"


class RedeemForm(GuidedForm):
    """Asks how many points, and whether that is right."""

    form = "redeem_form"
    slots = (POINTS, CONFIRM)
    own_intents = frozenset({"redeem_points"})

    async def volunteered(self, turn: Turn, heard: Heard, state: Slots, say: CollectingDispatcher) -> Slots:
        """The number that the request itself named."""
        wanted = read_amount(heard.text, heard.entity("quantity"))
        return {} if wanted is None else await self._fitting(turn, wanted, say)

    async def understand(
        self, turn: Turn, requested: str, heard: Heard, state: Slots, say: CollectingDispatcher
    ) -> Slots | None:
        """A number, a share of what is there, or the place of an offered one; at the end yes or no."""
        wanted = None if _asks_something_else(heard) else read_amount(heard.text, heard.entity("quantity"))
        if requested == CONFIRM:
            return await self._confirmation(turn, wanted, heard, state, say)
        offered = choices(await redeemable(turn))
        if isinstance(wanted, int) and 1 <= wanted <= len(offered):
            wanted = offered[wanted - 1]
        elif wanted is None and len(offered) == 1 and yes_or_no(heard):
            wanted = offered[0]
        return None if wanted is None else await self._fitting(turn, wanted, say)

    async def _confirmation(
        self, turn: Turn, wanted: int | Share | None, heard: Heard, state: Slots, say: CollectingDispatcher
    ) -> Slots | None:
        answer = yes_or_no(heard)
        # "1" and "2" are yes and no here, as they are wherever something is confirmed.
        if wanted is None or (isinstance(wanted, int) and wanted < loyalty.REDEEM_STEP):
            return None if answer is None else {CONFIRM: answer}
        if answer and fit(wanted, await redeemable(turn)).points == state[POINTS]:
            return {CONFIRM: True}
        return await self._fitting(turn, wanted, say)

    async def _fitting(self, turn: Turn, wanted: int | Share, say: CollectingDispatcher) -> Slots:
        """The points, when they can be redeemed; otherwise says why not, and they are asked for again."""
        if turn.verified_id is None:
            return {}
        balance = await redeemable(turn)
        found = fit(wanted, balance)
        if found.problem in {"too_many", "step"}:
            say.utter_message(
                response=f"utter_redeem_{found.problem}",
                wanted=points_words.points(int(wanted)),
                points=points_words.points(balance),
                near=listed([str(amount) for amount in around(int(wanted), balance)], "or"),
            )
        return {POINTS: found.points, CONFIRM: None}

    async def next_slot(self, turn: Turn, state: Slots) -> str | None:
        """The number, then the confirmation; nothing for a stranger or when there is nothing to redeem."""
        if turn.verified_id is None or await redeemable(turn) < loyalty.REDEEM_STEP:
            return None
        if not state[POINTS]:
            return POINTS
        return CONFIRM if state[CONFIRM] is None else None


def _asks_something_else(heard: Heard) -> bool:
    """`when do my 200 points expire` names a number and is no answer."""
    other = heard.intent not in NOT_ASIDES | RedeemForm.own_intents | {"deny"}
    return other and heard.confidence >= CONFIDENT and not only_amount(heard.text)


async def redeemable(turn: Turn) -> int:
    """The points that can be redeemed; 0 for one who is not a member."""
    if turn.verified_id is None:
        return 0
    try:
        return (await loyalty.statement(turn.session, customer_id=turn.verified_id)).balance
    except NotFound:
        return 0


class AskRedeemPoints(ShopAction):
    """Asks how many, with amounts to press."""

    action_name: ClassVar[str] = "action_ask_redeem_points"

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        balance = await redeemable(turn)
        say.utter_message(
            response="utter_ask_how_many_points",
            points=points_words.points(balance),
            buttons=[_amount_button(amount) for amount in choices(balance)],
        )
        return []


def _amount_button(amount: int) -> Button:
    title = f"{points_words.points(amount)} = {points_words.voucher_value(amount)}"
    return button(title, "inform", quantity=str(amount))


class AskRedeemConfirm(ShopAction):
    """Names what will happen and asks for a yes."""

    action_name: ClassVar[str] = "action_ask_redeem_confirm"

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        amount = int(tracker.get_slot(POINTS) or 0)
        say.utter_message(
            response="utter_ask_redeem_sure",
            points=points_words.points(amount),
            worth=points_words.voucher_value(amount),
            rest=points_words.points(await redeemable(turn) - amount),
            buttons=[button("Yes, redeem", "affirm"), button("No, keep them", "deny")],
        )
        return []
