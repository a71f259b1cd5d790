"""Colours: those of the catalogue, and other words for them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.understanding.entities.span import Span
from bot.understanding.entities.text import Text
from bot.understanding.entities.typing_errors import Typos

_SAME: Final = {
    "navy": "navy blue|dark blue|midnight blue|marine",
    "grey": "gray|charcoal|anthracite|silver",
    "forest green": "dark green|bottle green|deep green|racing green",
    "burgundy": "wine red|dark red|maroon|bordeaux",
    "sand": "beige|tan|cream|khaki|camel",
    "teal": "turquoise|petrol|blue green|blue-green",
    "blue": "light blue|sky blue|royal blue",
    "green": "light green|lime green|lime",
    "red": "bright red|scarlet",
    "orange": "rust red",
    "yellow": "mustard",
}
"""Words for a colour of the catalogue. Where the catalogue has it by the other word, that one stays."""

_OTHERS: Final = ("black", "white", "brown", "pink", "purple", "olive", "violet", "lilac", "gold")
"""Colours that a customer may name, and no product may have."""


class ColorFinder:
    """Finds the colours of one catalogue."""

    def __init__(self, colors: Sequence[str], typos: Typos) -> None:
        known = {color.lower(): color for color in colors}
        self._values = {color: color for color in _OTHERS} | known
        for color, words in _SAME.items():
            self._values |= {word: known.get(word, color) for word in words.split("|")} | {color: color}
        longest_first = sorted(self._values, key=len, reverse=True)
        self._pattern = re.compile(
            rf"(?<![\w@.-])(?:{'|'.join(map(re.escape, longest_first))})(?![\w@])(?! friday)", re.IGNORECASE
        )
        self._typos = typos
        self._single = [color for color in (*known, *_OTHERS) if color.isalpha() and len(color) > 4]

    def find(self, text: Text) -> Iterator[Span]:
        """Every colour; the value is the catalogue's word for it."""
        for found in self._pattern.finditer(text.raw):
            yield Span("color", self._values[found[0].lower()], found.start(), found.end())
        for word in text.words:
            meant = self._typos.meant(word.text, self._single, "color")
            if meant:
                yield Span("color", self._values[meant], word.start, word.end, 0.8)
