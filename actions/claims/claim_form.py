"""The form of a claim: which order, which goods, what is wrong, a photo, what is done, and the final word."""

from __future__ import annotations

import re
from typing import ClassVar

from rasa_sdk.executor import CollectingDispatcher

from actions.claims import claim_draft, claim_hearing, claim_orders
from actions.claims.claim_answers import ANSWERS
from actions.claims.claim_case import LEFT, TOLD, Case
from actions.claims.claim_draft import Draft
from actions.claims.claim_settling import settle
from actions.form import OUTCOME, GuidedForm, Slots
from actions.heard import Heard
from actions.language.number_words import number
from actions.language.phrases import HUMAN
from actions.orders import order_choice
from actions.orders.order_choice import CURRENT_ORDER
from actions.turn import Turn
from crm_store.models import ClaimKind


class ClaimForm(GuidedForm):
    """Gathers a claim; `action_claim_finish` settles it."""

    form: ClassVar[str] = "claim_form"
    slots: ClassVar[tuple[str, ...]] = claim_draft.SLOTS
    reads: ClassVar[tuple[str, ...]] = (CURRENT_ORDER, claim_draft.SPARE_PHOTOS)
    own_intents: ClassVar[frozenset[str]] = claim_hearing.STARTING | {"send_photo"}

    async def volunteered(self, turn: Turn, heard: Heard, state: Slots, say: CollectingDispatcher) -> Slots:
        """Everything the first message says. Nothing is looked up for someone who is not proven."""
        if turn.verified_id is None:
            # The photo must outlive the proof.
            return {
                claim_draft.SPARE_PHOTOS: [*(state[claim_draft.SPARE_PHOTOS] or []), *turn.photos] or None
            }
        draft = Draft()
        _hear_first(draft, heard)
        draft.told.photos = [*(state[claim_draft.SPARE_PHOTOS] or []), *turn.photos]
        case = await Case.open(turn, turn.verified_id, draft, say)
        order = await claim_orders.first_choice(
            turn, turn.verified_id, heard, draft.kind, state[CURRENT_ORDER], say
        )
        if order is not None:
            await case.choose(order)
        elif not await claim_orders.candidates(turn, turn.verified_id, draft.kind):
            say.utter_message(response="utter_claim_no_order", buttons=[HUMAN])
            return {OUTCOME: TOLD}
        return {**await _settled(case), claim_draft.SPARE_PHOTOS: None}

    async def understand(
        self, turn: Turn, requested: str, heard: Heard, state: Slots, say: CollectingDispatcher
    ) -> Slots | None:
        """The answer to the question, and any photo that comes with it."""
        if turn.verified_id is None:
            return {}
        if claim_hearing.is_leaving(heard) and not turn.photos:
            return {OUTCOME: LEFT}
        case = await Case.open(turn, turn.verified_id, Draft.from_slots(state), say)
        case.draft.told.photos += turn.photos
        if _is_other_kind(case, heard):
            case.draft = _started_anew(case, heard)
            return await _settled(case)
        if not turn.photos and claim_hearing.is_aside(heard):
            return None
        if requested == claim_draft.LOOKED and _goes_to_look(heard):
            say.utter_message(response="utter_claim_take_a_look")
            return {OUTCOME: TOLD}
        if await _other_order(case, heard):
            return await _settled(case)
        if await ANSWERS[requested](case, heard):
            if case.draft.looked is False:
                say.utter_message(response="utter_claim_found")
                return {OUTCOME: TOLD}
            return await _settled(case)
        if wish := claim_hearing.wish_in(heard):
            case.draft.told.wish = wish.value
            say.utter_message(response="utter_claim_wish_noted")
            return await _settled(case)
        # A photo is welcome at any question; the question stays.
        return await _settled(case) if turn.photos else None

    async def next_slot(self, turn: Turn, state: Slots) -> str | None:
        """What is missing; nothing is asked before the customer is proven."""
        return None if turn.verified_id is None else Draft.from_slots(state).missing()


def _hear_first(draft: Draft, heard: Heard) -> None:
    kind = claim_hearing.kind_of(heard)
    draft.told.kind = kind.value
    draft.told.text, draft.told.goods = heard.text, order_choice.thing_in(heard)
    one = re.search(r"\b(?:one|1) of (?:my|the|them|these|those)\b", heard.text, re.IGNORECASE)
    draft.told.quantity = 1 if one else number(heard.entity("quantity") or "")
    draft.told.delivered_part = claim_hearing.misses_delivered(heard)
    wish = claim_hearing.wish_in(heard)
    draft.told.wish = wish.value if wish else ""
    draft.words = claim_hearing.description_in(heard, kind)
    if kind is ClaimKind.MISSING_PARCEL and claim_hearing.has_looked(heard):
        draft.looked = True
        draft.words = heard.text
    elif kind is ClaimKind.MISSING_ITEM:
        draft.words = heard.text or None


def _is_other_kind(case: Case, heard: Heard) -> bool:
    """In the middle of a claim for a missing parcel they say that it came, but broken; or the reverse."""
    if heard.intent not in claim_hearing.STARTING or heard.confidence < 0.5 or not heard.text:
        return False
    missing = {ClaimKind.MISSING_PARCEL, ClaimKind.MISSING_ITEM}
    return (claim_hearing.kind_of(heard) in missing) != (case.draft.kind in missing)


def _started_anew(case: Case, heard: Heard) -> Draft:
    draft = Draft(order=case.draft.order)
    _hear_first(draft, heard)
    draft.told.photos = case.draft.told.photos
    return draft


async def _other_order(case: Case, heard: Heard) -> bool:
    """Whether the message names an order: the one it is about, or another after all."""
    named = await order_choice.named(case.turn, case.customer_id, heard)
    if named.orders:
        await case.choose(named.orders[0])
    return bool(named.orders)


def _goes_to_look(heard: Heard) -> bool:
    return claim_hearing.has_looked(heard) is None and claim_hearing.will_look(heard)


async def _settled(case: Case) -> Slots:
    outcome = await settle(case)
    filled: Slots = case.draft.as_slots()
    if case.draft.order is not None:
        filled[CURRENT_ORDER] = case.draft.order
    return filled | {OUTCOME: outcome} if outcome else filled
