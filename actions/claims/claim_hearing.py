"""What the words of a message say about a claim. Pure: nothing here knows the store's rows."""

from __future__ import annotations

import re
from typing import Final

from actions.form import CONFIDENT, NOT_ASIDES
from actions.heard import Heard
from actions.returns.return_reasons import reason_in
from crm_store.models import ClaimKind, Remedy, ReturnReason

STARTING: Final = frozenset({"report_missing_parcel", "report_damaged_item"})
"""The intents that start the form."""
STILL_MISSING, FOUND, DELIVERED_PART = "still_missing", "found", "delivered_part"
"""What buttons say by the entity `reason`."""

_PART: Final = re.compile(
    r"\b(?:(?:one|an?|some|two|three|\d+|my|the|of my|of the) ?(?:\w+ )?"
    r"(?:items?|things?|piece|part|half|rest)\b.*\b(?:miss|not|n't|didn|short|gone|without)"
    r"|(?:not|\w+n't|missing|never) (?:\w+ )?(?:inside|in (?:the|my|it|there)(?: \w+)? ?"
    r"(?:box|parcel|package)?)"
    r"|missing (?:from|in) (?:the|my)|(?:from|in) my (?:order|delivery|parcel) (?:is|was|were) missing"
    r"|(?:items?|things?|gloves|socks?) (?:are|is|was|were) missing|missing (?:an? )?(?:item|sock|glove)"
    r"|forgot to (?:put|pack|send)|incomplete|half of (?:it|my order)|order short|packing slip lists"
    r"|only (?:one|two|three|half|\d+)\b|got (?:one|two|three)\b|i count|empty box"
    r"|(?:were|was)n't (?:there|inside)|not inside|did(?:n't| not) come)",
    re.IGNORECASE,
)
"""The parcel came, but not all of it."""
_PARCEL: Final = re.compile(
    r"\bparcel (?:is |has |was )?(?:missing|gone|lost|stolen)|\bmissing parcel\b", re.IGNORECASE
)
_WRONG: Final = re.compile(
    r"\b(?:wrong|somebody else'?s|someone else'?s|another customer|mixed up|instead of"
    r"|not what (?:i|we) ordered|isn'?t what (?:i|we) ordered|never ordered"
    r"|different (?:model|item|product|one|colou?r|size)"
    r"|two left|i ordered|i bought (?!it)|colou?r i bought)\b",
    re.IGNORECASE,
)
_LOOKED: Final = re.compile(
    r"\bstill (?:not|nothing|no|isn'?t|missing|hasn'?t|don'?t|haven'?t)\b"
    r"|\b(?:looked|searched|checked|asked)\b.*\b(?:everywhere|all|every|neighbou?rs?|them|him|her|around|nobody|"
    r"no one|it|place|house|garden)\b"
    r"|\b(?:neighbou?rs?|they|he|she|nobody|no one|no-one|none of (?:them|us))\b.*"
    r"\b(?:n'?t have|not have|hasn'?t|haven'?t|know nothing|has (?:it|seen|my)|have no)\b"
    r"|\bnot (?:there|here|with)\b|\bno(?:thing| luck| sign| trace)\b|\bnowhere\b",
    re.IGNORECASE,
)
_FOUND: Final = re.compile(
    r"\b(?:found (?:it|them|the)|i (?:have|got) it now|it'?s here|turned up|here it is|has it after all"
    r"|got it)\b",
    re.IGNORECASE,
)
_WILL_LOOK: Final = re.compile(
    r"\b(?:(?:i'?ll|i will|let me|going to|gonna|i can) (?:go |just )?(?:and )?(?:look|check|ask|see))\b",
    re.IGNORECASE,
)
_LEAVING: Final = re.compile(
    r"\W*(?:(?:oh|ok|okay|actually|ah|no|please|well)\W+)*"
    r"(?:never ?mind|forget (?:it|about it)|(?:cancel|drop|leave|stop|abort|quit|exit)"
    r"(?: (?:it|that|this|the claim|my claim|the report))?|it'?s (?:fine|ok|okay|all right)|don'?t bother)"
    r"(?: (?:then|thanks|thank you|please|now))*\W*",
    re.IGNORECASE,
)
_NO_PHOTO: Final = re.compile(
    r"\b(?:no (?:photo|picture|pic|image|camera|phone)s?|without|skip|can'?t|cannot|don'?t have|do not have"
    r"|haven'?t|not (?:now|possible|at hand|at home)|later|rather not|thrown? (?:it )?away|unable)\b",
    re.IGNORECASE,
)
_RESEND: Final = re.compile(
    r"\b(?:again|re-?send|replace\w*|new (?:one|ones|mug|pair)|another (?:one|of)|send|exchange|same"
    r"|first)\b",
    re.IGNORECASE,
)
_REFUND: Final = re.compile(
    r"\b(?:money|refund\w*|pay(?: it)? back|cash|reimburs\w*|second|\d+[.,]\d{2} back)\b", re.IGNORECASE
)
_QUESTION: Final = re.compile(
    r"\?\s*$|^\W*(?:(?:and|but|ok|oh|wait)\W+)*(?:how|what|when|where|who|why|which|can|could|do|does|is|are)\b",
    re.IGNORECASE,
)
_CLEAR: Final = frozenset(
    {
        "check_points",
        "points_history",
        "points_expiry",
        "loyalty_tier",
        "show_offers",
        "talk_to_human",
        "complaint",
        "cancel_order",
        "return_item",
        "redeem_points",
        "change_delivery_address",
        "track_refund",
        "track_return",
        "payment_issue",
        "get_invoice",
        "delete_account",
        "export_my_data",
    }
)
"""Wishes that no description of a broken mug is taken for."""
_SAYS_DELIVERED: Final = re.compile(
    r"\b(?:says?|shows?|marked|status|claims?)\b.*\bdelivered\b", re.IGNORECASE
)
_WISHES: Final = re.compile(
    r"\b(?:refund|money back|replacement|replace (?:it|them)|send (?:me )?(?:it|them|another|a new)\b.*"
    r"|new one)\b",
    re.IGNORECASE,
)
_REMEDIES: Final = frozenset({"request_refund", "exchange_item"})
"""`Can I have my money back?` answers the question what is to be done."""
_WHAT_CAME: Final = re.compile(r"\b(?:instead|i ordered|but|different|label|got)\b", re.IGNORECASE)
_ENOUGH: Final = 4
"""Words that describe something; `mug broken` leaves a human as wise as before."""
_SURE: Final = 0.7


def kind_of(heard: Heard) -> ClaimKind:
    """What went wrong, as far as the message says."""
    told = heard.entity("reason") or ""
    if heard.intent == "report_missing_parcel":
        part = bool(_PART.search(heard.text)) and not _PARCEL.search(heard.text)
        return ClaimKind.MISSING_ITEM if part else ClaimKind.MISSING_PARCEL
    reason = reason_in(told) or reason_in(heard.text)
    wrong = reason is ReturnReason.WRONG_ITEM or (
        reason is not ReturnReason.DAMAGED and bool(_WRONG.search(heard.text))
    )
    return ClaimKind.WRONG_ITEM if wrong else ClaimKind.DAMAGED


def misses_delivered(heard: Heard) -> bool:
    """Whether what they miss is a parcel that counts as delivered, not one on its way."""
    return heard.entity("reason") == DELIVERED_PART or bool(_SAYS_DELIVERED.search(heard.text))


def wish_in(heard: Heard) -> Remedy | None:
    """What is wanted, where the message says so unasked."""
    wants = heard.intent in _REMEDIES or _WISHES.search(heard.text)
    return remedy_in(heard) if wants else None


def description_in(heard: Heard, kind: ClaimKind) -> str | None:
    """The first message as a description, where it says enough."""
    long = len(heard.text.split()) >= _ENOUGH
    if kind is ClaimKind.DAMAGED:
        return heard.text if long and reason_in(heard.text) is ReturnReason.DAMAGED else None
    return heard.text if long and _WHAT_CAME.search(heard.text) else None


def has_looked(heard: Heard) -> bool | None:
    """At `have you looked?`: True, it is nowhere; False, it was found; None, neither is said."""
    said = heard.entity("reason")
    if said in {STILL_MISSING, FOUND}:
        return said == STILL_MISSING
    if _LOOKED.search(heard.text):
        return True
    return False if _FOUND.search(heard.text) else None


def will_look(heard: Heard) -> bool:
    """Whether the customer goes to look now."""
    return bool(_WILL_LOOK.search(heard.text)) or (heard.intent == "affirm" and heard.confidence >= CONFIDENT)


def is_leaving(heard: Heard) -> bool:
    """Whether the message only says that the claim is to be dropped."""
    return bool(_LEAVING.fullmatch(heard.text))


def has_no_photo(heard: Heard) -> bool:
    """Whether the customer cannot or does not want to send one."""
    return heard.intent == "deny" or bool(_NO_PHOTO.search(heard.text))


def remedy_in(heard: Heard) -> Remedy | None:
    """What is wanted: the thing again, or the money."""
    said = heard.entity("reason")
    if said in {Remedy.RESEND.value, Remedy.REFUND.value}:
        return Remedy(said)
    money, again = bool(_REFUND.search(heard.text)), bool(_RESEND.search(heard.text))
    if heard.text.strip(" .!") in {"1", "2"}:
        return Remedy.RESEND if heard.text.strip(" .!") == "1" else Remedy.REFUND
    if money == again:
        return None
    return Remedy.REFUND if money else Remedy.RESEND


def is_question(heard: Heard) -> bool:
    """Whether the message asks something."""
    return bool(_QUESTION.search(heard.text))


def is_aside(heard: Heard) -> bool:
    """Whether the message is a question or wish of its own, and no answer in free words."""
    if heard.intent in _REMEDIES:
        return False
    if heard.intent in NOT_ASIDES | STARTING | {"deny", "send_photo"} or heard.confidence < CONFIDENT:
        return False
    return is_question(heard) or (heard.intent in _CLEAR and heard.confidence >= _SURE) or not heard.text
