"""Why something comes back: the customer's words for it, and ours."""

from __future__ import annotations

from typing import Final

from actions.language.number_words import positions
from actions.returns.reason_words import BAD_FIT, UNTRUE, WORDS
from crm_store.models import ReturnReason

OFFERED: Final = (
    ReturnReason.TOO_SMALL,
    ReturnReason.TOO_LARGE,
    ReturnReason.DAMAGED,
    ReturnReason.WRONG_ITEM,
    ReturnReason.NOT_AS_DESCRIBED,
    ReturnReason.CHANGED_MIND,
)
"""The buttons. The other reasons have words, too."""

FITS: Final = OFFERED[:2]
"""What is asked of something that does not fit."""

LABELS: Final = {
    ReturnReason.TOO_SMALL: "Too small",
    ReturnReason.TOO_LARGE: "Too large",
    ReturnReason.DAMAGED: "Damaged or faulty",
    ReturnReason.WRONG_ITEM: "Wrong item arrived",
    ReturnReason.NOT_AS_DESCRIBED: "Not as described",
    ReturnReason.CHANGED_MIND: "Changed my mind",
    ReturnReason.QUALITY: "Quality not good enough",
    ReturnReason.ARRIVED_LATE: "Arrived too late",
}
_VALUES: Final = {reason.value: reason for reason in ReturnReason}


def reason_in(text: str) -> ReturnReason | None:
    """The reason that the words give; None when they give none of ours."""
    plain = UNTRUE.sub(" ", text.casefold().replace("’", "'").strip())
    if plain in _VALUES:
        return _VALUES[plain]
    return next((reason for reason, pattern in WORDS if pattern.search(plain)), None)


def offered_reason(text: str) -> ReturnReason | None:
    """The reason whose place among the offered ones the words name: `3`, `the first`."""
    places = positions(text, len(OFFERED))
    return OFFERED[places[0] - 1] if len(places) == 1 else None


def is_bad_fit(text: str) -> bool:
    """Whether the words say that it does not fit, but not whether it is too small or too large."""
    return reason_in(text) is None and bool(BAD_FIT.search(text.casefold().replace("’", "'")))
