"""The end of the claim form: the last question, and doing what was confirmed."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, Final

from rasa_sdk import Tracker
from rasa_sdk.events import FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from actions.addresses.address import town
from actions.base import Event, ShopAction
from actions.claims.claim_case import LEFT, Case
from actions.claims.claim_form import ClaimForm
from actions.claims.claim_questions import case_money, open_case
from actions.claims.claim_status import KINDS, amount, card, goods_of
from actions.form import OUTCOME, cleared
from actions.heard import Heard
from actions.language.phrases import HUMAN, button, counted
from actions.orders.order_choice import CURRENT_ORDER
from actions.orders.order_forms import left_undone
from actions.people.handoff import open_ticket, tell_when
from actions.returns.refund_words import destination
from actions.turn import Turn
from crm_store import claims
from crm_store.claims import Report
from crm_store.errors import StoreError
from crm_store.models import Claim, ClaimKind, DeliveryMethod, Order, Remedy

_REPORTS: Final = {
    ClaimKind.MISSING_PARCEL: "report_missing_parcel",
    ClaimKind.MISSING_ITEM: "report_missing_parcel",
    ClaimKind.DAMAGED: "report_damaged_item",
    ClaimKind.WRONG_ITEM: "report_damaged_item",
}
"""The wish behind a claim, for the ticket's topic."""


class AskClaimConfirm(ShopAction):
    """Says exactly what will be done, and asks for a yes."""

    action_name: ClassVar[str] = "action_ask_claim_confirm"
    verified: ClassVar[bool] = True

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Ask."""
        case = await open_case(turn, tracker, say)
        decision, order = await case.decision(), case.chosen.order
        remedy = case.draft.remedy or Remedy.TICKET
        doubt = f"_{decision.doubt}" if remedy is Remedy.TICKET and decision.doubt else ""
        say.utter_message(
            response=f"utter_claim_sure_{remedy.value}{doubt}",
            items=case.goods(),
            number=order.number,
            address=_where(order),
            amount=case_money(case, decision.refund_cents),
            where=destination(order),
            points=_points(decision.points_back),
            buttons=[_YES[remedy], button("No, leave it", "deny"), HUMAN],
        )
        return []


_YES: Final = {
    Remedy.RESEND: button("Yes, send it", "affirm"),
    Remedy.REFUND: button("Yes, pay it back", "affirm"),
    Remedy.TICKET: button("Yes, pass it on", "affirm"),
}


def _points(points: int) -> str:
    return f" {counted(points, 'point', 'points')} earned with it will go, too." if points else ""


def _where(order: Order) -> str:
    parts = (order.ship_address, town(order.ship_postcode, order.ship_city, order.ship_country))
    written = ", ".join(filter(None, parts)) or "the address of the order"
    return f"our store, {written}" if order.delivery_method is DeliveryMethod.PICKUP else written


class FinishClaim(ShopAction):
    """Settles what was confirmed."""

    action_name: ClassVar[str] = "action_claim_finish"

    async def act(self, turn: Turn, heard: Heard, say: CollectingDispatcher, tracker: Tracker) -> list[Event]:
        """Act on what the form found out."""
        undone = left_undone(ClaimForm, turn, heard, tracker)
        if undone is not None or turn.verified_id is None:
            return undone or []
        case = await open_case(turn, tracker, say)
        number, done = case.draft.order, cleared(ClaimForm)
        if number is not None:
            done.append(SlotSet(CURRENT_ORDER, number))
        if tracker.get_slot(OUTCOME) == LEFT or case.draft.confirm is False:
            say.utter_message(response="utter_claim_left")
        if case.draft.confirm is not True or tracker.get_slot(OUTCOME):
            return done
        if case.draft.remedy is Remedy.TICKET:
            return [*done, *await _hand_over(case, heard, tracker)]
        try:
            made = await _settle(case, case.draft.remedy or Remedy.TICKET)
            _tell(case, made)
            if made.replacement is not None:
                # `Where is it?` now means the new one.
                done.append(SlotSet(CURRENT_ORDER, made.replacement.number))
        except StoreError:
            # Sold out or claimed elsewhere in this very moment.
            say.utter_message(response="utter_claim_just_changed", buttons=[HUMAN])
        return done


async def _settle(case: Case, remedy: Remedy, ticket_id: int | None = None) -> Claim:
    draft, order = case.draft, case.chosen.order
    before = await claims.count_claims(case.turn.session, customer_id=case.customer_id, order_id=order.id)
    lines = ",".join(f"{line}x{draft.quantities[line]}" for line in draft.items)
    return await claims.settle(
        case.turn.session,
        customer_id=case.customer_id,
        report=Report(
            number=order.number,
            kind=draft.kind,
            lines=draft.lines(),
            words=draft.words or "",
            photos=draft.told.photos,
        ),
        remedy=remedy,
        limit_cents=case.turn.house.instant_refund_cents,
        # The same for the same wish while the order stands as it does; another once a claim was made.
        key=f"chat:{case.turn.conversation.id}:{order.id}:{before}:{draft.kind.value}:{lines}"[:160],
        ticket_id=ticket_id,
    )


def _tell(case: Case, made: Claim) -> None:
    order = case.chosen.order
    replacement = made.replacement.number if made.replacement else ""
    step = (
        button("Where is the new one?", "track_order", order_number=replacement)
        if replacement
        else button("Refund status", "track_refund", order_number=order.number)
    )
    wrong = "_wrong" if made.kind is ClaimKind.WRONG_ITEM else ""
    kept = made.kind in {ClaimKind.DAMAGED, ClaimKind.WRONG_ITEM}
    case.say.utter_message(
        response=f"utter_claim_done_{made.remedy.value}",
        number=made.number,
        items=goods_of(made),
        replacement=replacement,
        address=_where(order),
        amount=amount(made),
        where=destination(order),
        buttons=[step],
        json_message=card(made),
    )
    if kept:
        case.say.utter_message(response=f"utter_claim_keep_it{wrong}")
    elif made.kind is ClaimKind.MISSING_PARCEL:
        case.say.utter_message(response="utter_claim_if_it_turns_up")


async def _hand_over(case: Case, heard: Heard, tracker: Tracker) -> list[Event]:
    draft, decision = case.draft, await case.decision()
    photos = counted(len(draft.told.photos), "photo", "photos") if draft.told.photos else "no photo"
    told = f"“{draft.words}”" if draft.words else "nothing more was said"
    looked = "; they looked around and asked" if draft.looked else ""
    extra = (
        f"{KINDS[draft.kind]}: {case.goods()} of {case.chosen.order.number}; {told}{looked}; "
        f"{photos} (in the conversation); worth {case_money(case, decision.refund_cents)}; "
        f"not settled at once because: {(decision.doubt or 'unknown').replace('_', ' ')}"
    )
    about = replace(heard, intent=_REPORTS[draft.kind], entities=(("order_number", draft.order or ""),))
    ticket = await open_ticket(case.turn, about, tracker, extra=extra)
    made = await _settle(case, Remedy.TICKET, ticket.id)
    tell_when(ticket, case.say)
    case.say.utter_message(response="utter_claim_done_ticket", number=made.number, json_message=card(made))
    # A remembered story must not go on: a human has the word.
    return [FollowupAction("action_listen")]
