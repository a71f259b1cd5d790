"""The form of a return: which order, which items, how many, why, what for, and the final word."""

from __future__ import annotations

from typing import ClassVar

from rasa_sdk.executor import CollectingDispatcher

from actions.form import OUTCOME, GuidedForm, Slots
from actions.heard import Heard
from actions.language.phrases import HUMAN
from actions.orders.order_choice import CURRENT_ORDER
from actions.returns import return_changes, return_hearing, return_orders
from actions.returns.return_answers import ANSWERS
from actions.returns.return_case import LEFT, TOLD, Case
from actions.returns.return_draft import CONFIRM, SLOTS, Draft
from actions.returns.return_settling import settle
from actions.turn import Turn


class ReturnForm(GuidedForm):
    """Gathers a return; `action_return_finish` makes it."""

    form: ClassVar[str] = "return_form"
    slots: ClassVar[tuple[str, ...]] = SLOTS
    reads: ClassVar[tuple[str, ...]] = (CURRENT_ORDER,)
    own_intents: ClassVar[frozenset[str]] = return_hearing.STARTING

    async def volunteered(self, turn: Turn, heard: Heard, state: Slots, say: CollectingDispatcher) -> Slots:
        """Everything the first message says. Nothing is looked up for someone who is not proven."""
        if turn.verified_id is None:
            return {}
        case = await Case.open(turn, turn.verified_id, Draft(), say)
        return_hearing.hear_first(case.draft, heard)
        await return_orders.choose_first(case, heard, state[CURRENT_ORDER])
        if case.draft.order is None and not await return_orders.has_ordered(case):
            say.utter_message(response="utter_return_no_orders", buttons=[HUMAN])
            return {OUTCOME: TOLD}
        return await _settled(case, new_order=True)

    async def understand(
        self, turn: Turn, requested: str, heard: Heard, state: Slots, say: CollectingDispatcher
    ) -> Slots | None:
        """The answer to the question; or a change of mind about what was answered before."""
        if return_hearing.is_leaving(heard):
            return {OUTCOME: LEFT}
        if turn.verified_id is None:
            return {}
        case = await Case.open(turn, turn.verified_id, Draft.from_slots(state), say)
        before = case.draft.order
        if not await _taken_in(case, requested, heard):
            asked_again = heard.intent in self.own_intents or return_hearing.is_unsure(heard)
            return {} if asked_again else None
        return await _settled(case, new_order=case.draft.order != before)

    async def next_slot(self, turn: Turn, state: Slots) -> str | None:
        """What is missing; nothing is asked before the customer is proven."""
        return None if turn.verified_id is None else Draft.from_slots(state).missing()


async def _taken_in(case: Case, requested: str, heard: Heard) -> bool:
    if await return_changes.of_order(case, heard):
        return True
    if requested == CONFIRM and await return_changes.of_the_rest(case, heard, requested):
        return True
    if await ANSWERS[requested](case, heard):
        return True
    changed = await return_changes.of_the_rest(case, heard, requested)
    return changed or (requested != CONFIRM and return_changes.names_chosen(case, heard))


async def _settled(case: Case, *, new_order: bool) -> Slots:
    outcome = await settle(case, new_order=new_order)
    filled: Slots = case.draft.as_slots()
    if case.draft.order is not None:
        filled[CURRENT_ORDER] = case.draft.order
    return filled | {OUTCOME: outcome} if outcome else filled
