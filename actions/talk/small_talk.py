"""Small talk: a short answer, and back to the matter."""

from __future__ import annotations

import re
from typing import Final

from rasa_sdk.executor import CollectingDispatcher

from actions.language.phrases import Button

_KINDS: Final = {
    "joke": r"\bjokes?\b|\bmake me laugh\b|\b(?:say|tell me) something funny\b|\bknock knock\b",
    "weather": r"\bweather\b|\btemperature\b|\bwill it (?:rain|snow)\b"
    r"|\bis it (?:raining|sunny|cold|going to (?:rain|snow))\b",
    "how_are_you": r"\bhow(?:'?s| is| are| r)? (?:you|u|ya|things|it going|life|your day)\b"
    r"|\bhow do you do\b|\bwhat'?s up\b",
    "maker": r"\bwho (?:made|built|created|wrote|programmed|invented|owns) you\b"
    r"|\bwho(?:'s| is) your (?:maker|creator|boss)\b",
    "name": r"\b(?:what'?s|what is|do you have a) (?:your )?name\b|\bhow old are you\b"
    r"|\bwhere (?:are you from|do you live)\b",
    "love": r"\b(?:do you|i) (?:love|like|fancy) (?:me|you|u)\b|\bmarry me\b|\bare you single\b"
    r"|\bgo out with me\b",
    "feelings": r"\b(?:do|can) you (?:feel|sleep|eat|dream|think|get (?:tired|bored))\b"
    r"|\bare you (?:sad|happy|alive|bored|tired|lonely)\b",
    "compliment": r"\byou(?:'re| are|r)? (?:so |very |really |the |a )*(?:great|brilliant|smart|clever|cool"
    r"|nice|kind|funny|sweet|best|amazing|awesome|star|legend|lifesaver)\b"
    r"|\b(?:good|nice|great) (?:bot|robot|job)\b|\bwell done\b|\bi like (?:this|the) bot\b",
    "bored": r"\bi'?m (?:so )?(?:bored|lonely)\b|\b(?:let'?s|can we|want to) (?:chat|play)\b"
    r"|\bsing (?:me )?(?:a |something)",
}
_READ: Final = {kind: re.compile(pattern, re.IGNORECASE) for kind, pattern in _KINDS.items()}
_MOST_WORDS: Final = 12
"""A longer message is about something else."""


def kind_of(text: str) -> str | None:
    """The kind of small talk; None for what is none."""
    if len(text.split()) > _MOST_WORDS:
        return None
    return next((kind for kind, pattern in _READ.items() if pattern.search(text)), None)


def small_talk(text: str, say: CollectingDispatcher, *, buttons: list[Button] | None = None) -> bool:
    """Answer small talk; whether it was some."""
    kind = kind_of(text)
    if kind is not None:
        say.utter_message(response=f"utter_small_talk_{kind}", buttons=buttons or [])
    return kind is not None
