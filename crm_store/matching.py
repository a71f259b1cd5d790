"""How well a few typed words fit a thing in the shop, in spite of typing errors, plurals and filler words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Final

from rapidfuzz.distance import OSA

_WORD: Final = re.compile(r"[^\W_]+")
_FILLERS: Final = frozenset(
    _WORD.findall(
        "a an and any are at bought buy do for from get got had has have i in is it item items me"
        " my of on one ones or order ordered please product products some that the them thing things"
        " this to was want with you your"
    )
)
_PREFIX: Final = 0.9
"""What a word is worth that only begins like the other: `water`, `waterproof`."""


def words(text: str) -> list[str]:
    """The words of a text in small letters, without accents and filler words."""
    plain = unicodedata.normalize("NFKD", text.casefold())
    plain = "".join(letter for letter in plain if not unicodedata.combining(letter))
    return [word for word in _WORD.findall(plain) if word not in _FILLERS]


def closeness(typed: str, known: str) -> float:
    """0 to 1: 1 for the same word, 0 for two words that have nothing to do with each other."""
    if typed == known:
        return 1.0
    shorter = min(len(typed), len(known))
    if shorter < 3:
        return 0.0
    if len(typed) >= 4 and known.startswith(typed):
        return _PREFIX
    allowed = 2 if shorter >= 7 else 1
    if abs(len(typed) - len(known)) > allowed:
        return 0.0
    wrong = OSA.distance(typed, known, score_cutoff=allowed)
    if wrong > allowed or (shorter <= 5 and typed[0] != known[0]):
        return 0.0
    return 1.0 - wrong / (max(len(typed), len(known)) + 1)


class Vocabulary:
    """The words of many things, prepared to be looked up in again and again.

    `things` gives for each thing its texts and their weights: 1 for a name, less for what is beside it.
    """

    def __init__(self, things: Mapping[int, Iterable[tuple[str, float]]]) -> None:
        self._keys = list(things)
        self._weights: dict[str, dict[int, float]] = {}
        for key, texts in things.items():
            for text, weight in texts:
                self._learn(key, words(text), weight)

    def _learn(self, key: int, single: list[str], weight: float) -> None:
        # `head torch` is also found as `headtorch`.
        joined = [first + second for first, second in pairwise(single)]
        for word in single + joined:
            weights = self._weights.setdefault(word, {})
            weights[key] = max(weight, weights.get(key, 0.0))

    def scores(self, text: str) -> dict[int, float]:
        """How well each thing fits the text, 0 to 1; things that do not fit at all are left out.

        A typed word that fits nothing at all says nothing, so it does not count.
        """
        telling = [fits for word in dict.fromkeys(words(text)) if (fits := self._fits(word))]
        totals = {key: sum(fits.get(key, 0.0) for fits in telling) for key in self._keys}
        return {key: total / len(telling) for key, total in totals.items() if total}

    def _fits(self, typed: str) -> dict[int, float]:
        """By thing: how close its closest word comes, times that word's weight."""
        best: dict[int, float] = {}
        for known, weights in self._weights.items():
            if close := closeness(typed, known):
                for key, weight in weights.items():
                    best[key] = max(best.get(key, 0.0), close * weight)
        return best


def scores(text: str, things: Mapping[int, Iterable[tuple[str, float]]]) -> dict[int, float]:
    """`Vocabulary(things).scores(text)`, for things that are looked at only once."""
    return Vocabulary(things).scores(text)
