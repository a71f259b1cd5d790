"""Numbers as people type them (`2`, `two`) and places in a list (`1 and 3`, `the second one`, `last`)."""

from __future__ import annotations

import re
from typing import Final

_CARDINALS: Final = re.findall(r"\w+", "zero one two three four five six seven eight nine ten eleven twelve")
_NUMBERS: Final = {word: number for number, word in enumerate(_CARDINALS)} | {
    "couple": 2,
    "pair": 2,
    "dozen": 12,
}
_ORDINALS: Final = re.findall(r"\w+", "first second third fourth fifth sixth seventh eighth ninth tenth")
_PLACES: Final = {word: place for place, word in enumerate(_ORDINALS, start=1)}

_TOKEN: Final = re.compile(r"\d{1,9}(?:st|nd|rd|th)?|[^\W\d_]+")
_RANGE: Final = re.compile(r"\b(\d{1,2}) ?(?:-|–|to) ?(\d{1,2})\b")
_SOME_AT_AN_END: Final = re.compile(r"\b(first|last) (\d|two|three|four|five)\b")
_NO_PLACE: Final = re.compile(
    r"\b(?:first of all|at first|first time|at last|(?:a|one) second"
    r"|last (?:week|month|year|night|time))\b"
)
_FILLERS: Final = frozenset(
    re.findall(
        r"\w+",
        "a also an and be both but choose er hmm i id is it item items just like line lines ll maybe need no"
        " nr number numbers of okay ok only option order parcel pick please pls plus return send so take that"
        " the then these think this those to um want with would yes",
    )
)


def words(text: str) -> list[str]:
    """The words and numbers of a text, in small letters; what follows an apostrophe falls away."""
    return _TOKEN.findall(re.sub(r"['’]\w+", "", text.casefold()))


def number(text: str) -> int | None:
    """The only number in the text; None when there is none, or more than one."""
    found = {value for word in words(text) if (value := _value(word)) is not None}
    return found.pop() if len(found) == 1 else None


def positions(text: str, count: int) -> list[int]:
    """The places (from 1) in a list of `count` that the text names; none when it speaks of something else.

    Ordinals count wherever they stand; plain numbers only when the text holds nothing but them, so that
    `size 42` or `2 mugs` name no place.
    """
    plain = _RANGE.sub(_spelled_out, _NO_PLACE.sub(" ", text.casefold()))
    if (some := _SOME_AT_AN_END.search(plain)) is not None:
        many = min(_value(some[2]) or 0, count)
        return list(range(1, many + 1) if some[1] == "first" else range(count - many + 1, count + 1))
    typed = words(plain)
    ordinals = [place for word in typed if (place := _place(word, count)) is not None]
    if ordinals:
        numbers = [int(word) for word in typed if word.isdecimal()]
        return [place for place in dict.fromkeys([*ordinals, *numbers]) if 1 <= place <= count]
    return _numbers_alone([word for word in typed if word not in _FILLERS], bare=len(typed) == 1, count=count)


def _numbers_alone(typed: list[str], *, bare: bool, count: int) -> list[int]:
    if typed == ["one"] and not bare:
        return []
    numbers = [_value(word) for word in typed]
    inside = [value for value in numbers if value is not None and 1 <= value <= count]
    return list(dict.fromkeys(inside)) if len(inside) == len(numbers) else []


def _place(word: str, count: int) -> int | None:
    if re.fullmatch(r"\d+(st|nd|rd|th)", word):
        return int(word[:-2])
    if word in {"last", "bottom"}:
        return count
    if word == "middle":
        return (count + 1) // 2
    return 1 if word == "top" else _PLACES.get(word)


def _spelled_out(found: re.Match[str]) -> str:
    low, high = int(found[1]), int(found[2])
    return " ".join(str(value) for value in range(low, high + 1)) if low < high else found[0]


def _value(word: str) -> int | None:
    return int(word) if word.isdecimal() else _NUMBERS.get(word)
