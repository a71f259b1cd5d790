"""Turning points into a voucher: doing what was confirmed."""

from __future__ import annotations

import re
from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import VERIFICATION_FORM, Event, ShopAction
from actions.form import OUTCOME, STUCK, cleared
from actions.heard import PENDING, Heard
from actions.language.phrases import button, day
from actions.points import points_words
from actions.points.loyalty import statement_of
from actions.points.redeem import CONFIRM, POINTS, RedeemForm, redeemable
from actions.turn import Turn
from crm_store import loyalty
from crm_store.errors import NotEnoughPoints
from crm_store.models import Voucher
from crm_store.money import format_money

_HOW = re.compile(r"\b(how|what|which|where|minimum|can i|could i|is it|do i)\b", re.IGNORECASE)
"""Asks about the rule, which everybody may hear."""


class FinishRedeem(ShopAction):
    """Redeems what was confirmed, or says why nothing was."""

    action_name: ClassVar[str] = "action_redeem_finish"
    keeps_request: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Act on what the form found out."""
        if tracker.get_slot(OUTCOME) == STUCK:
            return [*cleared(RedeemForm), FollowupAction("action_handoff")]
        if turn.verified_id is None:
            if _HOW.search(heard.text):
                say.utter_message(response="utter_redeem_rule")
            return [SlotSet(PENDING, heard.as_request(RedeemForm.form)), FollowupAction(VERIFICATION_FORM)]
        amount, sure = tracker.get_slot(POINTS), tracker.get_slot(CONFIRM)
        if not amount:
            await _tell_too_few(turn, say)
        elif sure:
            await _redeem(turn, turn.verified_id, int(amount), say)
        else:
            say.utter_message(response="utter_redeem_kept")
        return [*cleared(RedeemForm), SlotSet(PENDING, None)]


async def _tell_too_few(turn: Turn, say: CollectingDispatcher) -> None:
    statement = await statement_of(turn, say)
    if statement is None:
        return
    say.utter_message(
        response="utter_redeem_too_few_pending" if statement.pending else "utter_redeem_too_few",
        points=points_words.points(statement.balance),
        missing=points_words.points(loyalty.REDEEM_STEP - statement.balance),
        pending=points_words.points(statement.pending),
        day=day(statement.pending_available_at) if statement.pending_available_at else "",
        buttons=[button("Ways to earn", "how_to_earn"), button("My offers", "show_offers")],
    )


async def _redeem(turn: Turn, customer_id: int, amount: int, say: CollectingDispatcher) -> None:
    newest = await loyalty.history(turn.session, customer_id=customer_id, limit=1)
    # Redeeming writes a line, so a later wish for as many points has another key.
    key = f"chat:{turn.conversation.id}:{amount}:after:{newest[0].id if newest else 0}"
    try:
        voucher = await loyalty.redeem(turn.session, customer_id=customer_id, points=amount, key=key)
    except NotEnoughPoints:
        balance = points_words.points(await redeemable(turn))
        say.utter_message(response="utter_redeem_gone", points=balance)
        return
    _tell_voucher(voucher, amount, await redeemable(turn), say)


def _tell_voucher(voucher: Voucher, amount: int, rest: int, say: CollectingDispatcher) -> None:
    worth = format_money(voucher.value_cents, voucher.currency)
    say.utter_message(
        response="utter_redeemed",
        points=points_words.points(amount),
        worth=worth,
        code=voucher.code,
        day=day(voucher.expires_at) if voucher.expires_at else "",
        rest=points_words.points(rest),
        json_message={
            "type": "voucher",
            "code": voucher.code,
            "value_cents": voucher.value_cents,
            "currency": voucher.currency,
            "expires_at": voucher.expires_at.isoformat() if voucher.expires_at else None,
        },
    )
