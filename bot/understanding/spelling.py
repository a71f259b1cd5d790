"""Typing errors set right before a text is read: `chnage my adress` becomes `change my address`.

Only what is no English word is touched, and it only becomes a word that the training data says several times.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Final, Self

from rapidfuzz.distance import OSA

_WORD: Final = re.compile(r"[a-z]+(?:'[a-z]+)?", re.IGNORECASE)
_ENDING: Final = re.compile(r"(?:s|es|d|ed|ing|er|ly|'s|n't)$")
_SHORTEST: Final = 4
_OFTEN: Final = 2
"""Times a word is said in the training data before it counts as spelled right."""

_SAME_START: Final = 3
"""People seldom mistype the first letter: a word that begins alike counts this many times."""


class Speller:
    """Corrects one typing error a word. `counts`: the words of the training data; `english`: words left
    alone.
    """

    def __init__(self, counts: Mapping[str, int], english: Collection[str]) -> None:
        self._counts = counts
        self._english = english
        self._by_less: dict[str, list[str]] = defaultdict(list)
        for word in counts:
            if len(word) >= _SHORTEST:
                for key in {word, *_one_less(word)}:
                    self._by_less[key].append(word)

    @classmethod
    def learn(cls, texts: Iterable[str], english: Collection[str]) -> Self:
        """Learn the words of `texts`."""
        said = Counter(word for text in texts for word in _WORD.findall(text.lower()))
        return cls({word: count for word, count in said.items() if count >= _OFTEN}, english)

    def correct(self, text: str) -> str:
        """The text with its typing errors set right, as far as they are sure."""
        return _WORD.sub(lambda found: self._corrected(found[0]), text)

    def to_json(self) -> str:
        """The learnt words, for the model's archive."""
        return json.dumps(self._counts)

    @classmethod
    def from_json(cls, written: str, english: Collection[str]) -> Self:
        """What `to_json` wrote."""
        return cls(json.loads(written), english)

    def _corrected(self, typed: str) -> str:
        word = typed.lower()
        if len(word) < _SHORTEST or self._is_right(word):
            return typed
        near = {other for key in (word, *_one_less(word)) for other in self._by_less.get(key, ())}
        near = {other for other in near if OSA.distance(word, other, score_cutoff=1) <= 1}
        return max(sorted(near), key=lambda other: self._weight(word, other), default=typed)

    def _weight(self, word: str, other: str) -> int:
        return self._counts[other] * (_SAME_START if word[0] == other[0] else 1)

    def _is_right(self, word: str) -> bool:
        if self._knows(word):
            return True
        root = _ENDING.sub("", word)
        # wanted, hopes, running
        return root != word and (
            self._knows(root)
            or self._knows(f"{root}e")
            or (root[-2:-1] == root[-1:] and self._knows(root[:-1]))
        )

    def _knows(self, word: str) -> bool:
        return word in self._english or word in self._counts


def _one_less(word: str) -> set[str]:
    """The word without any one of its letters: two words one error apart share one of these (or are one)."""
    return {word[:place] + word[place + 1 :] for place in range(len(word))}
