"""Words that a human reads before everybody does."""

from __future__ import annotations

import re
from typing import Final

_HOSTILE: Final = re.compile(
    r"\b(?:f+u+c+k\w*|sh[i1]t\w*|feck\w*|crap\w*|bollocks|arse\w*|a[s$]{2}(?:hole)?s?|bastard\w*|bitch\w*|cunt\w*"
    r"|wank\w*|idiots?|moron\w*|retard\w*|scum\w*|nazi\w*|whore\w*|slut\w*|die in|kill (?:you|your|them)"
    r"|scam\w*|fraud\w*|thie(?:f|ves)|liars?)\b",
    re.IGNORECASE,
)
_NOT_ABOUT_IT: Final = re.compile(
    r"https?://|www\.|\b[\w.+-]+@[\w-]+\.\w|\+?\d(?:[ ()/-]?\d){7,}|\b\w+\.(?:com|net|org|ie|io|ru)\b",
    re.IGNORECASE,
)


def must_be_read_first(words: str) -> bool:
    """Whether they insult somebody, or hold a link, an address or a number."""
    return _HOSTILE.search(words) is not None or _NOT_ABOUT_IT.search(words) is not None
