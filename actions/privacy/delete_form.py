"""The form that deletes an account: says what goes, what stays and why, and waits for one typed word."""

from __future__ import annotations

from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import Event, ShopAction
from actions.form import OUTCOME, GuidedForm, Slots, yes_or_no
from actions.heard import Heard
from actions.language.phrases import button, day, listed
from actions.orders.order_forms import agreement
from actions.points import points_words
from actions.privacy.delete_words import KEEPS, asks_about, is_the_word
from actions.talk.dialogue import exchanges
from actions.turn import Turn
from crm_store import clock, loyalty, privacy, vouchers
from crm_store.errors import NotFound
from crm_store.models import VoucherSource
from crm_store.money import format_money

CONFIRM: Final = "delete_confirm"
"""Slot: True once the word was typed, False when they keep the account."""

_KEEP_IT: Final = button("Keep my account", "deny")
_TOLD_WITHIN: Final = 4
"""Messages for which it need not be said again."""

KEEP, WAITS, ASKS = "keep", "waits", "asks"
"""Outcomes: the wish is taken back; it was asked for before; it was only a question."""


class DeleteForm(GuidedForm):
    """One question; nothing but the word `DELETE` goes on."""

    form = "delete_form"
    slots = (CONFIRM,)
    own_intents = frozenset({"delete_account"})

    async def volunteered(self, turn: Turn, heard: Heard, state: Slots, say: CollectingDispatcher) -> Slots:
        """A wish taken back, a wish asked for before, or only a question about it."""
        if asks_about(heard.text):
            return {OUTCOME: ASKS}
        if turn.verified_id is None:
            return {}
        if KEEPS.search(heard.text) or heard.entity("reason") == "keep":
            return {OUTCOME: KEEP}
        known = await privacy.waiting(turn.session, customer_id=turn.verified_id)
        return {OUTCOME: WAITS} if known else {}

    async def understand(
        self, turn: Turn, requested: str, heard: Heard, state: Slots, say: CollectingDispatcher
    ) -> Slots | None:
        """The word, or a no. A yes is not enough: it cannot be undone after some days."""
        if is_the_word(heard.text):
            return {CONFIRM: True}
        if KEEPS.search(heard.text) or agreement(heard) is False or yes_or_no(heard) is False:
            return {CONFIRM: False}
        if heard.intent == "delete_account" or yes_or_no(heard) or agreement(heard):
            say.utter_message(response="utter_delete_type_it")
            return {CONFIRM: None}
        return None

    async def next_slot(self, turn: Turn, state: Slots) -> str | None:
        """The word; nothing for a stranger, who proves who they are first."""
        if turn.verified_id is None or state[CONFIRM] is not None:
            return None
        return CONFIRM


class AskDeleteConfirm(ShopAction):
    """Says what happens, and asks for the word."""

    action_name: ClassVar[str] = "action_ask_delete_confirm"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Everything that matters before it is too late; the second time only the question."""
        if turn.verified_id is None:
            return self.ask_who(say, tracker, heard)
        if any("utter_delete_sure" in said.responses for said in exchanges(tracker)[-_TOLD_WITHIN:]):
            say.utter_message(response="utter_delete_again", buttons=[_KEEP_IT])
            return []
        lost = await _lost(turn, turn.verified_id)
        if lost:
            say.utter_message(response="utter_delete_lost", lost=listed(lost))
        still_open = await privacy.open_matters(turn.session, customer_id=turn.verified_id)
        if still_open.all:
            say.utter_message(response="utter_delete_open", numbers=listed(still_open.all))
        say.utter_message(
            response="utter_delete_sure",
            day=day(clock.now() + turn.house.erasure_grace),
            buttons=[_KEEP_IT, button("First a copy of my data", "export_my_data")],
        )
        return []


async def _lost(turn: Turn, customer_id: int) -> list[str]:
    """What ends with the account, as people read it."""
    lost = []
    try:
        statement = await loyalty.statement(turn.session, customer_id=customer_id)
        if points := statement.balance + statement.pending:
            lost.append(f"{points_words.points(points)} of Lark Club")
    except NotFound:
        pass
    owned = await vouchers.list_vouchers(turn.session, customer_id=customer_id)
    names = {VoucherSource.STORE_CREDIT: "store credit", VoucherSource.GIFT_CARD: "gift card"}
    return lost + [
        f"{format_money(one.remaining_cents, one.currency)} {names.get(one.source, 'voucher')}"
        for one in owned
    ]
