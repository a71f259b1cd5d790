"""Postcodes of the countries the shop sends to: finding one in a text, and writing it the usual way."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

_SHAPES: Final = (
    # Ireland's come first: nothing else looks like them. The last four hold a digit, so `A12 road` is none.
    ("IE", re.compile(r"\b(?:[a-z]\d{2}|d6w)[ -]?(?=[a-z]{0,3}\d)[a-z0-9]{4}\b", re.IGNORECASE)),
    ("GB", re.compile(r"\b[a-z]{1,2}\d[a-z\d]? ?\d[a-z]{2}\b", re.IGNORECASE)),
    ("CA", re.compile(r"\b[a-z]\d[a-z][ -]?\d[a-z]\d\b", re.IGNORECASE)),
    # Capital letters only: `1200 St` is a street.
    ("NL", re.compile(r"\b[1-9]\d{3} ?[A-Z]{2}\b")),
    ("PT", re.compile(r"\b\d{4}-\d{3}\b")),
    ("PL", re.compile(r"\b\d{2}-\d{3}\b")),
    ("US", re.compile(r"\b\d{5}-\d{4}\b")),
    ("", re.compile(r"(?<![\d-])\d{3} \d{2}(?![\d-])")),
)
# Four to six bare digits are a postcode, but not at the start (a house number) or after what they number.
_BARE: Final = re.compile(r"(?<=\S)(?<!unit)(?<!flat)(?<!apt)(?<!no)[\s,;]+(\d{4,6})(?![\d-])", re.IGNORECASE)


@dataclass(frozen=True)
class Postcode:
    """A postcode as it is written, the country whose shape it has (or nothing), and where it stood."""

    code: str
    country: str
    start: int
    end: int


def find(text: str) -> Postcode | None:
    """The postcode in a text, if there is one."""
    for country, shape in _SHAPES:
        if (found := shape.search(text)) is not None:
            return Postcode(_written(found[0], country), country, found.start(), found.end())
    bare = next(reversed(list(_BARE.finditer(text))), None)
    return Postcode(bare[1], "", bare.start(1), bare.end(1)) if bare else None


def _written(code: str, country: str) -> str:
    plain = re.sub(r"[ -]", "", code).upper()
    if country == "IE":
        return f"{plain[:3]} {plain[3:]}"
    if country in {"GB", "CA"}:
        return f"{plain[:-3]} {plain[-3:]}"
    if country == "NL":
        return f"{plain[:4]} {plain[4:]}"
    return code
