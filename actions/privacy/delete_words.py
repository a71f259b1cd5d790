"""What a message about deleting the account says: do it, keep it, or tell me about it."""

from __future__ import annotations

import re
from typing import Final

WORD: Final = "delete"
"""What has to be typed."""

KEEPS: Final = re.compile(
    r"\bkeep (?:my|the) (?:account|data|profile)\b|\b(?:don'?t|do not|not) (?:delete|erase|remove|close)\b"
    r"|\b(?:undo|stop|cancel|take back|revoke) (?:the |my )*(?:deletion|deleting|erasure|wish to)\b",
    re.IGNORECASE,
)
"""The account is to stay."""

_ABOUT: Final = re.compile(
    r"\bwhat (?:happens|will happen|do you (?:delete|erase|keep)|is (?:deleted|erased|kept))\b|\bhow long\b"
    r"|\b(?:get|have) (?:it|my account) back\b|\bwhen (?:is|are|will)\b|\bwhy do you keep\b",
    re.IGNORECASE,
)


def is_the_word(text: str) -> bool:
    """Whether exactly the word was typed, in whatever letters or quotation marks."""
    return text.strip(" \t\n.!\"'“”‘’").casefold() == WORD


def asks_about(text: str) -> bool:
    """Whether it is a question about deleting, which deletes nothing."""
    return _ABOUT.search(text) is not None
