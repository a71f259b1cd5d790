"""How somebody sounds: calm or angry. A human should look at an angry message sooner."""

from __future__ import annotations

import re

_ANGRY = re.compile(
    r"\b(angry|furious|fuming|livid|outrag\w*|disgust\w*|appall\w*|scandal\w*|ridiculous|unacceptable"
    r"|disgrace\w*|pathetic|useless|rubbish|terrible|horrible|awful|worst|scam\w*|fraud\w*|liars?|lying"
    r"|thie(f|ves)|rip[- ]?off|incompetent|fed up|sick of|had enough|never again|is this a joke"
    r"|solicitor|lawyer|sue you|ombudsman|ccpc"
    r"|f+u+c+k\w*|sh[i1]t\w*|feck\w*|crap|bollocks|arse\w*|bastard\w*|idiots?|moron\w*|damn|bloody|wtf|ffs)\b",
    re.IGNORECASE,
)
_SHOUTED_LETTERS = 12
"""Letters a text must have before capitals count as shouting."""

_SHOUTED_SHARE = 0.7


def is_angry(text: str) -> bool:
    """Whether words, capitals or exclamation marks sound angry."""
    return _ANGRY.search(text) is not None or "!!" in text or _is_shouted(text)


def _is_shouted(text: str) -> bool:
    letters = [letter for letter in text if letter.isalpha()]
    capitals = sum(letter.isupper() for letter in letters)
    return len(letters) >= _SHOUTED_LETTERS and capitals >= _SHOUTED_SHARE * len(letters)
