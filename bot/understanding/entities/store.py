"""Stores, by city or street."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Final

from bot.understanding.entities.span import Span
from bot.understanding.entities.text import Text
from bot.understanding.entities.typing_errors import Typos

_ADDRESS_BEFORE: Final = re.compile(r"\b(?:co|county)\.?\s$", re.IGNORECASE)
_ADDRESS_AFTER: Final = re.compile(r",?\s(?:[0-9]{1,2}\b|[a-z][0-9]{2}\b)", re.IGNORECASE)
"""`Dublin 8` and `Cork, T12 V8Q4` are where somebody lives."""


class StoreFinder:
    """Finds the stores of one shop. `names`: how they are called, in small letters, and each one's id."""

    def __init__(self, names: Mapping[str, str], typos: Typos) -> None:
        self._names = dict(names)
        longest_first = sorted(names, key=len, reverse=True)
        pattern = "|".join(re.escape(name) for name in longest_first) or r"(?!)"
        self._pattern = re.compile(rf"(?<![\w@.-])(?:{pattern})(?![\w@])", re.IGNORECASE)
        self._typos = typos
        self._single = [name for name in names if name.isalpha() and len(name) > 4]

    def find(self, text: Text) -> Iterator[Span]:
        """Every store; the value is its id, e.g. `galway`."""
        for found in self._pattern.finditer(text.raw):
            before, after = text.raw[: found.start()], text.raw[found.end() :]
            if not (_ADDRESS_BEFORE.search(before[-8:]) or _ADDRESS_AFTER.match(after)):
                yield Span("store", self._names[found[0].lower()], found.start(), found.end())
        for word in text.words:
            meant = self._typos.meant(word.text, self._single, "store")
            if meant:
                yield Span("store", self._names[meant], word.start, word.end, 0.8)
