"""Short answers about an address: the rest of a partial one, another house number, a corrected postcode."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from actions.addresses.address import Address
from actions.addresses.address_reading import (
    TALK,
    cased,
    parts_of,
    read_address,
    without_country,
    without_postcode,
    without_talk,
    words_of,
)

_TOWN: Final = re.compile(r"[^\W\d_][\w'’.() -]{1,60}")
_NO_POSTCODE: Final = re.compile(
    r"\b(?:don'?t|do not) (?:know|have)|\bno (?:idea|eircode|post ?code|code|clue)"
    r"|\b(?:dunno|unknown|not sure)\b"
    r"|\bhaven'?t (?:got )?(?:one|any|it)\b|^\W*(?:none|no)\W*$",
    re.IGNORECASE,
)
_JUST_A_NUMBER: Final = re.compile(
    r"(?:\W*\b(?:no|it'?s|it is|it should (?:be|say)|the|house|street|number|should|be|is|its)\b)*"
    r"\W*(\d{1,4}[a-z]?)\W*",
    re.IGNORECASE,
)
_A_FLAT: Final = re.compile(
    r"\b(flat|apartment|apt\.?|unit)(?: number| no\.?)?(?: is| should be)? (\d{1,4}[a-z]?|[a-z])\W*$",
    re.IGNORECASE,
)
_ONLY_DIGITS: Final = re.compile(r"\s*\d{4,6}[\s.]*")
_YES_OR_NO: Final = re.compile(r"\W*[12]\W*")
"""At a confirmation, these press the first or the second button."""


def read_answer(text: str, typed: Address, known: Address) -> Address | None:
    """What an answer to "where to?" makes of the address; None when it is none.

    `typed`: what the customer gave so far. `known`: where the order goes now, for who corrects only a part.
    """
    if typed.line or typed.city or typed.postcode:
        return read_missing(text, typed)
    return _whole_or_part(text, replace(known, name="", country=""))


def read_correction(text: str, typed: Address) -> Address | None:
    """`typed` with what is corrected instead of a plain yes or no; None when nothing is."""
    if _YES_OR_NO.fullmatch(text):
        return None
    corrected = _whole_or_part(text, typed)
    return None if corrected == typed else corrected


def _whole_or_part(text: str, base: Address) -> Address | None:
    if (renumbered := read_house_number(text, base)) is not None:
        return renumbered
    whole = read_address(text)
    if whole is not None and not whole.line and not whole.city:
        return whole.over(base)
    return whole


def read_missing(text: str, partial: Address) -> Address | None:
    """`partial` with what a short answer to the question about its gaps adds; None when that adds nothing."""
    whole = read_address(text)
    if whole is not None and whole.line:
        return whole if partial.line else whole.over(partial)
    if not partial.postcode and _NO_POSTCODE.search(text):
        return replace(partial, no_postcode=True)
    if _ONLY_DIGITS.fullmatch(text):
        return replace(partial, postcode=text.strip(" ."))
    rest, code = without_postcode(text)
    parts, country = without_country(parts_of(re.sub(r"^\s*(?:it's )?in ", "", without_talk(rest))))
    town = ", ".join(parts) if _TOWN.fullmatch(", ".join(parts)) and not TALK & words_of(parts) else ""
    coded = Address(postcode=code.code, country=country or code.country) if code else Address(country=country)
    fuller = replace(coded, city="" if partial.city else cased(town)).over(partial)
    return None if fuller == partial else fuller


def read_house_number(text: str, known: Address) -> Address | None:
    """`known` with another house or flat number (`it should say 27B`, `flat 3`); None without one."""
    if (number := _JUST_A_NUMBER.fullmatch(text)) is not None:
        street = re.sub(r"^\s*\d+[a-z]?\b\s*", "", known.line, flags=re.IGNORECASE)
        return replace(known, line=f"{number[1].upper()} {street}")
    flat = _A_FLAT.search(text)
    return replace(known, line=f"{flat[1].capitalize()} {flat[2].upper()}, {known.line}") if flat else None
