"""What the customer wants for a return: money the way it was paid, store credit, or an exchange."""

from __future__ import annotations

import re
from typing import Final

from crm_store.models import Resolution

_STORE_CREDIT: Final = (
    r"(?:store|shop|wanderlark)[ _-]?credit|\bcredit\b(?! ?card)(?! to)|\bvoucher|\bcoupon|gift ?card"
    r"|10 ?(?:%|percent|per cent)|\bbonus\b"
)
_CARD: Final = (
    r"(?<!gift )\bcards?\b|\brefund_card\b|\bpay ?pal\b|\bklarna\b|\b(?:apple|google) ?pay\b|\bvisa\b"
    r"|mastercard|\bbank\b|\baccount\b|original (?:payment|method|way)|(?:way|how) i paid|\bcash\b"
)
_MONEY: Final = r"\brefund(?:s|ed)?\b|\bmoney\b|\breimburs|\bpay me back|\bpaid back|get back what i paid"
_EXCHANGE: Final = (
    r"\bexchang|\bswap|\bswitch|\btrad(?:e|ing)\b|\breplac|\bnew one\b|\bsend (?:me )?(?:a new|another)"
    r"|\b(?:an?other|different|right|bigger|larger|smaller|next) (?:size|colou?r)"
    r"|\b(?:bigger|larger|smaller) (?:one|pair)|\bsize (?:up|down|bigger|smaller)"
    r"|same (?:one|thing|item) again"
)
_REFUSED: Final = re.compile(
    r"\b(?:not|no|don't|dont|do not|rather than|instead of|without|never|isn't|neither)\b"
    r"(?: (?:want|need|interested in|like|as|in|for|an?|any|the|be|to|you|just|really|have|it|take|get"
    r"|my))* ?$"
)
"""What stands before a thing that is not wanted."""

_WISHES: Final = (
    (Resolution.STORE_CREDIT, re.compile(_STORE_CREDIT)),
    (Resolution.REFUND_CARD, re.compile(_CARD)),
    (Resolution.EXCHANGE, re.compile(_EXCHANGE)),
)
_ANY_MONEY: Final = re.compile(_MONEY)
_VALUES: Final = {resolution.value: resolution for resolution in Resolution}


def resolution_in(text: str) -> Resolution | None:
    """What the words ask for; None when they ask for nothing of ours, or for several things at once.

    Money, without a word on the way it comes, goes back the way it was paid.
    """
    plain = _plain(text)
    asked = _clear(plain)
    if not asked and _asked(_ANY_MONEY, plain):
        return Resolution.REFUND_CARD
    return asked.pop() if len(asked) == 1 else None


def clear_wish(text: str) -> Resolution | None:
    """As `resolution_in`, but `money back` alone leaves open which way it comes."""
    asked = _clear(_plain(text))
    return asked.pop() if len(asked) == 1 else None


def wants_money(text: str) -> bool:
    """Whether the words ask for money back, whichever way."""
    return _asked(_ANY_MONEY, _plain(text))


def _plain(text: str) -> str:
    plain = text.casefold().replace("’", "'").strip(" .,!?")
    # `no exchange it instead` refuses what was said before, not the exchange.
    return re.sub(r"^(?:no|nope|nah)\b", "", plain) if plain.endswith("instead") else plain


def _clear(plain: str) -> set[Resolution]:
    if plain in _VALUES:
        return {_VALUES[plain]}
    return {resolution for resolution, words in _WISHES if _asked(words, plain)}


def _asked(words: re.Pattern[str], text: str) -> bool:
    return any(not _REFUSED.search(text[: found.start()]) for found in words.finditer(text))
