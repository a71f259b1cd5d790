"""The part of a return that is an exchange: one thing at a time, for a size or colour that is there."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from actions.language.phrases import button
from actions.returns.exchange_stock import Shelf, load_shelf
from actions.returns.return_case import Case
from actions.returns.return_lines import titles
from actions.shopping.variant_choice import is_other_color, is_same_again, size_rank, wish
from crm_store.models import Resolution, ReturnReason, Variant

REFUND_INSTEAD: Final = button("Money back instead", "request_refund")
REPLACEABLE: Final = frozenset({ReturnReason.DAMAGED, ReturnReason.WRONG_ITEM, ReturnReason.QUALITY})
"""Reasons for which the same thing again is a good exchange."""


_LEANS: Final = {ReturnReason.TOO_SMALL: 1, ReturnReason.TOO_LARGE: -1}
"""Which way the size should go."""


async def settle(case: Case) -> None:
    """Find the variant that is wanted, as far as it was said; what cannot be exchanged is told so."""
    draft = case.draft
    if draft.resolution is not Resolution.EXCHANGE or not draft.items:
        return
    if len(draft.items) > 1:
        _one_at_a_time(case)
        return
    line_no = draft.items[0]
    own = case.verdict(line_no).order_item.variant
    if own is None:
        _no_other(case, response="utter_exchange_no_other")
        return
    await _guess_reason(case, line_no, own)
    if line_no in draft.quantities and line_no in draft.reasons and draft.variant is None:
        await _choose(case, await shelf_of(case, own))


async def shelf_of(case: Case, own: Variant) -> Shelf:
    """What the chosen line can be exchanged for; the shelves are looked at once a turn."""
    draft = case.draft
    line_no = draft.items[0]
    key = own.id, draft.quantities[line_no]
    if key not in case.shelves:
        case.shelves[key] = await load_shelf(case.turn, own, draft.quantities[line_no])
    lean = _LEANS.get(draft.reasons.get(line_no, ReturnReason.CHANGED_MIND), 0)
    return replace(case.shelves[key], lean=lean)


def may_be_same(case: Case) -> bool:
    """Whether the same thing again is what the customer may want."""
    return any(reason in REPLACEABLE for reason in case.draft.reasons.values())


async def _guess_reason(case: Case, line_no: int, own: Variant) -> None:
    """Who names another size or colour need not be asked why; the reason is shown before anything is done."""
    draft, told = case.draft, case.draft.told
    if line_no in draft.reasons or line_no not in draft.quantities or not told.wish:
        return
    shelf = await shelf_of(case, own)
    wanted = wish(told.wish, shelf.variants, own, named_sizes=told.sizes, named_colors=told.colors)
    if wanted.size not in {None, own.size}:
        smaller = size_rank(own.size) < size_rank(wanted.size or "")
        draft.reasons[line_no] = ReturnReason.TOO_SMALL if smaller else ReturnReason.TOO_LARGE
    elif wanted.color not in {None, own.color}:
        draft.reasons[line_no] = ReturnReason.CHANGED_MIND


def _one_at_a_time(case: Case) -> None:
    draft, chosen = case.draft, list(case.draft.items)
    case.say.utter_message(response="utter_exchange_one_at_a_time", items=titles(case.lines, chosen))
    reasons = set(draft.reasons.values())
    draft.change_items([])
    draft.told.lines = chosen
    draft.told.reason = reasons.pop().value if len(reasons) == 1 else None


async def _choose(case: Case, shelf: Shelf) -> None:
    told = case.draft.told
    same = may_be_same(case) and shelf.has(shelf.own)
    if not shelf.others and not same:
        sold_out = len(shelf.variants) > 1 or may_be_same(case)
        _no_other(case, response="utter_exchange_all_sold_out" if sold_out else "utter_exchange_no_other")
        return
    if not shelf.others:
        case.draft.variant = shelf.own.sku
        return
    wanted = wish(told.wish, shelf.variants, shelf.own, named_sizes=told.sizes, named_colors=told.colors)
    other_color = is_other_color(told.wish) and wanted.color is None
    # `exchange my grey shoes` tells what goes back, not what is wanted.
    described = not told.asked and wanted.is_only(shelf.own) and not is_same_again(told.wish)
    told.wish, told.sizes, told.colors, told.asked = "", [], [], False
    if wanted.unknown is not None:
        case.say.utter_message(response="utter_exchange_not_made", what=wanted.unknown[:40])
    elif wanted and not other_color and not described:
        _take(case, shelf, shelf.find(wanted), same=same)


def _take(case: Case, shelf: Shelf, variant: Variant | None, *, same: bool) -> None:
    if variant is None:
        case.say.utter_message(response="utter_exchange_not_made", what="that combination")
    elif variant.id == shelf.own.id and not same:
        response = "utter_exchange_own_sold_out" if may_be_same(case) else "utter_exchange_have_it"
        case.say.utter_message(response=response, variant=shelf.called(variant))
    elif not shelf.has(variant):
        _sold_out(case, shelf, variant)
    else:
        case.draft.variant = variant.sku


def _sold_out(case: Case, shelf: Shelf, variant: Variant) -> None:
    near = shelf.near(variant)
    case.say.utter_message(
        response="utter_exchange_sold_out", variant=shelf.called(variant), nearest=shelf.called(near[0])
    )


def _no_other(case: Case, *, response: str) -> None:
    """An exchange is out of the question: money or credit it is."""
    case.draft.change_resolution(None)
    case.draft.told.money = True
    case.say.utter_message(response=response, item=titles(case.lines, case.draft.items))
