"""Order numbers, however people type them."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

_TYPED: Final = re.compile(r"(?:A[\s._–—-]*)?#?\s*([0-9]{4,9})")


def normalise(text: str) -> str:
    """`a10042`, `#10042`, `A 10042` and `10042` become `A-10042`; any other shape is only tidied."""
    tidy = unicodedata.normalize("NFKC", text).strip(" \t\r\n.,;:!?'\"()").upper()
    found = _TYPED.fullmatch(tidy.lstrip("# "))
    return f"A-{found[1]}" if found else tidy
