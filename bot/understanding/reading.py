"""How a text is read by the classifier: typing errors set right, and what it names made alike."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Final

from bot.understanding.entities.span import Span
from bot.understanding.entities.text import MAX_CHARACTERS

_WORD: Final = re.compile(r"(?<![^\W_])[^\W_]{1,100}(?![^\W_])")

ALIKE: Final = {
    "order_number": "A-10042",
    "code": "482913",
    "email": "me@example.com",
    "phone": "+353209101234",
}
"""Which order it is says nothing about what is wanted: every text about one reads the same."""

SIGNS: Final = {"👍": "yes", "👌": "yes", "✅": "yes", "👎": "no", "🙏": "thanks", "❤": "thanks"}
"""Pictures that are an answer by themselves; the encoder knows no pictures at all."""

_RETURN_NUMBER: Final = re.compile(r"\b(?:return )?r[- ]?\d{4,6}\b", re.IGNORECASE)
"""`R-5015`: whoever names it speaks of a return."""


@dataclass(frozen=True)
class Reading:
    """`plain` is a sentence for the encoder; `masked` has the kinds of named things in their places, for the
    letters; `named` is the share of the text (0 to 1) that names things.
    """

    plain: str
    masked: str
    named: float = 0.0

    @property
    def has_words(self) -> bool:
        """Whether there is a word that the encoder can tell from another: unknown signs are all one to it."""
        return _WORD.search(self.plain) is not None

    @classmethod
    def of(cls, raw: str, spans: Sequence[Span], correct: Callable[[str], str]) -> Reading:
        """Read `raw`, whose named things are `spans`, in order and not overlapping. Those are not
        corrected.
        """
        plain: list[str] = []
        masked: list[str] = []
        place = covered = 0
        shown = raw[:MAX_CHARACTERS]
        for span in spans:
            between = correct(shown[place : span.start])
            plain += [between, ALIKE.get(span.entity, shown[span.start : span.end])]
            masked += [between, span.entity]
            place, covered = span.end, covered + span.end - span.start
        rest = correct(shown[place:])
        return cls(
            _in_words("".join([*plain, rest])),
            _in_words("".join([*masked, rest])),
            covered / max(1, len(shown.strip())),
        )


def _in_words(text: str) -> str:
    """The text with words for its signs and for the numbers of returns."""
    for sign, word in SIGNS.items():
        text = text.replace(sign, f" {word} ")
    return _RETURN_NUMBER.sub("return R-5012", text)
