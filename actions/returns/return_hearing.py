"""What a message says about a return besides the answer that was asked for: kept until it is needed."""

from __future__ import annotations

import re
from typing import Final

from actions.form import CONFIDENT, NOT_ASIDES
from actions.heard import Heard
from actions.language.number_words import number
from actions.returns.return_draft import Draft
from actions.returns.return_reasons import reason_in
from actions.returns.return_resolutions import clear_wish, wants_money
from crm_store.models import Resolution, ReturnReason

STARTING: Final = frozenset({"return_item", "exchange_item", "request_refund"})
"""The intents that start the form."""

_ELSEWHERE: Final = frozenset(
    {
        "track_order",
        "track_return",
        "track_refund",
        "cancel_order",
        "change_delivery_address",
        "redeem_points",
        "talk_to_human",
        "complaint",
    }
)

SHORT: Final = 4
"""Words of an answer that says nothing but what was asked."""

_SWAP: Final = re.compile(r"\b(?:for|against|instead|into|but i|and want|and need|could i|can i have)\b")
_SOME: Final = re.compile(
    r"\b(?:just|only|actually|make it) (?:just |only |the )*(\w+)\b|\b(\w+) of (?:the|them|those|these|my)\b"
)
_QUESTION: Final = re.compile(
    r"\?\s*$|^\W*(?:how|what|when|where|who|why|which|does|do|did|is|are|will|would i|am i)\b", re.IGNORECASE
)
_UNSURE: Final = re.compile(r"\b(?:not sure|unsure|don.?t know|dunno|no idea|hard to say)\b", re.IGNORECASE)
_LEAVING: Final = re.compile(
    r"\W*(?:please )?(?:cancel|abort|drop|quit|exit|leave)"
    r"(?: (?:it|that|this|the return|my return|the exchange|everything))?(?: please)?\W*",
    re.IGNORECASE,
)


def is_aside(heard: Heard) -> bool:
    """Whether the message is likelier a question of its own than an answer.

    A few words alone are an answer, unless they clearly want something else: understanding may take
    `the first one` for anything.
    """
    if heard.intent in NOT_ASIDES | STARTING | {"deny"} or heard.confidence < CONFIDENT:
        return False
    return is_elsewhere(heard) or len(heard.text.split()) > SHORT


def is_elsewhere(heard: Heard) -> bool:
    """Whether the message is clearly about something else than a return."""
    return heard.intent in _ELSEWHERE and heard.confidence >= CONFIDENT


def is_question(heard: Heard) -> bool:
    """Whether the message asks something."""
    return bool(_QUESTION.search(heard.text))


def is_unsure(heard: Heard) -> bool:
    """Whether the customer does not know what to answer."""
    return bool(_UNSURE.search(heard.text))


def is_leaving(heard: Heard) -> bool:
    """Whether the message only says that the return is to be dropped."""
    return bool(_LEAVING.fullmatch(heard.text))


def words_of(heard: Heard) -> str:
    """The message's text; for a button, what it names."""
    return heard.text or " and ".join(heard.all("product"))


def hear_first(draft: Draft, heard: Heard) -> None:
    """Keep everything the message that started the form says."""
    told = draft.told
    told.text = words_of(heard)
    hear_resolution(draft, heard)
    if heard.intent == "exchange_item" and told.resolution is None:
        told.resolution = Resolution.EXCHANGE.value
    if told.resolution == Resolution.EXCHANGE.value:
        hear_swap(draft, heard)
        # What stands behind `for` is wanted, not sent back.
        told.text = _SWAP.split(told.text, maxsplit=1)[0] or told.text
    hear_reason(draft, heard)
    told.quantity = quantity_in(heard)


def hear_resolution(draft: Draft, heard: Heard) -> bool:
    """Keep whether money, credit or an exchange is wanted; whether anything was said of it."""
    told, text = draft.told, _without_products(heard)
    money = heard.intent == "request_refund" or wants_money(text)
    told.money = told.money or money
    resolution = clear_wish(text)
    if resolution is not None:
        told.resolution = resolution.value
    return resolution is not None or money


def hear_swap(draft: Draft, heard: Heard, *, asked: bool = False) -> None:
    """Keep the words that may name what is wanted instead; `asked`: they can mean nothing else."""
    told = draft.told
    told.asked = asked
    told.wish, told.sizes, told.colors = _without_products(heard), heard.all("size"), heard.all("color")


def hear_reason(draft: Draft, heard: Heard) -> bool:
    """Keep the reason; whether one was given."""
    reason = reason_of(heard)
    if reason is not None:
        draft.told.reason = reason.value
    return reason is not None


def reason_of(heard: Heard) -> ReturnReason | None:
    """The reason in a message: in its words, which may say what it is not; else in what was recognised."""
    recognised = (reason_in(text) for text in heard.all("reason"))
    return reason_in(_without_products(heard)) or next((reason for reason in recognised if reason), None)


def quantity_in(heard: Heard) -> int | None:
    """How many pieces a message speaks of: `two of the shirts`, `just one`."""
    recognised = [value for text in heard.all("quantity") if (value := number(text)) is not None]
    if recognised:
        return recognised[0]
    for found in _SOME.finditer(heard.text.casefold()):
        value = number(found[1] or found[2])
        if value is not None:
            return value
    return None


def _without_products(heard: Heard) -> str:
    """The words without the goods' names, some of which sound like a wish (`Gift Card`)."""
    text = heard.text
    for name in heard.all("product"):
        text = re.sub(re.escape(name), " ", text, flags=re.IGNORECASE)
    return text
