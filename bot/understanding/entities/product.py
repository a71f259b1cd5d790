"""Products: the catalogue's names, whole or shortened, and the plain words for kinds of things."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from typing import Final

from bot.understanding.entities.span import Span
from bot.understanding.entities.text import Text, word_set
from bot.understanding.entities.typing_errors import Typos

_DETERMINERS: Final = word_set("the my this that your these those his her our")
_DIGITS: Final = {"1": "one", "2": "two", "3": "three"}
_NO_SINGULAR: Final = frozenset({"tights", "shorts", "tops", "sets", "ups"})
"""`too short` is no product."""

_MEASURES: Final = frozenset({"size", "sizes", "sizing"})
"""`my shoe size` is not about a shoe."""

_GLUE: Final = re.compile(r"[\s'’–-]{0,3}")
_HINT_CONFIDENCE: Final = 0.8


def name_words(name: str) -> tuple[str, ...]:
    """The words of a name in small letters: `Cairn Two-Person Tent` has four."""
    return tuple(re.findall(r"[^\W_]+", name.lower()))


def stem(word: str) -> str:
    """The word without the ending of a plural or a genitive."""
    word = _DIGITS.get(word, word).removesuffix("'s")
    if len(word) > 3 and word.endswith("s") and not word.endswith("ss"):
        return word[:-1]
    return word


class ProductFinder:
    """Finds what a shop sells.

    `names`: the catalogue's. `kinds`: phrases such as `boots` or `rain jacket`, in small letters.
    `not_names`: beginnings of names that mean something else when they stand alone, such as `wicklow way`.
    """

    def __init__(
        self, names: Sequence[str], kinds: Collection[str], typos: Typos, not_names: Collection[str] = ()
    ) -> None:
        self._typos = typos
        self._not_names = not_names
        self._stems = {name: tuple(map(stem, name_words(name))) for name in names}
        self._by_first: dict[str, list[str]] = defaultdict(list)
        for name, stems in self._stems.items():
            if stems:
                self._by_first[stems[0]].append(name)
        self._kinds: dict[str, list[tuple[str, ...]]] = defaultdict(list)
        for phrase in sorted(with_plurals(kinds), key=len, reverse=True):
            words = tuple(phrase.split())
            self._kinds[words[0]].append(words)
            if len(words) == 2:
                # tshirt, headtorch
                self._kinds["".join(words)].append(("".join(words),))
        single = {words[0] for group in self._kinds.values() for words in group if len(words) == 1}
        self._near = [*self._by_first, *(word for word in single if word not in self._by_first)]

    def find(self, text: Text) -> Iterator[Span]:
        """Every product; the value is the catalogue's name where it can only be that one, else the words
        typed.
        """
        index = 0
        words = tuple(word.text for word in text.words)
        while index < len(words):
            span, used = self._named(text, words, index) or self._kind(text, words, index) or (None, 1)
            if span:
                yield span
            index += used

    def _named(self, text: Text, words: Sequence[str], index: int) -> tuple[Span, int] | None:
        first = stem(words[index])
        sure = first in self._by_first
        if not sure:
            meant = self._typos.meant(words[index], self._near, "product")
            if meant is None or meant not in self._by_first:
                return None
            first = meant
        found = [(self._matched(name, text, index), name) for name in self._by_first[first]]
        (hits, used), _ = max(found)
        if hits == 1 and not self._stands_alone(text, words, index, sure):
            return None
        if " ".join(words[index : index + used]) in self._not_names:
            return None
        best = [name for match, name in found if match == (hits, used)]
        start, end = text.words[index].start, text.words[index + used - 1].end
        value = best[0] if len(best) == 1 else text.raw[start:end].lower()
        return Span("product", value, start, end, 1.0 if sure and hits > 1 else _HINT_CONFIDENCE), used

    def _matched(self, name: str, text: Text, index: int) -> tuple[int, int]:
        """How many words of the name follow in its order, and how many of the text's words that takes."""
        wanted, place, used = self._stems[name], 1, 1
        hits = 1
        while index + used < len(text.words) and self._glued(text, index + used):
            typed = stem(text.words[index + used].text)
            rest = wanted[place:]
            near = typed if typed in rest else self._typos.meant(text.words[index + used].text, rest, name)
            if near is None:
                break
            place += rest.index(near) + 1
            hits, used = hits + 1, used + 1
        return hits, used

    def _stands_alone(self, text: Text, words: Sequence[str], index: int, sure: bool) -> bool:
        """Whether the first word of a name is enough: `my Errigal`, but not `Wicklow` in an address."""
        word = text.words[index]
        if not sure or self._typos.is_english(word.text) or word.text in self._not_names:
            return False
        goes_on = bool(text.after(index)) and text.raw[text.words[index + 1].start].isupper()
        return len(words) <= 2 or (text.before(index) in _DETERMINERS and not goes_on)

    def _kind(self, text: Text, words: Sequence[str], index: int) -> tuple[Span, int] | None:
        first = _DIGITS.get(words[index], words[index]).removesuffix("'s")
        if text.after(index) in _MEASURES:
            return None
        confidence = 1.0
        if first not in self._kinds:
            meant = self._typos.meant(first, self._near, "product")
            if meant is None or meant not in self._kinds:
                return None
            first, confidence = meant, _HINT_CONFIDENCE
        for phrase in self._kinds[first]:
            last = index + len(phrase) - 1
            if last < len(words) and all(
                self._is(text, words, index + n, phrase[n]) for n in range(1, len(phrase))
            ):
                end = text.words[last].start + len(words[last].removesuffix("'s"))
                return Span("product", " ".join(phrase), text.words[index].start, end, confidence), len(
                    phrase
                )
        return None

    def _is(self, text: Text, words: Sequence[str], index: int, wanted: str) -> bool:
        typed = words[index].removesuffix("'s")
        same = typed == wanted or self._typos.meant(typed, (wanted,), f"product:{wanted}") is not None
        return same and self._glued(text, index)

    @staticmethod
    def _glued(text: Text, index: int) -> bool:
        """Whether nothing but a space or a hyphen stands before word `index`."""
        return bool(_GLUE.fullmatch(text.raw, text.words[index - 1].end, text.words[index].start))


def with_plurals(kinds: Collection[str]) -> set[str]:
    """The phrases, each in singular and plural."""
    found = set(kinds)
    for phrase in kinds:
        if not phrase.endswith("s"):
            found.add(f"{phrase}es" if phrase.endswith(("ch", "sh", "x")) else f"{phrase}s")
        elif not phrase.endswith("ss") and phrase.split()[-1] not in _NO_SINGULAR:
            found.add(phrase[:-1])
    return found
