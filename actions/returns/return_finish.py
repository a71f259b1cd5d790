"""The end of the return form: the return is made, or it is said why it is not."""

from __future__ import annotations

from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.base import VERIFICATION_FORM, Event, ShopAction
from actions.form import OUTCOME, STUCK, cleared
from actions.heard import PENDING, Heard
from actions.language.phrases import HUMAN, Button, button, day
from actions.people.feedback import ask_rating
from actions.returns import return_summary
from actions.returns.exchange_stock import bought_as
from actions.returns.refund_words import destination
from actions.returns.return_case import LEFT, Case
from actions.returns.return_draft import CONFIRM, VARIANT
from actions.returns.return_form import ReturnForm
from actions.returns.return_questions import open_case
from actions.turn import Turn
from crm_store import returns, vouchers
from crm_store.errors import OutOfStock, StoreError
from crm_store.models import Resolution, Return
from crm_store.money import format_money
from crm_store.returns.eligibility import OUR_FAULT

_MADE: Final = {
    Resolution.REFUND_CARD: "utter_return_made_money",
    Resolution.STORE_CREDIT: "utter_return_made_credit",
    Resolution.EXCHANGE: "utter_return_made_exchange",
}


class FinishReturn(ShopAction):
    """Makes the return that was confirmed."""

    action_name: ClassVar[str] = "action_return_finish"
    keeps_request: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Make it, start the proof of identity, or hand over."""
        if turn.verified_id is None:
            return [SlotSet(PENDING, heard.as_request(ReturnForm.form)), FollowupAction(VERIFICATION_FORM)]
        outcome, confirmed = tracker.get_slot(OUTCOME), tracker.get_slot(CONFIRM)
        done = [*cleared(ReturnForm), SlotSet(PENDING, None)]
        if outcome == STUCK:
            return [*done, FollowupAction("action_handoff")]
        if outcome == LEFT or (outcome is None and confirmed is not True):
            say.utter_message(response="utter_dropped")
        elif outcome is None:
            return await self._make(await open_case(turn, tracker, say), done)
        return done

    async def _make(self, case: Case, done: list[Event]) -> list[Event]:
        resolution = case.draft.resolution or Resolution.REFUND_CARD
        try:
            made = await _create(case, resolution)
        except OutOfStock:
            case.say.utter_message(response="utter_exchange_just_sold_out")
            return [SlotSet(VARIANT, None), SlotSet(CONFIRM, None), FollowupAction(ReturnForm.form)]
        except StoreError:
            case.say.utter_message(response="utter_return_not_possible_now", buttons=[HUMAN])
            return done
        await _tell(case, made)
        if not _what_next(case, made):
            await ask_rating(case.turn, case.say, matter=f"return:{made.number}")
        return done


async def _create(case: Case, resolution: Resolution) -> Return:
    variant = await case.wanted_variant()
    return await returns.create_return(
        case.turn.session,
        customer_id=case.customer_id,
        number=case.draft.order or "",
        lines=case.draft.lines(),
        resolution=resolution,
        exchange_variant_id=variant.id if variant else None,
        key=await _key(case),
    )


async def _key(case: Case) -> str:
    """The same for the same wish while the order stands as it does; another once a return of it was made."""
    draft = case.draft
    before = await returns.count_returns(
        case.turn.session, customer_id=case.customer_id, order_id=case.chosen_order.id
    )
    lines = ",".join(f"{line}x{draft.quantities[line]}" for line in draft.items)
    return (
        f"chat:{case.turn.conversation.id}:{draft.order}:{before}:{lines}:{draft.resolution}:{draft.variant}"
    )


async def _tell(case: Case, made: Return) -> None:
    order, exchange = case.chosen_order, bought_as(made.exchange_variant)
    by = return_summary.hand_in_by(case.chosen)
    money = format_money(sum(refund.amount_cents for refund in made.refunds), order.currency)
    case.say.utter_message(
        response=_MADE[made.resolution],
        number=made.number,
        label=made.label_code,
        date=day(by) if by else "the end of the return window",
        amount=money,
        where=destination(order),
        code=await _credit_code(case, made),
        exchange=exchange,
        buttons=_what_next(case, made),
        json_message=return_summary.card(made, order, by=by, money=money, exchange=exchange or None),
    )
    if return_summary.is_from_abroad(order) and not OUR_FAULT & set(case.draft.reasons.values()):
        case.say.utter_message(response="utter_return_from_abroad", number=made.number)


async def _credit_code(case: Case, made: Return) -> str:
    if made.resolution is not Resolution.STORE_CREDIT:
        return ""
    keys = {refund.key for refund in made.refunds}
    owned = await vouchers.list_vouchers(case.turn.session, customer_id=case.customer_id)
    return next((voucher.code for voucher in owned if voucher.key in keys), "")


def _what_next(case: Case, made: Return) -> list[Button]:
    left = [line for line in case.lines if line.ok and line.line_no not in case.draft.items]
    if made.resolution is not Resolution.EXCHANGE or not left:
        return []
    return [button("Exchange another item", "exchange_item", order_number=case.draft.order or "")]
