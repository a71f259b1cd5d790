"""Changes of mind in the middle of a return: `actually only one`, `no, exchange it instead`, `other order`.

What depends on what was changed is forgotten, so that the form asks for it again.
"""

from __future__ import annotations

import re
from typing import Final

from actions.heard import Heard
from actions.language.item_choice import choose
from actions.orders import order_choice
from actions.returns import return_draft, return_hearing, return_orders
from actions.returns.exchange_settling import shelf_of
from actions.returns.return_case import Case
from actions.returns.return_hearing import STARTING, is_aside, is_question, quantity_in
from actions.returns.return_lines import things
from actions.returns.return_resolutions import clear_wish, wants_money
from actions.returns.return_settling import take_quantity
from actions.shopping.variant_choice import wish
from crm_store.models import Resolution, ReturnReason

_OTHER_ORDER: Final = re.compile(
    r"\b(?:different|another|other|wrong|not (?:this|that)) order\b", re.IGNORECASE
)
_CHANGING: Final = re.compile(
    r"\b(?:actually|instead|rather|wait|sorry|no|but|only|just|i mean|i meant|also|make it|change)\b",
    re.IGNORECASE,
)
_ADD: Final = re.compile(r"\b(?:also|too|as well|add|plus)\b", re.IGNORECASE)
_DROP: Final = re.compile(
    r"\b(?:not|without|remove|drop|forget|leave out|except|keep(?:ing)?|take out|don.?t (?:return|send))\b",
    re.IGNORECASE,
)
_OTHER_ONE: Final = re.compile(r"\bother (?:one|item|thing|\w+)\b|\bthe other\W*$", re.IGNORECASE)
_ALL_OF_IT: Final = re.compile(r"\b(?:both|all) of (?:them|it|those)\b|\b(?:both|all)\W*$", re.IGNORECASE)


async def of_order(case: Case, heard: Heard) -> bool:
    """Whether the message names another order, or asks for one."""
    if case.draft.order is None or return_hearing.is_elsewhere(heard):
        return False
    named = order_choice.numbers_in(heard)
    if named == [case.draft.order] and heard.intent == "inform" and len(heard.entities) == 1:
        return True
    if named and case.draft.order not in named:
        await return_orders.choose_answer(case, heard, any_words=False)
        case.draft.told.text = return_hearing.words_of(heard)
        return True
    if _OTHER_ORDER.search(heard.text):
        case.draft.change_order(None)
        return True
    return False


async def of_the_rest(case: Case, heard: Heard, requested: str) -> bool:
    """Whether the message changes what was said before about items, quantity, reason, or what is wanted."""
    if return_hearing.is_elsewhere(heard):
        return False
    if (
        heard.intent not in STARTING
        and (is_aside(heard) or is_question(heard))
        and not _CHANGING.search(heard.text)
    ):
        return False
    if await _of_swap(case, heard, requested):
        return True
    changed = _of_items(case, heard) or _of_quantity(case, heard)
    changed = _of_resolution(case, heard) or changed
    return _of_reason(case, heard) or changed


async def _of_swap(case: Case, heard: Heard, requested: str) -> bool:
    """`no, the 44 in black`, when the exchange is to be confirmed."""
    draft = case.draft
    own = case.chosen[0].order_item.variant if case.chosen else None
    if requested != return_draft.CONFIRM or draft.variant is None or own is None or heard.entity("product"):
        return False
    shelf = await shelf_of(case, own)
    named = {"named_sizes": heard.all("size"), "named_colors": heard.all("color")}
    wanted = wish(heard.text, shelf.variants, own, **named)
    if not wanted:
        return False
    before = next(one for one in shelf.variants if one.sku == draft.variant)
    draft.change_resolution(Resolution.EXCHANGE)
    return_hearing.hear_swap(draft, heard, asked=True)
    # What is not named now stays as it was named before: `39 then` keeps the colour.
    draft.told.sizes = draft.told.sizes if wanted.size else [before.size]
    draft.told.colors = draft.told.colors if wanted.color or wanted.unknown else [before.color]
    return True


def names_chosen(case: Case, heard: Heard) -> bool:
    """Whether the message only names what was chosen anyway."""
    choice = choose(return_hearing.words_of(heard), things(case.lines), strict=True)
    return bool(choice.picked) and set(choice.picked) <= set(case.draft.items)


def _of_items(case: Case, heard: Heard) -> bool:
    draft, text = case.draft, return_hearing.words_of(heard)
    if not draft.items:
        return False
    if (drop := _DROP.search(text)) is not None:
        dropped = choose(text[drop.end() :], things(case.chosen), strict=True).picked
        return _replace(case, [line for line in draft.items if line not in dropped])
    choice = choose(text, things(case.lines), strict=True)
    picked = list(choice.picked)
    if choice.unclear and not set(choice.unclear) & set(draft.items):
        draft.change_items([])
        draft.told.lines = list(choice.unclear)
        return True
    others = [line.line_no for line in case.lines if line.ok and line.line_no not in draft.items]
    if not picked and _OTHER_ONE.search(text) and len(others) == 1:
        picked = others
    if picked and _ADD.search(text):
        picked += draft.items
    return bool(picked) and _replace(case, picked)


def _replace(case: Case, items: list[int]) -> bool:
    if sorted(set(items)) == case.draft.items:
        return False
    case.draft.change_items(items)
    return True


def _of_quantity(case: Case, heard: Heard) -> bool:
    draft = case.draft
    several = [line for line in case.chosen if line.quantity > 1]
    count = quantity_in(heard)
    if count is None and several and _ALL_OF_IT.search(heard.text):
        count = several[0].quantity
    if count is None:
        return False
    if len(several) == 1:
        take_quantity(case, several[0].line_no, count)
        return True
    if count < len(draft.items):
        # `only one` of several different things: which?
        chosen = list(draft.items)
        draft.change_items([])
        draft.told.lines = chosen
        return True
    return False


def _of_resolution(case: Case, heard: Heard) -> bool:
    draft, wanted = case.draft, clear_wish(heard.text)
    if wanted is None and heard.intent == "exchange_item":
        wanted = Resolution.EXCHANGE
    if wanted is None:
        return _of_money(case, heard)
    if wanted is draft.resolution:
        return False
    if wanted is Resolution.EXCHANGE:
        draft.told.money = False
        return_hearing.hear_swap(draft, heard)
    draft.told.resolution = wanted.value
    return True


def _of_money(case: Case, heard: Heard) -> bool:
    """Money instead of an exchange; which way is asked."""
    draft = case.draft
    if not (heard.intent == "request_refund" or wants_money(heard.text)):
        return False
    draft.told.money, draft.told.resolution = True, None
    if draft.resolution is Resolution.EXCHANGE:
        draft.change_resolution(None)
    return True


def _of_reason(case: Case, heard: Heard) -> bool:
    draft = case.draft
    why = return_hearing.reason_of(heard)
    if why is None or not draft.items or set(draft.reasons.values()) == {why}:
        return False
    if draft.reasons:
        draft.change_reason(ReturnReason(why))
    else:
        draft.told.reason = why.value
    return True
