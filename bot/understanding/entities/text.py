"""A text as the entity finders read it: raw characters, and words with their places."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

MAX_CHARACTERS: Final = 2000
"""Of a longer text only the beginning is examined."""

_WORD: Final = re.compile(r"[^\W_]+(?:['’][^\W_]+)*")


@dataclass(frozen=True, slots=True)
class Word:
    """One word in small letters, with straight apostrophes, at `start:end` of the raw text."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Text:
    """Every finder gets the same reading, so that offsets agree."""

    raw: str
    words: tuple[Word, ...]

    @classmethod
    def read(cls, raw: str) -> Text:
        """Read the first `MAX_CHARACTERS` of any text."""
        shown = raw[:MAX_CHARACTERS]
        return cls(
            shown,
            tuple(Word(m[0].lower().replace("’", "'"), m.start(), m.end()) for m in _WORD.finditer(shown)),
        )

    def before(self, index: int, count: int = 1) -> str:
        """The word `count` places before word `index`; empty when there is none or a sentence ended
        between.
        """
        other = index - count
        return self.words[other].text if other >= 0 and self._joined(other, index) else ""

    def after(self, index: int, count: int = 1) -> str:
        """The same, `count` places after."""
        other = index + count
        return self.words[other].text if other < len(self.words) and self._joined(index, other) else ""

    def _joined(self, first: int, last: int) -> bool:
        between = self.raw[self.words[first].end : self.words[last].start]
        return not any(mark in between for mark in ".,;:!?\n")


def word_set(words: str) -> frozenset[str]:
    """The words of a constant, written with spaces between them."""
    return frozenset(words.split())
