"""Typing errors: which known word an unknown one was meant to be."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from typing import Final

from rapidfuzz import process
from rapidfuzz.distance import OSA

_SHORTEST: Final = 5
"""Letters. Shorter words have too many neighbours."""

_LONG: Final = 8
"""From here on two errors are forgiven."""

_NO_APOSTROPHE: Final = re.compile(
    r"(?:that|what|where|there|here|who|how|when|let|she|it)(?:s|re|ll|d)|they(?:re|ll|ve|d)|"
    r"(?:do|does|did|is|are|was|were|have|has|had|could|would|should|ca|wo)nt"
)
"""`thats right` is not about hats."""

_REMEMBERED: Final = 5000


class Typos:
    """Looks for near words, only for what is no English word itself: `books` are not `boots`."""

    def __init__(self, english: Collection[str]) -> None:
        self._english = english
        self._known: dict[tuple[str, str], str | None] = {}

    def is_english(self, word: str) -> bool:
        """Whether `word` (in small letters) is spelled right as it is."""
        return word in self._english

    def meant(self, word: str, known: Sequence[str], kind: str) -> str | None:
        """The one of `known` that `word` was meant to be; None for a right word and for one unlike all of
        them.

        `kind` names the list `known`, always the same for the same one.
        """
        if len(word) < _SHORTEST or word in self._english or not word.isalpha():
            return None
        if _NO_APOSTROPHE.fullmatch(word):
            return None
        if (known_as := self._known.get((kind, word), word)) != word:
            return known_as
        nearest = self._nearest(word, known)
        if len(self._known) >= _REMEMBERED:
            self._known.clear()
        self._known[kind, word] = nearest
        return nearest

    @staticmethod
    def _nearest(word: str, known: Sequence[str]) -> str | None:
        allowed = 2 if len(word) >= _LONG else 1
        found = process.extractOne(word, known, scorer=OSA.distance, score_cutoff=allowed)
        # Neither an exact match nor a plural is an error; what is wanted of them has been found already.
        return found[0] if found and word not in {found[0], f"{found[0]}s"} else None
