"""Button payloads, `/intent{"entity": "value"}`: what a button says is what a customer could have typed, and
no more.

Any text can look like a payload, so a payload has no authority: it names an intent that customers have and
entity values, which pass the same checks as typed ones. It cannot set slots, run actions or restart the
dialogue.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from typing import Any

_PAYLOAD = re.compile(r"/(?P<intent>[a-z_]{1,64})(?P<entities>\{.*\})?", re.DOTALL)
MAX_VALUE = 200
MAX_ENTITIES = 10


def read_payload(text: str, intents: Collection[str], entities: Collection[str]) -> dict[str, Any] | None:
    """Rasa's parse of a payload; None when `text` is none of ours and is to be understood as words."""
    match = _PAYLOAD.fullmatch(text.strip())
    if match is None or match["intent"] not in intents:
        return None
    values = _values(match["entities"])
    if values is None:
        return None
    intent = {"name": match["intent"], "confidence": 1.0}
    return {
        "text": text.strip(),
        "intent": intent,
        "entities": [
            {"entity": name, "value": value, "start": 0, "end": 0, "extractor": "payload"}
            for name, value in values.items()
            if name in entities
        ],
        "intent_ranking": [intent],
    }


def _values(text: str | None) -> dict[str, str] | None:
    """Entity values of a payload; None when it is no JSON object of short texts and numbers."""
    if text is None:
        return {}
    try:
        found = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or len(found) > MAX_ENTITIES:
        return None
    if not all(isinstance(value, str | int) and len(str(value)) <= MAX_VALUE for value in found.values()):
        return None
    return {name: str(value) for name, value in found.items()}


def as_words(text: str) -> str:
    """A text that Rasa will not take for a payload."""
    return text.lstrip().lstrip("/") if text.lstrip().startswith("/") else text
