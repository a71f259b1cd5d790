"""What a message says about somebody's details: which one, and what it is to be."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

import phonenumbers

from actions.heard import Heard

NAME, EMAIL, PHONE, BIRTHDAY = "name", "email", "phone", "birthday"
FIELDS: Final = (NAME, EMAIL, PHONE, BIRTHDAY)
"""What can be changed in a chat."""

TITLES: Final = {NAME: "name", EMAIL: "e-mail address", PHONE: "phone number", BIRTHDAY: "birthday"}

_WORDS: Final = {
    EMAIL: re.compile(r"\be-?mails?\b|\bmail(?:box| address)?\b", re.IGNORECASE),
    PHONE: re.compile(r"\b(?:phone|mobile|telephone|tel|cell|number)\b", re.IGNORECASE),
    BIRTHDAY: re.compile(r"\b(?:birthday|birth ?date|date of birth|dob|born)\b", re.IGNORECASE),
    NAME: re.compile(r"\b(?:name|surname|married|divorce\w*|maiden)\b", re.IGNORECASE),
}
_ELSEWHERE: Final = re.compile(
    r"\b(?:address(?! book is)|street|postcode|eircode|moved|house|merge|language|password|title|username)\b",
    re.IGNORECASE,
)
_REMOVES: Final = re.compile(r"\b(?:remove|delete|erase|take .*\boff|get rid of|forget)\b", re.IGNORECASE)
_NAMED: Final = re.compile(
    r"\b(?:name|surname|called)\b.*?\b(?:to|is(?: now)?|be|now|as|into)\s+(?P<name>[^\d,.;:!?]{2,80})",
    re.IGNORECASE,
)
_LED_IN: Final = re.compile(
    r"^\W*(?:(?:please|it'?s|it is|that'?s|my (?:new )?(?:full )?name is(?: now)?|i am|i'm|call me"
    r"|(?:change|set|make) it to|to)\s+)+",
    re.IGNORECASE,
)
_SURNAME: Final = re.compile(r"\b(?:surname|last name|family name)\b", re.IGNORECASE)
_FIRST: Final = re.compile(r"\b(?:first|given) name\b", re.IGNORECASE)
_A_NAME: Final = re.compile(r"[^\W\d_][^\d_@/\\<>{}\[\]()=+*#|~^%$\"]{0,79}")
_MOST_WORDS: Final = 6
_MONTHS: Final = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
_MONTH: Final = r"(?P<month>jan|feb|mar|apr|may|jun|jul|aug|sept?|oct|nov|dec)[a-z]*"
_DAY: Final = r"(?P<day>[0-3]?[0-9])(?:st|nd|rd|th)?"
_DATES: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_DAY}\s*(?:of\s+)?{_MONTH}\b",
        rf"\b{_MONTH}\s+(?:the\s+)?{_DAY}\b",
        r"\b(?:19|20)[0-9]{2}-(?P<number>[01]?[0-9])-(?P<day>[0-3]?[0-9])\b",
        r"\b(?P<day>[0-3]?[0-9])[./-](?P<number>[01]?[0-9])(?:[./-](?:(?:19|20)?[0-9]{2}))?(?![0-9])",
    )
)
_LEAP_YEAR: Final = 2024


def named_field(heard: Heard) -> str | None:
    """The detail that is spoken of; None when none is, or more than one."""
    if (chosen := heard.entity("code")) in FIELDS:
        return chosen
    found = [field for field, words in _WORDS.items() if words.search(heard.text)]
    if EMAIL in found and NAME not in found:
        # `the number` and `mail` are said of one thing only when the other is not named.
        found = [EMAIL] if PHONE not in found or not heard.entity("phone") else found
    return found[0] if len(found) == 1 else None


def is_elsewhere(text: str) -> bool:
    """Whether it is about a detail that is not changed in a chat."""
    mail = re.sub(r"\b(?:e-?mail|mail) address(?:es)?\b", "mail", text, flags=re.IGNORECASE)
    return _ELSEWHERE.search(mail) is not None


def removes(text: str) -> bool:
    """Whether something is to be taken out."""
    return _REMOVES.search(text) is not None


def volunteered_value(field: str, heard: Heard, old_name: str) -> str | None:
    """The new value that the wish itself holds, in the form the profile keeps it."""
    if field == NAME:
        found = _NAMED.search(heard.text)
        given = _clean_name(found["name"]) if found else None
        return _whole_name(given, heard.text, old_name) if given else None
    if field == EMAIL:
        # `from old@… to new@…`: the last one is the new one.
        named = heard.all("email")
        return named[-1] if named else None
    return read_phone(heard) if field == PHONE else read_birthday(heard.text)


def answered_value(field: str, heard: Heard) -> str | None:
    """The value in the answer to the question for it; None when there is none."""
    if field == NAME:
        return _clean_name(_LED_IN.sub("", heard.text))
    return volunteered_value(field, heard, "")


def read_phone(heard: Heard) -> str | None:
    """A number in E.164; without a country's prefix it is taken to be Irish."""
    for typed in (heard.entity("phone"), heard.text):
        try:
            number = phonenumbers.parse(typed or "", "IE")
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return None


def read_birthday(text: str) -> str | None:
    """`MM-DD`; the year, where one is said, is not kept."""
    for pattern in _DATES:
        if found := pattern.search(text):
            parts = found.groupdict()
            number = parts.get("number")
            month = int(number) if number else _MONTHS.index(parts["month"][:3].lower()) + 1
            try:
                # A leap year, so that somebody may be born on its day.
                day = date(_LEAP_YEAR, month, int(parts["day"]))
            except ValueError:
                return None
            return f"{day:%m-%d}"
    return None


def birthday_words(birthday: str) -> str:
    """`04-18` → `18 April`."""
    month, day = map(int, birthday.split("-"))
    return f"{day} {date(_LEAP_YEAR, month, 1):%B}"


def _clean_name(text: str) -> str | None:
    name = re.sub(
        r"\b(?:please|thanks|thank you|instead of .*|on my .*|in my .*)$", "", text, flags=re.IGNORECASE
    )
    name = " ".join(name.split()).strip(" .,!?'\"“”")
    fits = _A_NAME.fullmatch(name) and len(name.split()) <= _MOST_WORDS
    return name if fits else None


def _whole_name(given: str, text: str, old: str) -> str:
    """The full name, when only the surname or the first name was given."""
    words = old.split()
    if len(words) > 1 and _SURNAME.search(text):
        return " ".join([*words[:-1], given])
    if len(words) > 1 and _FIRST.search(text):
        return " ".join([given, words[-1]])
    return given
