"""Sizes: letters, words and numbers."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Final

from bot.understanding.entities.span import Span
from bot.understanding.entities.text import Text, word_set

_LETTERS: Final = {"xxs", "xs", "s", "m", "l", "xl", "xxl", "xxxl", "2xl", "3xl"}
_CANON: Final = {"2xl": "XXL", "3xl": "XXXL"}
_WORDS: Final = {"small": "S", "medium": "M", "large": "L"}
_EXTRA: Final = re.compile(
    r"(?<![\w'’-])(?P<x>(?:extra[ -]?|x[ -]?){1,3})(?P<word>small|large)(?!\w)", re.IGNORECASE
)
_ONE_SIZE: Final = re.compile(
    r"(?<!\w)one[ -]size(?!\w)(?! (?:up|down|bigger|smaller|larger))", re.IGNORECASE
)
_AFTER_SIZE: Final = re.compile(
    r"\b(?:sizes?|eu|uk|us|eur)(?: (?:is|in|number|nr|eu|uk|us|of|a)){0,3}:? ?"
    r"(?P<size>[0-9]{1,2}(?:[.,]5|½)?)(?![\w%€]|[.,:/-][0-9])",
    re.IGNORECASE | re.ASCII,
)
_LOWEST, _HIGHEST = 34, 48

_BEFORE_NUMBER: Final = word_set(
    "size sizes a an in eu number nr this my the usual or and to than from between take wear me "
    "ladies ladies' mens men's womens women's have"
)
_BEFORE_OTHER_NUMBER: Final = frozenset({"a", "an"})
_WEAR: Final = re.compile(r"\b(?:wear|takes?|i'm|size|sizes|measure\w*|fits?)\b", re.IGNORECASE)
_EXCHANGE: Final = re.compile(r"\b(?:exchang|swap|chang|switch|trad)", re.IGNORECASE)
_NO_SIZE_AFTER: Final = re.compile(
    r"\s?(?:%|€|\$|£|\"|″|(?:euros?|eur|quid|pounds?|percent|minutes?|hours?|days?|weeks?|months?|years?|points?"
    r"|pts|inch(?:es)?|cm|mm|km|kg|g|ml|l|litres?|items?|pieces?|orders?|foot|st|street|road|people|times|stars?"
    r"|[a-z]+ (?:street|road))\b)",
    re.IGNORECASE,
)
_BEFORE_WORD: Final = word_set(
    "size a an in the to than from be get need got of any take want prefer extra is as into for between"
)
_AFTER_WORD: Final = word_set(
    "one ones please pls in rather instead left with available is or and to but from than size sizes "
    "if not then with back too would be should do have for fits fit"
)


def find(text: Text, settled: Sequence[Span]) -> Iterator[Span]:
    """Every size; the value is the catalogue's, e.g. `M`, `42`, `one-size`. `settled`: the things found so
    far.
    """
    for found in _EXTRA.finditer(text.raw):
        times = len(re.findall(r"extra|x", found["x"], re.IGNORECASE))
        yield Span("size", "X" * times + _WORDS[found["word"].lower()], found.start(), found.end())
    for found in _ONE_SIZE.finditer(text.raw):
        yield Span("size", "one-size", found.start(), found.end())
    for found in _AFTER_SIZE.finditer(text.raw):
        value = found["size"].replace(",", ".").replace("½", ".5")
        yield Span("size", value, found.start("size"), found.end("size"))
    things = [span for span in settled if span.entity in {"product", "color"}]
    starts, ends = {span.start for span in things}, {span.end for span in things}
    for index, word in enumerate(text.words):
        if word.text in _LETTERS and _is_letter(text, index):
            yield Span("size", _CANON.get(word.text, word.text.upper()), word.start, word.end)
        elif word.text in _WORDS and _is_word(text, index, starts, ends):
            yield Span("size", _WORDS[word.text], word.start, word.end)
        elif (
            len(word.text) == 2
            and word.text.isascii()
            and word.text.isdecimal()
            and _is_number(text, index, ends)
        ):
            yield Span("size", word.text, word.start, word.end)


def _is_letter(text: Text, index: int) -> bool:
    """`M`, `size m`, and longer ones in any case; not the `s` of `what's up` or of `s.oduya`."""
    word = text.words[index]
    around = text.raw[max(0, word.start - 1) : word.start] + text.raw[word.end : word.end + 1]
    if re.search(r"\w-$", text.raw[max(0, word.start - 2) : word.start]):
        return False
    if any(
        mark in "'’.@&_/" and not (mark == "." and word.end + 1 >= len(text.raw)) for mark in around.strip()
    ):
        return around.strip() == "/" and text.raw[word.start : word.end].isupper()
    typed = text.raw[word.start : word.end]
    if len(typed) > 1 or len(text.words) == 1:
        return True
    return (
        typed.isupper()
        or text.before(index) in {"size", "sizes", "an"}
        or (text.before(index) == "in" and not text.after(index))
    )


def _is_word(text: Text, index: int, starts: set[int], ends: set[int]) -> bool:
    """`a medium`, `in small`; not `a small problem` and not `too large`."""
    before, after = text.before(index), text.after(index)
    if len(text.words) == 1 or before in {"size", "sizes"}:
        return True
    if index + 1 < len(text.words) and text.words[index + 1].start in starts:
        # `a large backpack` is a big one, `a large in blue` a size.
        return False
    colored = index > 0 and text.words[index - 1].end in ends
    if before in {"or", "and"}:
        return text.before(index, 2) in _LETTERS | _WORDS.keys() | {"a"}
    return (before in _BEFORE_WORD or not before or colored) and (not after or after in _AFTER_WORD)


def _is_number(text: Text, index: int, ends: set[int]) -> bool:
    word, before = text.words[index], text.before(index)
    raw = text.raw
    glued = raw[max(0, word.start - 1) : word.start]
    if (glued and glued in "#€$£./-@+:,&") or re.match(
        r"[.,:/-][0-9]|[/@%€$£\"]", raw[word.end : word.end + 2]
    ):
        return False
    if _NO_SIZE_AFTER.match(raw, word.end):
        return False
    if not _LOWEST <= int(word.text) <= _HIGHEST:
        return before in _BEFORE_OTHER_NUMBER and not text.after(index) and bool(_WEAR.search(raw))
    if before == "of":
        return text.before(index, 2) == "pair"
    if before == "for" and text.after(index) in {"", "in", "please", "pls", "instead"}:
        return bool(_EXCHANGE.search(raw))
    after_name = any(
        raw[end : word.start].strip(" ,") in {"", "in", "in a", "size"} for end in ends if end <= word.start
    )
    return len(text.words) <= 2 or before in _BEFORE_NUMBER or after_name
