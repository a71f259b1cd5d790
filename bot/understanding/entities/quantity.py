"""Quantities: how many things, and how many points."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.understanding.entities.numbers import number
from bot.understanding.entities.span import Span
from bot.understanding.entities.text import Text, word_set

MOST: Final = 100_000

_POWERS: Final = {"hundred": 100, "thousand": 1000}
_TIMES: Final = re.compile(r"(?=.*x)x?([0-9]{1,3})x?", re.ASCII)
_THOUSANDS: Final = re.compile(r"(?<![\w.,€$£-])[0-9]{1,3}(?:,[0-9]{3})+(?= (?:points|pts|lark)\b)", re.ASCII)

_COUNTED: Final = word_set(
    "points point pts items item things thing pieces piece pcs pairs pair units copies sets packs "
    "gift more less fewer each left lark parcels"
)
"""Words that make a number before them a quantity."""

_BEFORE: Final = word_set(
    "quantity qty only just bought buy buying ordered order got count counted make take want wanted "
    "need add remove all to have x be it not count pay paid plus use redeem spend convert reserve "
    "hold send return returning"
)
"""Words that make a number after them a quantity, unless it goes on with a noun of another kind."""

_OTHER_UNITS: Final = re.compile(
    r"\s?(?:%|€|\$|£|(?:euros?|eur|quid|pounds?|percent|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|nights?"
    r"|stars?|cm|mm|km|m|kg|g|ml|l|inch(?:es)?|feet|foot|ft|am|pm|o'clock|people|persons?|person|times|sizes?|seasons?"
    r"|way|side|cards? (?:is|was)|different|separate|email|accounts?|left|identical)\b)",
    re.IGNORECASE,
)
_PLAIN_WORDS: Final = word_set(
    "the a an please pls thanks thank yes ok just only i'd like want i need x quantity qty in total "
    "pcs pieces them then it's all both about maybe make it"
)
_ENDS: Final = frozenset({"", "please", "pls", "instead", "not", "and", "but", "then", "on", "for"})
"""After a number: nothing that it could count."""

_THINGS: Final = frozenset({"the", "those", "these", "them", "my", "your", "each"})
"""After `of`: `two of those`."""

_ONE_OF_THESE: Final = word_set(
    "this that which the every each any no another other first last second third no-one"
)
"""Before `one`, they make it a pronoun."""


def find(text: Text, settled: Sequence[Span]) -> Iterator[Span]:
    """Every quantity, in digits. `settled`: the things found so far; a number before a product counts it."""
    for found in _THOUSANDS.finditer(text.raw):
        yield Span("quantity", re.sub(r"\D", "", found[0]), found.start(), found.end())
    things = {span.start for span in settled if span.entity in {"product", "color"}}
    for index, word in enumerate(text.words):
        count, start = _typed(text, index)
        if 0 < count <= MOST and not _is_part(text.raw, start, word.end) and _counts(text, index, things):
            yield Span("quantity", str(count), start, word.end)


def _typed(text: Text, index: int) -> tuple[int, int]:
    """The number that ends with word `index`, and where it starts; 0 for none."""
    word = text.words[index]
    if times := _TIMES.fullmatch(word.text):
        return int(times[1]), word.start
    if text.after(index) in _POWERS:
        return 0, word.start
    if word.text in _POWERS:
        factor = number(text.before(index)) or 0
        return _POWERS[word.text] * (factor or 1), text.words[index - 1].start if factor else word.start
    return number(word.text) or 0, word.start


def _is_part(raw: str, start: int, end: int) -> bool:
    """Whether the number belongs to something longer: `4.95`, `#12`, `12-14`, `€5`."""
    before, after = raw[max(0, start - 1) : start], raw[end : end + 2]
    return (before in tuple("#€$£./-@+:,") and before != "") or bool(
        re.match(r"[.,:/-][0-9]|[/@%€$£]", after)
    )


def _counts(text: Text, index: int, things: set[int]) -> bool:
    word, after = text.words[index], text.after(index)
    if text.before(index) in {"number", "nr", "no"}:
        return False
    if _TIMES.fullmatch(word.text) or _is_alone(text, index):
        return True
    if after in {"points", "pts", "lark"}:
        return True
    if _OTHER_UNITS.match(text.raw, word.end):
        return False
    if word.text == "one":
        return _one_counts(text, index, things)
    return _before_thing(text, index, things) or after in _COUNTED or _closes(text, index)


def _one_counts(text: Text, index: int, things: set[int]) -> bool:
    """`one` is a number only where it can be no pronoun."""
    before, after = text.before(index), text.after(index)
    if before in _ONE_OF_THESE and not (before == "the" and text.before(index, 2) == "only"):
        return False
    if after == "of":
        return text.after(index, 2) == "each" or before in {"just", "only"}
    if after in {"pair", "piece", "item", "unit", "more", "less"}:
        return text.after(index, 2) not in {"question", "time", "minute", "moment", "day", "try"}
    if _before_thing(text, index, things):
        return True
    if before == "of":
        return text.before(index, 2) == "instead" and after in _ENDS
    return before in {"just", "only", "bought", "the"} and after in _ENDS | {"as", "in", "came", "arrived"}


def _before_thing(text: Text, index: int, things: set[int]) -> bool:
    """Whether a product follows, or a colour."""
    return bool(text.after(index)) and text.words[index + 1].start in things


def _closes(text: Text, index: int) -> bool:
    """`make it two`, `update to four`, `I count 2`: nothing follows that could be counted."""
    after = text.after(index)
    if after == "of" and text.after(index, 2) in _THINGS:
        return True
    return text.before(index) in _BEFORE and after in _ENDS


def _is_alone(text: Text, index: int) -> bool:
    """Whether the message says nothing but the number, give or take a courtesy."""
    others = [word.text for place, word in enumerate(text.words) if place != index]
    return len(others) <= 4 and all(other in _PLAIN_WORDS for other in others)
