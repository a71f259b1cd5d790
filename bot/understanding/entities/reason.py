"""Reasons for a return. Where they stand is found here; what they mean the return's form knows."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Final

from actions.returns.return_reasons import reason_in
from bot.understanding.entities.span import Span
from bot.understanding.entities.text import Text

_MUCH: Final = r"(?:way |far |a (?:bit|little) |bit |much |just |rather )*"
_BAD: Final = (
    "small|big|large|tight|short|long|wide|narrow|snug|loose|baggy|roomy|tiny|huge|warm|hot|cold|thin|thick|heavy|stiff"
    "|bright|dark|flimsy|rough|scratchy|itchy"
)
_MORE: Final = (
    "smaller|bigger|larger|shorter|longer|tighter|wider|narrower|heavier|lighter|thinner|thicker|darker"
    "|brighter"
)
_THEY: Final = r"(?:i|we|he|she)"
_NOT: Final = r"(?:don't|dont|do not|doesn't|doesnt|does not|didn't|didnt|did not|no longer|not|never)"

_PHRASES: Final = (
    rf"(?:(?:sleeve|leg)s? (?:is|are) )?{_MUCH}too (?:{_BAD})(?: on (?:me|him|her))?(?! (?:to|ago)\b)",
    r"(?:tight|loose|narrow|wide) (?:at|around|in|on) the \w+",
    rf"{_MUCH}(?:{_MORE}) than {_THEY} (?:thought|expected|hoped|imagined)",
    r"pinch(?:es)? (?:my|his|her) \w+|rub(?:s|bing)? (?:at|on|against) (?:the|my) \w+",
    rf"{_NOT} like (?:the |its? |this )?(?:colou?rs?|look|style|feel|material|fit)",
    r"colou?r (?:doesn't|does not|didn't) suit (?:me|him|her)|(?:doesn't|does not|don't) suit (?:me|him|her)",
    r"looks? (?:nothing like|different (?:from|to|than)) the (?:photos?|pictures?)(?: on \w+)?",
    r"not as (?:described|pictured|shown|advertised|expected)",
    rf"not what {_THEY} (?:expected|wanted|thought|hoped)",
    r"not (?:my (?:style|taste|colou?r|thing)|for me\b|comfortable)|uncomfortable",
    r"changed (?:my|our|his|her) minds?|change of mind",
    rf"(?:{_THEY} )?(?:ordered|bought|picked|clicked|chose) the wrong (?:one|size|colou?r|item)",
    rf"(?:{_THEY} )?(?:ordered|bought|clicked) (?:it )?twice(?: by (?:accident|mistake))?",
    r"by (?:mistake|accident)|accidentally",
    rf"(?:{_NOT} need (?:it|them|this|one)(?: any ?more)?)|(?:no longer|not) needed",
    r"(?:already (?:has|have|had|got) (?:one|it))|an? (?:unwanted|duplicate) (?:gift|present)",
    r"(?:got|found|saw) (?:it|one|them) (?:much )?cheaper(?: (?:somewhere else|elsewhere|online))?",
    r"(?:arrived|came|delivered) (?:far |much |way )?too late",
    r"damaged|broken|faulty|defective|ripped(?! off)|torn|cracked|smashed|(?:a|some) defects?",
    r"never worked|stopped working|fell apart|came apart",
    r"(?:poor|bad|terrible|low) quality|quality is (?:worse|poor|bad|low)(?: than \w+ \w+)?|feels? cheap",
    r"(?:so|too|very) itchy|itchy as \w+|(?:it )?scratches my skin",
    r"shrank in the wash|shrunk|ugly(?: in real life)?",
    r"the wrong (?:item|product|article)",
)
_REASON: Final = re.compile(rf"(?<!\w)(?:{'|'.join(_PHRASES)})(?!\w)", re.IGNORECASE)
_SUPPOSED: Final = re.compile(r"\b(?:be|get|if (?:it's|it is|they are|they're))\s$", re.IGNORECASE)
"""`would a 38 be too tight` is a question."""


def find(text: Text) -> Iterator[Span]:
    """Every reason; the value is one of `ReturnReason`."""
    straight = text.raw.replace("’", "'")
    for found in _REASON.finditer(straight):
        if _SUPPOSED.search(straight[max(0, found.start() - 15) : found.start()]):
            continue
        reason = reason_in(found[0])
        if reason is not None:
            yield Span("reason", reason.value, found.start(), found.end())
