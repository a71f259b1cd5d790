"""Making any text storable: PostgreSQL keeps neither NUL nor lone surrogates, and doors hear both."""

from __future__ import annotations

import hashlib
import json
import re
from typing import Any

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")
_WRITTEN_NUL = r"\u0000"
REPLACEMENT = "\N{REPLACEMENT CHARACTER}"


def storable(text: str) -> str:
    """The text with every NUL and lone surrogate replaced by U+FFFD; nothing else changes."""
    return _UNSTORABLE.sub(REPLACEMENT, text)


def storable_json(value: Any) -> Any:
    """The same for every text, key or value, within JSON; what is storable anyway is given back as it is.

    `TypeError` for what JSON cannot hold.
    """
    # Written as one text it is looked through at once, which is ten times quicker than text by text.
    written = json.dumps(value, ensure_ascii=False)
    return _clean(value) if _WRITTEN_NUL in written or _UNSTORABLE.search(written) else value


def _clean(value: Any) -> Any:
    match value:
        case str():
            return storable(value)
        case dict():
            return {storable(str(key)): _clean(item) for key, item in value.items()}
        case list() | tuple():
            return [_clean(item) for item in value]
        case _:
            return value


def storable_id(text: str, *, limit: int) -> str:
    """A provider's id, storable. One longer than `limit` becomes a hash: the same id stays the same id."""
    clean = storable(text)
    if len(clean) <= limit:
        return clean
    return f"sha256:{hashlib.sha256(clean.encode()).hexdigest()[:32]}"
