"""Phone numbers, with or without the country's prefix."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

import phonenumbers

from bot.understanding.entities.span import Span
from bot.understanding.entities.text import Text

REGION: Final = "IE"
"""Where a number without `+` is taken to be."""

_TYPED: Final = re.compile(r"(?<![\w#@.+-])(?:\+|00|\(?0)(?:[ ().–-]{0,2}[0-9]){7,14}(?![\w@]|[./-][0-9])")


def find(text: Text) -> Iterator[Span]:
    """Every possible number; the value is in E.164, e.g. `+353209101234`."""
    for found in _TYPED.finditer(text.raw):
        try:
            number = phonenumbers.parse(found[0], REGION)
        except phonenumbers.NumberParseException:
            continue
        if phonenumbers.is_possible_number(number):
            value = phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
            yield Span("phone", value, found.start(), found.end())
