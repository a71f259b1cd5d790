"""Reading an address out of a chat message: on one line or several, with or without talk around it."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from actions.addresses import postcodes
from actions.addresses.address import COUNTRIES, Address
from actions.addresses.postcodes import Postcode

MAX_TEXT: Final = 300
"""Characters; no address is longer."""

_STREET: Final = (
    "street|st|road|rd|avenue|ave|lane|ln|drive|dr|close|court|ct|place|pl|park|terrace|tce|grove|crescent|cres"
    "|square|sq|quay|row|heights|hill|way|walk|gardens|green|mews|manor|lawns?|woods?|rise|villas|parade"
    "|boulevard|blvd|rue|via|calle|plaza|piazza|avenida"
)
_COMPOUNDED: Final = "strasse|straße|str|weg|gasse|platz|allee|straat|plein|laan|gatan"
"""These also end longer words: Torstraße."""
_HOUSE_WORD: Final = "flat|apartment|apt|unit|house|cottages?|block|estate|farm|lodge|floor|mill|view"
_ENDS_IN_STREET: Final = re.compile(
    rf"(?:\b(?:{_STREET})|(?:{_COMPOUNDED}))\b\.?(?:\s+\d+[a-z]?\b)?", re.IGNORECASE
)
_OF_A_STREET: Final = re.compile(rf"\b(?:{_STREET}|{_HOUSE_WORD})\b", re.IGNORECASE)
_COUNTY: Final = re.compile(r"(?:co\.?|county)\s+\w+", re.IGNORECASE)
_DISTRICT: Final = re.compile(r"[^\W\d]+ \d{1,2}w?", re.IGNORECASE)
_BARE_NUMBER: Final = re.compile(r"\d+[a-z]?", re.IGNORECASE)
_HOUSE: Final = re.compile(
    r"\b(?:flat|apt\.?|apartment|unit|suite)\s+\w{1,4}[\s,]+(?=\w)"
    r"|\b(?:(?:no\.?|number)\s+)?\d+[a-z]?(?:\s*[-/]\s*\d+[a-z]?)?[\s,]+(?=[^\W\d_]{2})",
    re.IGNORECASE,
)
_ORDER_NUMBER: Final = re.compile(
    r"(?:\border(?:\s+number)?\s+#?(?:a[- ]?)?|#|\ba-?)\d{4,9}\b(?:\s*:)?", re.IGNORECASE
)
_MAIL: Final = re.compile(r"\S+@\S+")
_LEAD_IN: Final = re.compile(
    r"\b(?:send|deliver|ship|redirect|address)|(?:\b(?:to|is|at|it's|its|use|be|please|instead|office|home|work)|:)[\s,:-]*$",
    re.IGNORECASE,
)
_LEAD_IN_BEFORE: Final = re.compile(
    r"^.*?\b(?:send|deliver|ship|redirect|change|go)\b.*?\bto\b:?\s*|^.*?\baddress\b.*?(?:\bis\b|\bto\b|\bbe\b|:)\s*"
    r"|^\s*(?:it'?s|it is|to|at|use|please)\b\s*",
    re.IGNORECASE | re.DOTALL,
)
_NAMED_BEFORE: Final = re.compile(r"\b(?:to|for|is)\s+((?:[A-ZÀ-Þ][\w'’.-]+\s?){2,4}),\s*$")
"""Somebody's name, with capitals, right before the house: `to Bob Daly, 5 Green Lane`."""
_COURTESY: Final = re.compile(
    r"(?:[\s,;.!?]*\b(?:please|pls|plz|thanks|thank you|thx|instead|cheers|sorry))*[\s,;.!?]*$", re.IGNORECASE
)
_OPENING: Final = re.compile(
    r"^(?:\W*\b(?:hi|hello|sorry|please|yes|ok|okay|actually|oh|no(?!\.? ?\d))\b)+[\s,.!]*", re.IGNORECASE
)
_CALLED: Final = re.compile(
    r"(?:\b(?:the|my|our|and|with|correct|right|new)\s+)*\b(?:eircode|post ?code|zip(?: code)?)\b"
    r"[\s:]*(?:is|be)?[\s:]*$",
    re.IGNORECASE,
)
"""What people call the postcode, before they give it."""
_A_DATE: Final = re.compile(
    r"\d+\w* (?:january|february|march|april|may|june|july|august|september|october|november|december)",
    re.IGNORECASE,
)
_CHAT: Final = (
    "i i'm im you your my me we what why how when where which who mean want don't dont do not can can't could"
    " would should it it's is are was this that wrong other know have has yet"
)
TALK: Final = frozenset(_CHAT.split())
"""Words of a conversation, which no address holds."""
_COUNTRY_NAMES: Final = {name.lower(): code for code, name in COUNTRIES.items()} | {
    "republic of ireland": "IE",
    "northern ireland": "GB",
    "uk": "GB",
    "england": "GB",
    "scotland": "GB",
    "wales": "GB",
    "great britain": "GB",
    "deutschland": "DE",
    "the netherlands": "NL",
    "usa": "US",
}


def read_address(text: str) -> Address | None:
    """The address in a message, perhaps with gaps; None when there is none in it."""
    if len(text) > MAX_TEXT:
        return None
    text, code = without_postcode(_MAIL.sub(" ", _ORDER_NUMBER.sub(" ", text)).strip())
    parts, country = without_country(parts_of(without_talk(text)))
    coded = Address(postcode=code.code, country=country or code.country) if code else Address(country=country)
    found = _sorted_out(parts)
    if code and (not parts or (TALK & words_of(parts) and not any(map(_is_street, parts)))):
        return coded
    if found is None or not (code or _sounds_like_one(found, len(parts))):
        return None
    return replace(found, postcode=coded.postcode, country=coded.country)


def without_postcode(text: str) -> tuple[str, Postcode | None]:
    """The text without its postcode, and the postcode."""
    code = postcodes.find(text)
    if code is None:
        return text, None
    return f"{_CALLED.sub('', text[: code.start])}, {text[code.end :]}", code


def without_talk(text: str) -> str:
    """The text without `please send it to my office:` before the address and `thanks` behind it."""
    text = _OPENING.sub("", _COURTESY.sub("", text)).strip(" ,;.\n")
    house = _HOUSE.search(text)
    if house is None:
        return _LEAD_IN_BEFORE.sub("", text, count=1)
    before = text[: house.start()]
    if not _LEAD_IN.search(before):
        return text
    name = _NAMED_BEFORE.search(before)
    return text[name.start(1) if name else house.start() :]


def parts_of(text: str) -> list[str]:
    parts = [re.sub(r"\s+", " ", part).strip(" .:-") for part in re.split(r"[,;\n]", text)]
    parts = [part for part in parts if part]
    if len(parts) > 1 and _BARE_NUMBER.fullmatch(parts[0]):
        # `12, Sea View` is one thing.
        parts[:2] = [f"{parts[0]} {parts[1]}"]
    return [cased(part) for part in parts]


def cased(part: str) -> str:
    """`main st` as people write it on a label; what has capitals stays."""
    return re.sub(r"(?<![\w'’])[^\W\d_]", lambda letter: letter[0].upper(), part) if part.islower() else part


def without_country(parts: list[str]) -> tuple[list[str], str]:
    if parts and (code := _COUNTRY_NAMES.get(parts[-1].lower())) is not None:
        return parts[:-1], code
    return parts, ""


def _sorted_out(parts: list[str]) -> Address | None:
    """Name, street and town of an address's parts."""
    if not parts:
        return None
    if len(parts) == 1:
        return _one_part(parts[0])
    name = parts[0] if len(parts) > 2 and _is_name(parts[0], parts[1]) else ""
    rest = parts[1:] if name else list(parts)
    city = _town(rest)
    return Address(line=", ".join(rest), city=city, name=name)


def _town(parts: list[str]) -> str:
    """Take the town off the end; nothing when the last part is still the street."""
    county = parts.pop() if len(parts) > 2 and _COUNTY.fullmatch(parts[-1]) else ""
    last = parts[-1]
    if not county and _is_street(last) and not _DISTRICT.fullmatch(last):
        return ""
    parts.pop()
    return f"{last}, {county}" if county else last


def _one_part(part: str) -> Address:
    """Without commas, the town is what follows the word for the street."""
    ends = list(_ENDS_IN_STREET.finditer(part))
    if not ends:
        return Address(line=part) if _is_street(part) else Address(city=part)
    cut = ends[-1].end()
    return Address(line=part[:cut].strip(), city=part[cut:].strip(" ."))


def _is_street(part: str) -> bool:
    return bool(re.search(r"\d", part) or _OF_A_STREET.search(part))


def _is_name(part: str, following: str) -> bool:
    words = part.split()
    plain = not _is_street(part) and words[0].lower() not in {"the", "c/o"} and 2 <= len(words) <= 5
    return plain and _is_street(following)


def words_of(parts: list[str]) -> set[str]:
    return {word for part in parts for word in re.findall(r"[\w']+", part.lower().replace("’", "'"))}


def _sounds_like_one(address: Address, parts: int) -> bool:
    """Without a postcode, there must be a street that looks like one, and nothing that is conversation."""
    words = words_of([address.name, address.line, address.city])
    if words & TALK or _A_DATE.fullmatch(address.line):
        return False
    numbered = bool(re.search(r"\d", address.line))
    named = bool(_OF_A_STREET.search(address.line) or _ENDS_IN_STREET.search(address.line))
    return (numbered and (named or parts > 1)) or (named and parts > 1)
