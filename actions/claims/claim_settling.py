"""What follows from what is known of a claim: which goods, whether it can go on, what may be done."""

from __future__ import annotations

from collections.abc import Sequence

from actions.claims.claim_case import TOLD, Case
from actions.claims.claim_orders import arrived_lines
from actions.claims.claim_status import tell_claim
from actions.claims.parcel_check import Check, Verdict, is_too_fresh
from actions.language.item_choice import Choice, choose
from actions.language.phrases import HUMAN, button
from actions.orders.order_telling import tell_order
from actions.orders.order_words import everything
from actions.orders.parcel_words import carrier, neighbour, on_day, proof
from crm_store import claims
from crm_store.delivery import ParcelState
from crm_store.models import ClaimKind, Remedy
from crm_store.models.order import OrderStatus


async def settle(case: Case) -> str | None:
    """Fill in what follows; an outcome when the form has nothing more to ask, because all was told."""
    draft = case.draft
    if draft.order is None:
        return None
    if not case.chosen.open_lines() and draft.kind is not ClaimKind.MISSING_ITEM:
        return await _nothing_to_claim(case)
    if draft.kind is ClaimKind.MISSING_PARCEL:
        outcome = await _missed_parcel(case)
    else:
        outcome = await _chosen_goods(case)
    if outcome is None and draft.is_complete() and draft.remedy is None:
        await _only_way(case)
    return outcome


async def _only_way(case: Case) -> None:
    """Where there is no choice, it need not be asked."""
    decision = await case.decision()
    wish = Remedy(case.draft.told.wish) if case.draft.told.wish else None
    if not decision.remedies or (wish is not None and wish not in decision.remedies):
        case.draft.remedy = Remedy.TICKET
    elif wish is not None or len(decision.remedies) == 1:
        case.draft.remedy = wish or decision.remedies[0]


async def _nothing_to_claim(case: Case) -> str:
    order = case.chosen.order
    before = await claims.list_claims(case.turn.session, customer_id=case.customer_id, order_id=order.id)
    if before:
        tell_claim(before[0], case.say)
    elif order.status in {OrderStatus.PARTIALLY_RETURNED, OrderStatus.RETURNED}:
        case.say.utter_message(
            response="utter_claim_sent_back",
            number=order.number,
            buttons=[button("Return status", "track_return", order_number=order.number), HUMAN],
        )
    else:
        await tell_order(case.turn, order, case.say)
        if case.draft.kind is not ClaimKind.MISSING_PARCEL:
            case.say.utter_message(response="utter_claim_not_there_yet", buttons=[HUMAN])
    return TOLD


async def _missed_parcel(case: Case) -> str | None:
    draft, found = case.draft, case.parcel_check()
    if found.verdict is Verdict.TELL:
        await _tell_on_its_way(case, found)
        return TOLD
    if not draft.items:
        draft.change_items(list(found.pieces))
        draft.quantities = dict(found.pieces)
        draft.told.must_look = found.verdict is Verdict.LOOK
        if draft.told.must_look and draft.looked:
            # They said so unasked: they should know what the carrier says all the same.
            say_delivered(case, found.parcels, "utter_claim_looked")
    if found.verdict is Verdict.LOOK and draft.looked and is_too_fresh(found.parcels):
        case.say.utter_message(response="utter_claim_wait_a_day", buttons=[HUMAN])
        return TOLD
    return None


async def _tell_on_its_way(case: Case, found: Check) -> None:
    order = case.chosen.order
    await tell_order(case.turn, order, case.say)
    if found.has_delivered:
        part = button(
            "A delivered parcel is missing",
            "report_missing_parcel",
            order_number=order.number,
            reason="delivered_part",
        )
        case.say.utter_message(response="utter_claim_other_part", buttons=[part, HUMAN])


def say_delivered(case: Case, parcels: Sequence[ParcelState], response: str) -> None:
    """What the carrier noted about the delivery: to whom, where, when."""
    order = case.chosen.order
    if not parcels:
        case.say.utter_message(response=f"{response}_untracked", number=order.number, items=everything(order))
        return
    parcel = parcels[-1]
    name = neighbour(parcel)
    case.say.utter_message(
        response=response if name is None else f"{response}_neighbour",
        number=order.number,
        items=everything(order),
        carrier=carrier(parcel),
        when=on_day(parcel.delivered_at) if parcel.delivered_at else "already",
        proof=proof(parcel),
        neighbour=name or "",
        buttons=look_buttons() if response == "utter_claim_look" else [],
    )


def look_buttons() -> list[dict[str, str]]:
    """The answers to `have you looked?`."""
    return [
        button("Still not there", "inform", reason="still_missing"),
        button("I found it", "inform", reason="found"),
    ]


async def _chosen_goods(case: Case) -> str | None:
    draft, things = case.draft, case.things()
    if not things:
        return await _nothing_to_claim(case)
    if not draft.items:
        choice = choose(draft.told.goods, things) if draft.told.goods else Choice()
        choice = choice or choose(draft.told.text, things, strict=True)
        if choice.picked:
            draft.change_items(list(choice.picked))
        elif len(things) == 1:
            draft.change_items([things[0].key])
    keys = {thing.key for thing in things}
    if set(draft.items) - keys:
        draft.change_items([line for line in draft.items if line in keys])
    if draft.kind is ClaimKind.MISSING_ITEM and set(draft.items) - set(arrived_lines(case.chosen)):
        # It is in another parcel, or waits for one.
        await tell_order(case.turn, case.chosen.order, case.say)
        return TOLD
    _count(case)
    return None


def _count(case: Case) -> None:
    """How many of each: where there is one there is no question, and a number that was said holds for one."""
    draft, pieces = case.draft, case.pieces()
    for line in draft.items:
        if pieces[line] == 1:
            draft.quantities[line] = 1
        elif line not in draft.quantities and len(draft.items) == 1 and draft.told.quantity:
            draft.quantities[line] = min(draft.told.quantity, pieces[line])
