"""E-mail addresses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from bot.understanding.entities.span import Span
from bot.understanding.entities.text import Text

# Bounded everywhere, so that no text takes long.
_ADDRESS: Final = re.compile(
    r"(?<![\w.+@-])[a-z0-9][\w.+'-]{0,63}@(?:[a-z0-9-]{1,63}\.){1,6}[a-z]{2,24}(?![\w@])",
    re.IGNORECASE | re.ASCII,
)


def find(text: Text) -> Iterator[Span]:
    """Every address; the value is in small letters."""
    if "@" in text.raw:
        for found in _ADDRESS.finditer(text.raw):
            yield Span("email", found[0].lower(), found.start(), found.end())
