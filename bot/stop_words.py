"""STOP: wordings that end marketing messages, on every channel and above every form and flow.

Only a message that says nothing else counts, so that "stop my order" stays a request about an order.
"""

from __future__ import annotations

import re

_WORDS = frozenset(
    {"stop", "stopall", "stop all", "unsubscribe", "end", "quit", "revoke", "optout", "opt out"}
)
_SENTENCE = re.compile(
    r"(please )?(stop|quit|no more|don'?t|do not) "
    r"(texting|messaging|spamming|sending|text|message|spam|texts|messages)"
    r"( me)?( any ?more)?( (any )?(texts|messages|sms|marketing|ads))?( please)?"
    r"|(please )?(opt|sign) me out( please)?|(please )?unsubscribe me( please)?|opt out( please)?"
    r"|(please )?(take|remove) me (off|from) (the|your) (list|mailing list)( please)?"
)


def is_stop(text: str) -> bool:
    """Whether `text` is nothing but the wish to receive no more messages."""
    if len(text) > 80:
        return False
    words = re.sub(r"[^\w' ]+", " ", text.lower().replace("\N{RIGHT SINGLE QUOTATION MARK}", "'"))
    words = " ".join(words.split())
    return words in _WORDS or _SENTENCE.fullmatch(words) is not None
