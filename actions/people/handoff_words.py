"""What a human is told when a matter is handed over: who, what, which order, what was tried, what mood."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from actions.talk.dialogue import Exchange, HalfFilled
from actions.talk.intent_titles import title_of

TOPICS = {
    "complaint": "complaint",
    "report_missing_parcel": "missing parcel",
    "report_damaged_item": "damaged or wrong item",
    "payment_issue": "payment",
    "delete_account": "account deletion",
    "export_my_data": "copy of data",
    "reserve_in_store": "reservation in a store",
}
"""The topic of the ticket that an intent opens."""

FORMS = {
    "verification_form": "showing who they are",
    "return_form": "a return or an exchange",
    "cancel_form": "cancelling an order",
    "address_form": "changing a delivery address",
    "redeem_form": "turning points into a voucher",
    "reserve_form": "reserving something in a store",
    "claim_form": "something missing, damaged or wrong",
    "account_form": "changing their details",
    "delete_form": "deleting their account",
    "review_form": "reviewing a product",
    "rating_form": "a comment on a rating",
}

DONE = {
    "action_track_order": "told where an order is",
    "action_change_order": "told how an order can be changed",
    "action_track_return": "told where a return is",
    "action_track_refund": "told where a refund is",
    "action_return_finish": "went to the end of the return form",
    "action_cancel_finish": "went to the end of the cancellation form",
    "action_address_finish": "went to the end of the address form",
    "action_redeem_finish": "went to the end of the points form",
    "action_claim_finish": "went to the end of the claim form",
    "action_take_photo": "kept a photo",
    "action_verification_finish": "checked who they are",
    "action_check_points": "told the points balance",
    "action_points_history": "showed the points history",
    "action_points_expiry": "told what expires",
    "action_loyalty_tier": "told the tier",
    "action_show_offers": "showed offers",
    "action_apply_offer": "dealt with taking an offer",
    "action_decline_offer": "dealt with hiding an offer",
    "action_subscribe": "dealt with subscribing",
    "action_unsubscribe": "dealt with unsubscribing",
    "action_help_centre": "answered from the help centre",
    "action_product_availability": "looked up stock",
    "action_recommend": "suggested products",
    "action_reserve_in_store": "looked into a reservation",
    "action_reserve_finish": "went to the end of a reservation",
    "action_store_hours": "told a store's hours",
    "action_sizing_help": "helped with a size",
    "action_account_finish": "went to the end of the details form",
    "action_delete_finish": "went to the end of the deletion form",
    "action_export_my_data": "gave a link to the copy of their data",
    "action_review_finish": "went to the end of the review form",
    "action_rating_finish": "took a comment on a rating",
    "action_give_feedback": "took feedback",
    "action_drop_form": "left the form, as they wished",
    "action_switch_form": "put the form aside for another",
    "action_digression": "answered in between",
    **{form: f"asked about {words}" for form, words in FORMS.items()},
}
"""What each action did, for a human to read; small talk is left out."""

_NO_WISH = {"abuse": "nothing they named; they swore at the bot again"}
_HIDDEN = frozenset({"proof_way", "proof_code", "proof_tries", "claim_told", "claim_confirm", "account_code"})
_ANSWERS = frozenset({"affirm", "deny", "greet", "thank", "goodbye"})


@dataclass(frozen=True)
class Matter:
    """What is handed over, as far as it is known. Texts are empty where nothing is."""

    who: str
    intent: str
    order: str
    order_is_proven: bool
    form: HalfFilled | None
    waiting: str
    """The request that waited for a proof of identity."""
    is_angry: bool
    last_words: str
    extra: str = ""


def topic(intent: str, form: HalfFilled | None, earlier: Sequence[Exchange]) -> str:
    """What it is about: the wish itself, else the form it came from, else what was asked before."""
    if intent in TOPICS:
        return TOPICS[intent]
    if form is not None and form.form != "verification_form":
        return FORMS.get(form.form, form.form)
    if intent != "talk_to_human":
        return "question"
    titles = [title_of(exchange.intent) for exchange in reversed(earlier) if exchange.intent != intent]
    return next((title for title in titles if title), "question").rstrip("?")


def summary(matter: Matter) -> str:
    """The matter in a few lines."""
    wish = title_of(matter.intent) or _NO_WISH.get(matter.intent, "not understood by the bot")
    lines = {
        "Who": matter.who,
        "Wants": wish,
        "Details": matter.extra,
        "Order": _order(matter),
        "In the middle of": _form(matter.form),
        "Asked before": _quoted(matter.waiting),
        "Mood": "angry" if matter.is_angry else "calm",
        "Last words": _quoted(matter.last_words),
    }
    return "\n".join(f"{name}: {line}" for name, line in lines.items() if line)


def _order(matter: Matter) -> str:
    if not matter.order or matter.order_is_proven:
        return matter.order
    return f"{matter.order}, as they say (not checked)"


def _form(form: HalfFilled | None) -> str:
    if form is None:
        return ""
    own, _, _ = form.form.partition("_")
    known = [
        f"{name.removeprefix(f'{own}_').replace('_', ' ')} {_value(value)}"
        for name, value in form.slots.items()
        # Lists and tables of lines are the form's own way of counting.
        if name not in _HIDDEN and isinstance(value, str | int | float)
    ]
    return ": ".join(part for part in (FORMS.get(form.form, form.form), "; ".join(known)) if part)


def _value(value: str | float) -> str:
    return ("yes" if value else "no") if isinstance(value, bool) else str(value)


def _quoted(text: str) -> str:
    return f"“{text}”" if text else ""


def tried(earlier: Sequence[Exchange]) -> list[str]:
    """Each thing the customer asked and what the bot did about it; bare answers to the bot are left out."""
    asked = [exchange for exchange in earlier if exchange.intent not in _ANSWERS and exchange.words]
    return [_line(exchange, done) for exchange in asked if (done := _done(exchange))]


def _line(exchange: Exchange, done: str) -> str:
    # A bare answer inside a form, such as a one-time code, says nothing to a human.
    inside = FORMS.keys() & set(exchange.actions) and not title_of(exchange.intent)
    return done if inside else f"{_quoted(exchange.words)}: {done}"


def _done(exchange: Exchange) -> str:
    if exchange.failed:
        return "did not understand"
    actions = list(dict.fromkeys(exchange.actions))
    inside = FORMS.keys() & set(actions)
    if "action_digression" in actions or not title_of(exchange.intent):
        # Said inside a form: an answer to its question, or a question besides. Neither began the form.
        actions = [action for action in actions if action not in inside]
    done = [DONE[action] for action in actions if action in DONE]
    return ", ".join(done) or ("answered" if exchange.responses and not inside else "")
