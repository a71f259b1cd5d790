"""From what was said to a complete return.

Each step fills what it can from the draft's `told`, and says what cannot be. The form asks for whatever is
missing when all steps are through.
"""

from __future__ import annotations

from actions.language.item_choice import choose
from actions.returns import exchange_settling, return_standing
from actions.returns.return_case import TOLD, Case
from actions.returns.return_lines import BY_OUR_FAULT, refused, things, titles
from crm_store.models import Resolution, ReturnReason


async def settle(case: Case, *, new_order: bool) -> str | None:
    """Take the draft as far as it goes. `new_order`: the order was chosen just now.

    Returns:
        The form's outcome when it cannot go on.
    """
    await case.look()
    if case.order is None:
        return None
    if new_order and await return_standing.ends_it(case):
        return TOLD
    if not _items(case):
        return TOLD
    _quantities(case)
    _reasons(case)
    _resolution(case)
    await exchange_settling.settle(case)
    return None


def _items(case: Case) -> bool:
    """Choose lines from the words that may name them, and leave out what may not come back.

    Returns:
        False when nothing of the order may come back.
    """
    draft, told = case.draft, case.draft.told
    if not draft.items:
        _choose_by_words(case)
    good = [line.line_no for line in case.chosen if line.ok]
    bad = [line for line in case.chosen if not line.ok]
    nothing_left = not good and not any(line.ok for line in case.lines)
    _say_refused(case, bad=bool(bad), nothing_left=nothing_left)
    if bad:
        refused_lines = [line.line_no for line in case.chosen if line.refusal in BY_OUR_FAULT]
        draft.change_items(good)
        told.refused = refused_lines
        told.everything = told.everything and bool(good)
        if good:
            names = titles(case.lines, good)
            case.say.utter_message(response="utter_return_the_rest", items=names)
    return not nothing_left


def _choose_by_words(case: Case) -> None:
    draft, told, lines = case.draft, case.draft.told, case.lines
    choice = choose(told.text, things(lines), strict=True)
    told.text = ""
    if choice.picked:
        draft.change_items(list(choice.picked))
        told.everything = choice.whole
    elif choice.unclear:
        told.lines = [line_no for line_no in choice.unclear if case.verdict(line_no).ok]
    elif len(lines) == 1:
        draft.change_items([lines[0].line_no])


def _say_refused(case: Case, *, bad: bool, nothing_left: bool) -> None:
    order = case.order
    if order is None:
        return
    for group in refused(case.chosen if bad else case.lines if nothing_left else ()):
        case.say.utter_message(
            response=group.response, buttons=group.buttons(order), **group.variables(order)
        )


def _quantities(case: Case) -> None:
    """One of what there is one of; for the rest, what was said."""
    draft, told = case.draft, case.draft.told
    several = [line for line in case.chosen if line.quantity > 1]
    for line in case.chosen:
        if line.quantity == 1 or told.everything:
            draft.quantities[line.line_no] = line.quantity
    if len(several) == 1 and told.quantity is not None:
        take_quantity(case, several[0].line_no, told.quantity)
    if draft.items:
        told.quantity, told.everything = None, False


def take_quantity(case: Case, line_no: int, count: int) -> None:
    """Set how many of a line come back; says so when there are not that many."""
    line = case.verdict(line_no)
    if 1 <= count <= line.quantity:
        if case.draft.quantities.get(line_no) != count:
            case.draft.change_quantity(line_no, count)
    else:
        case.say.utter_message(response="utter_return_not_that_many", item=line.title, left=line.quantity)


def _reasons(case: Case) -> None:
    draft, told = case.draft, case.draft.told
    if draft.items and told.reason is not None:
        for line_no in draft.without_reason():
            draft.reasons[line_no] = ReturnReason(told.reason)
        told.reason = None


def _resolution(case: Case) -> None:
    told, draft = case.draft.told, case.draft
    if told.resolution is not None:
        wanted = Resolution(told.resolution)
        told.resolution = None
        if draft.resolution is not wanted:
            draft.change_resolution(wanted)
