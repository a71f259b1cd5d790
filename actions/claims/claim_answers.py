"""What an answer to each question of the claim form means. True: it was understood."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Final

from actions.claims import claim_draft, claim_hearing, claim_orders
from actions.claims.claim_case import Case
from actions.heard import Heard
from actions.language.item_choice import choose
from actions.language.number_words import number
from actions.orders.order_forms import agreement
from actions.returns.return_hearing import words_of
from crm_store.models import Remedy

MAX_WORDS: Final = 1000
"""Characters of a description that are kept."""


async def _order(case: Case, heard: Heard) -> bool:
    found = await claim_orders.picked(case.turn, case.customer_id, heard, case.draft.kind, case.say)
    if found is not None:
        await case.choose(found)
    return found is not None


async def _looked(case: Case, heard: Heard) -> bool:
    looked = claim_hearing.has_looked(heard)
    if looked is None and heard.intent == "deny":
        looked = True
    if looked is None:
        return False
    case.draft.looked = looked
    return True


async def _items(case: Case, heard: Heard) -> bool:
    choice = choose(words_of(heard), case.things())
    if not choice.picked:
        return False
    case.draft.change_items(list(choice.picked))
    if choice.whole:
        pieces = case.pieces()
        case.draft.quantities = {line: pieces[line] for line in case.draft.items}
    return True


async def _quantity(case: Case, heard: Heard) -> bool:
    pieces = case.pieces()
    line = next(line for line in case.draft.items if line not in case.draft.quantities)
    said = heard.entity("quantity") or heard.text
    count = pieces[line] if said.strip(" .!").lower() in {"all", "both", "all of them"} else number(said)
    if count is None or not 1 <= count <= pieces[line]:
        return False
    case.draft.quantities[line] = count
    return True


async def _words(case: Case, heard: Heard) -> bool:
    said = heard.text.strip() or (heard.entity("reason") or "").replace("_", " ")
    if (not said and not case.turn.photos) or claim_hearing.is_question(heard):
        return False
    case.draft.words = said[:MAX_WORDS] or "see the photo"
    return True


async def _photo(case: Case, heard: Heard) -> bool:
    if case.turn.photos:
        case.draft.photo = True
        return True
    if heard.intent in {"affirm", "send_photo"}:
        return False
    if not claim_hearing.has_no_photo(heard):
        if not heard.text.strip() or claim_hearing.is_question(heard):
            return False
        # Where photos cannot be sent, words have to do.
        case.draft.words = f"{case.draft.words or ''}\n{heard.text.strip()}".strip()[:MAX_WORDS]
    case.draft.photo = False
    return True


async def _remedy(case: Case, heard: Heard) -> bool:
    wanted, decision = claim_hearing.remedy_in(heard), await case.decision()
    if wanted not in decision.remedies:
        return False
    case.draft.remedy = wanted
    return True


async def _confirm(case: Case, heard: Heard) -> bool:
    sure = agreement(heard)
    if sure is not None:
        case.draft.confirm = sure
        return True
    wanted, decision = claim_hearing.remedy_in(heard), await case.decision()
    if wanted is None or wanted is case.draft.remedy:
        return False
    # What may not be done at once, a human can do.
    case.draft.remedy = wanted if wanted in decision.remedies else Remedy.TICKET
    return True


ANSWERS: Final[dict[str, Callable[[Case, Heard], Awaitable[bool]]]] = {
    claim_draft.ORDER: _order,
    claim_draft.LOOKED: _looked,
    claim_draft.ITEMS: _items,
    claim_draft.QUANTITY: _quantity,
    claim_draft.WORDS: _words,
    claim_draft.PHOTO: _photo,
    claim_draft.REMEDY: _remedy,
    claim_draft.CONFIRM: _confirm,
}
"""By the slot that was asked for."""
