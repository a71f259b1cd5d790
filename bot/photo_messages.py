"""Messages that bring photos, with or without words."""

from __future__ import annotations

from typing import Any, Final

from crm_store.models import Message

SENDS_PHOTO: Final = "send_photo"
"""The intent of a photo whose words, if any, say nothing of what it is about."""
_MOST: Final = 10
_LONGEST_KEY: Final = 64
_SAYS_NOTHING: Final = frozenset(
    {"", "inform", "nlu_fallback", "out_of_scope", "greet", "affirm", "thank", "goodbye", "abuse"}
)


def photos_of(message: Message) -> tuple[str, ...]:
    """The keys of the photos that came with a message; whatever else stands there is ignored."""
    keys = (message.custom or {}).get("photos")
    if not isinstance(keys, list):
        return ()
    return tuple(key for key in keys[:_MOST] if isinstance(key, str) and 0 < len(key) <= _LONGEST_KEY)


def with_photos(parsed: dict[str, Any], photos: tuple[str, ...]) -> dict[str, Any]:
    """What a message with these photos means: `look at this` and no word at all both show a photo."""
    intent = (parsed.get("intent") or {}).get("name") or ""
    named = any(found["entity"] in {"order_number", "reason"} for found in parsed.get("entities") or [])
    if not photos or intent not in _SAYS_NOTHING or named:
        return parsed
    shown = {"name": SENDS_PHOTO, "confidence": 1.0}
    return parsed | {"intent": shown, "intent_ranking": [shown]}
