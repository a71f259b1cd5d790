"""What an answer to each question of the return form means. Every function says whether it was one."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Final

from actions.form import yes_or_no
from actions.heard import Heard
from actions.language.item_choice import choose
from actions.language.number_words import number, positions
from actions.returns import return_draft, return_hearing, return_orders
from actions.returns.exchange_settling import may_be_same, shelf_of
from actions.returns.return_by_line import reasons_by_line
from actions.returns.return_case import Case
from actions.returns.return_hearing import is_aside, is_elsewhere, is_question, quantity_in, words_of
from actions.returns.return_lines import things
from actions.returns.return_reasons import is_bad_fit, offered_reason, reason_in
from actions.returns.return_resolutions import resolution_in
from actions.returns.return_settling import take_quantity
from actions.shopping.variant_choice import is_other_color, wish
from crm_store.models import Resolution, ReturnReason
from crm_store.returns.eligibility import OUR_FAULT

_NO_SUCH_ORDER: Final = re.compile(
    r"\b(?:an?other (?:one|order)|(?:older|different|other) (?:one|order)"
    r"|not (?:on|in) (?:the|this|that) list|none of (?:these|those|them))\b",
    re.IGNORECASE,
)
_ALL_OF_THEM: Final = re.compile(
    r"\b(?:all|both|every|everything|whole|each of them|the lot|them)\b", re.IGNORECASE
)
_OPTIONS: Final = re.compile(
    r"\b(?:what|which|other|else|another|different|any|options?|available|in stock|do you have|sizes"
    r"|colou?rs)\b",
    re.IGNORECASE,
)


async def order(case: Case, heard: Heard) -> bool:
    """Which order: a number, a thing, a place in the list, the latest."""
    if is_elsewhere(heard):
        return False
    aside = is_aside(heard)
    if await return_orders.choose_answer(case, heard, any_words=not aside):
        case.draft.told.text = f"{case.draft.told.text}, {words_of(heard)}"
        return True
    if _NO_SUCH_ORDER.search(heard.text):
        case.draft.told.orders = []
        case.say.utter_message(response="utter_return_other_order")
        return True
    return not aside and _besides(case, heard)


async def items(case: Case, heard: Heard) -> bool:
    """Which items: by name, colour, place in the list, or all of them."""
    text, aside = words_of(heard), is_aside(heard)
    choice = choose(text, things(case.open_lines), strict=aside)
    if aside and is_question(heard):
        return False
    if not choice.picked:
        choice = choose(text, things(case.lines), strict=True) or choice
    if heard.intent == "affirm" and len(case.open_lines) == 1:
        choice = choose("it", things(case.open_lines))
    besides = _besides(case, heard)
    case.draft.told.quantity = quantity_in(heard)
    told = case.draft.told
    if choice.picked:
        case.draft.change_items(list(choice.picked))
        told.everything = choice.whole
    elif choice.unclear:
        told.lines = list(choice.unclear)
    elif told.refused and told.reason in OUR_FAULT:
        case.draft.change_items(told.refused)
    return bool(choice) or besides


async def quantity(case: Case, heard: Heard) -> bool:
    """How many of the first line whose quantity is open."""
    line_no = next(line for line in case.draft.items if line not in case.draft.quantities)
    count = quantity_in(heard)
    count = number(heard.text) if count is None else count
    if count is None and _ALL_OF_THEM.search(heard.text):
        count = case.verdict(line_no).quantity
    if count is None or is_aside(heard):
        return False
    if count == 0:
        case.draft.change_items([line for line in case.draft.items if line != line_no])
    else:
        take_quantity(case, line_no, count)
    _besides(case, heard)
    return True


async def reason(case: Case, heard: Heard) -> bool:
    """Why: one reason for all of it, or one for each item."""
    if is_question(heard) and is_aside(heard):
        return False
    open_lines = case.draft.without_reason()
    if by_line := reasons_by_line(heard.text, things(case.chosen)):
        case.draft.reasons |= {line: why for line, why in by_line.items() if line in open_lines}
        return True
    why = return_hearing.reason_of(heard) or offered_reason(heard.text)
    if why is None and is_bad_fit(heard.text):
        # The question is put again, as the narrower one.
        return True
    if why is None and heard.entity("reason") is not None:
        why = ReturnReason.CHANGED_MIND
    if why is not None:
        case.draft.reasons |= dict.fromkeys(open_lines, why)
        return_hearing.hear_resolution(case.draft, heard)
    swap = case.draft.resolution is Resolution.EXCHANGE and bool(
        heard.entity("size") or heard.entity("color")
    )
    if why is not None or swap:
        _swap_words(case, heard)
    return why is not None or swap


async def resolution(case: Case, heard: Heard) -> bool:
    """Money, credit or exchange; a size or colour means an exchange."""
    if is_question(heard) or is_elsewhere(heard):
        return False
    wanted = resolution_in(heard.text or heard.entity("code") or "")
    offered = await offered_resolutions(case)
    if wanted is None and (places := positions(heard.text, len(offered))):
        wanted = offered[places[0] - 1]
    if wanted is None and Resolution.EXCHANGE in offered and (heard.entity("size") or heard.entity("color")):
        wanted = Resolution.EXCHANGE
    if wanted is None:
        return False
    case.draft.change_resolution(wanted)
    case.draft.told.money = case.draft.told.money and wanted is not Resolution.EXCHANGE
    _swap_words(case, heard)
    return True


async def variant(case: Case, heard: Heard) -> bool:
    """Which size and colour instead."""
    own = case.chosen[0].order_item.variant
    if own is None:
        return False
    shelf = await shelf_of(case, own)
    named = {"named_sizes": heard.all("size"), "named_colors": heard.all("color")}
    if wish(heard.text, shelf.variants, own, **named):
        return_hearing.hear_swap(case.draft, heard, asked=True)
        return True
    if resolution_in(heard.text) in {Resolution.REFUND_CARD, Resolution.STORE_CREDIT}:
        return False
    offered = shelf.others
    if places := positions(heard.text, len(offered)):
        case.draft.variant = offered[places[0] - 1].sku
    return bool(places) or is_other_color(heard.text) or bool(_OPTIONS.search(heard.text))


async def confirm(case: Case, heard: Heard) -> bool:
    """Yes or no."""
    case.draft.confirm = yes_or_no(heard)
    return case.draft.confirm is not None


async def offered_resolutions(case: Case) -> list[Resolution]:
    """What can be chosen, in the order of the buttons; an exchange where there is something to choose."""
    money = [Resolution.REFUND_CARD, Resolution.STORE_CREDIT]
    own = case.chosen[0].order_item.variant
    if case.draft.told.money or len(case.draft.items) > 1 or own is None:
        return money
    shelf = await shelf_of(case, own)
    possible = shelf.others or (may_be_same(case) and shelf.has(own))
    return [*money, Resolution.EXCHANGE] if possible else money


def _besides(case: Case, heard: Heard) -> bool:
    """Keep a reason or a wish that comes with an answer to another question."""
    given = reason_in(" ".join(heard.all("reason"))) is not None or not case.draft.reasons
    told_why = given and return_hearing.hear_reason(case.draft, heard)
    return return_hearing.hear_resolution(case.draft, heard) or told_why


def _swap_words(case: Case, heard: Heard) -> None:
    """`too small, a 43 please`: what is wanted instead may stand with the answer."""
    if heard.entity("size") or heard.entity("color") or not case.draft.told.wish:
        return_hearing.hear_swap(case.draft, heard)


ANSWERS: Final[dict[str, Callable[[Case, Heard], Awaitable[bool]]]] = {
    return_draft.ORDER: order,
    return_draft.ITEMS: items,
    return_draft.QUANTITY: quantity,
    return_draft.REASON: reason,
    return_draft.RESOLUTION: resolution,
    return_draft.VARIANT: variant,
    return_draft.CONFIRM: confirm,
}
"""How each question's answer is read."""
