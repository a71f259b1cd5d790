"""Lark Club: the balance, how it came about, what expires, and the tier."""

from __future__ import annotations

import re
from typing import ClassVar

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.heard import Heard
from actions.language.phrases import Button, button, day
from actions.points import points_words
from actions.turn import Turn
from crm_store import loyalty, orders
from crm_store.errors import NotFound
from crm_store.loyalty import Statement
from crm_store.models import PointsEntry

SHOWN = 8
"""Lines of the history that are shown at once."""

_SEARCHED = 200
_OWN = re.compile(r"\b(my|mine|me|i|i'?m|i'?ve|am|us|we|our)\b", re.IGNORECASE)


def about_themselves(text: str) -> bool:
    """Whether a question is about the customer's own points; a button's empty text is."""
    return not text or _OWN.search(text) is not None


async def statement_of(turn: Turn, say: CollectingDispatcher) -> Statement | None:
    """The customer's points; None after telling one who is not a member how to become one."""
    if turn.verified_id is None:
        return None
    try:
        return await loyalty.statement(turn.session, customer_id=turn.verified_id)
    except NotFound:
        say.utter_message(
            response="utter_not_a_member",
            buttons=[button("About Lark Club", "membership"), button("Ways to earn", "how_to_earn")],
        )
        return None


class CheckPoints(ShopAction):
    """How many points there are, what is on its way and what goes next."""

    action_name: ClassVar[str] = "action_check_points"
    intents: ClassVar[tuple[str, ...]] = ("check_points",)
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Tell the balance with what matters about it."""
        statement = await statement_of(turn, say)
        if statement is None:
            return []
        enough = statement.balance >= loyalty.REDEEM_STEP
        say.utter_message(
            response="utter_points" if enough else "utter_points_few",
            points=points_words.points(statement.balance),
            worth=points_words.voucher_value(statement.balance),
            lines=points_words.balance_lines(statement),
            buttons=_balance_buttons(enough, inside=tracker.active_loop_name is not None),
            json_message=points_words.card(statement),
        )
        return []


def _balance_buttons(enough: bool, *, inside: bool) -> list[Button]:
    """In the middle of a form its own question follows, so nothing else is offered."""
    if inside:
        return []
    first = (
        button("Turn into a voucher", "redeem_points") if enough else button("Ways to earn", "how_to_earn")
    )
    return [first, button("Points history", "points_history"), button("My tier", "loyalty_tier")]


class PointsHistory(ShopAction):
    """How the points came and went; of one order, when one is named."""

    action_name: ClassVar[str] = "action_points_history"
    intents: ClassVar[tuple[str, ...]] = ("points_history",)
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Tell the newest lines of the ledger."""
        statement = await statement_of(turn, say)
        if statement is None or turn.verified_id is None:
            return []
        if (number := heard.entity("order_number")) is not None:
            await _of_order(turn, turn.verified_id, number, say)
            return []
        entries = await loyalty.history(turn.session, customer_id=turn.verified_id, limit=SHOWN)
        say.utter_message(
            response="utter_points_history" if entries else "utter_points_history_empty",
            lines=points_words.history_lines(entries),
            points=points_words.points(statement.balance),
        )
        return []


async def _of_order(turn: Turn, customer_id: int, number: str, say: CollectingDispatcher) -> None:
    try:
        order = await orders.get_order(turn.session, customer_id=customer_id, number=number)
    except NotFound:
        say.utter_message(response="utter_points_order_unknown")
        return
    lines = await _lines_of(turn, customer_id, order.id)
    say.utter_message(
        response="utter_points_of_order" if lines else "utter_points_of_order_none",
        order=order.number,
        lines=points_words.history_lines(lines),
        buttons=[] if lines else [button("Ask a colleague", "talk_to_human")],
    )


async def _lines_of(turn: Turn, customer_id: int, order_id: int) -> list[PointsEntry]:
    entries = await loyalty.history(turn.session, customer_id=customer_id, limit=_SEARCHED)
    return [entry for entry in entries if entry.order_id == order_id]


class PointsExpiry(ShopAction):
    """What expires next. Anybody may hear the rule, only the customer their own dates."""

    action_name: ClassVar[str] = "action_points_expiry"
    intents: ClassVar[tuple[str, ...]] = ("points_expiry",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Tell the next expiry, or the rule."""
        if turn.verified_id is None:
            if about_themselves(heard.text):
                return self.ask_who(say, tracker, heard)
            say.utter_message(response="utter_points_expiry_rule")
            return []
        statement = await statement_of(turn, say)
        if statement is not None:
            _tell_expiry(statement, say, inside=tracker.active_loop_name is not None)
        return []


def _tell_expiry(statement: Statement, say: CollectingDispatcher, *, inside: bool) -> None:
    if statement.next_expiry is None:
        say.utter_message(response="utter_points_expiry_none")
        return
    number, when = statement.next_expiry
    soon = statement.expiring_within_30_days > number
    enough = statement.balance >= loyalty.REDEEM_STEP and not inside
    say.utter_message(
        response="utter_points_expiry_more" if soon else "utter_points_expiry",
        points=points_words.points(number),
        day=day(when),
        within_30_days=points_words.points(statement.expiring_within_30_days),
        buttons=[button("Turn into a voucher", "redeem_points")] if enough else [],
        json_message=points_words.card(statement),
    )


class LoyaltyTier(ShopAction):
    """The tier and the way to the next. Anybody may hear which tiers there are."""

    action_name: ClassVar[str] = "action_loyalty_tier"
    intents: ClassVar[tuple[str, ...]] = ("loyalty_tier",)

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Tell the customer's tier and all of them."""
        if turn.verified_id is None:
            if about_themselves(heard.text):
                return self.ask_who(say, tracker, heard)
            say.utter_message(response="utter_tiers", lines=points_words.tier_lines())
            return []
        statement = await statement_of(turn, say)
        if statement is not None:
            say.utter_message(
                response="utter_tier" if statement.next_tier else "utter_tier_highest",
                lines=points_words.tier_lines(),
                **_tier_words(statement),
                json_message=points_words.card(statement),
            )
        return []


def _tier_words(statement: Statement) -> dict[str, str]:
    return {
        "tier": points_words.tier_name(statement.tier),
        "earned": points_words.points(statement.points_12_months),
        "missing": points_words.points(statement.points_to_next or 0),
        "next_tier": points_words.tier_name(statement.next_tier) if statement.next_tier else "",
    }
