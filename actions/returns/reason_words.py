"""The words people use for a reason, as patterns over small letters and straight apostrophes.

The order counts, the first that fits wins: `ordered the wrong one` is the customer's slip and comes before
`wrong item`.
"""

from __future__ import annotations

import re
from typing import Final

from crm_store.models import ReturnReason

_IS: Final = r"(?:is|are|was|were|it's|they're|runs?|comes? up|came up|cut|fits?)"
_VERY: Final = rf"(?:too|bit|little|way|so|very|far|much|quite|really|{_IS})"
_MORE: Final = r"(?:too |so |very |a bit |a little |way |far |quite |on the )?"
_WRONG_THING: Final = r"\bwrong[ _](?:item|product|thing|article|order|model|colou?r|one|size|goods)s?"
_NOT: Final = r"\b(?:not|isn't|wasn't|aren't)"
_DO_NOT: Final = r"\b(?:don't|do not|didn't|did not|doesn't|does not|no longer|never|not) (?:\w+ )?"
_NO_WORK: Final = r"\b(?:does|do|did|is|was|were|are)(?:n't| not) work"

_PHRASES: Final = (
    (
        ReturnReason.CHANGED_MIND,
        r"\bi (?:\w+ )?(?:ordered|bought|chose|picked|clicked|got) (?:the |a |it )?",
        r"(?:wrong|twice|two sizes|too many|double)",
    ),
    (ReturnReason.CHANGED_MIND, r"\b(?:ordered|bought) (?:the )?(?:wrong|two)\b|\bby (?:mistake|accident)"),
    (ReturnReason.CHANGED_MIND, r"\bchanged? (?:of|my|our|his|her|their) minds?|change of mind"),
    (ReturnReason.CHANGED_MIND, r"wrong (?:\w+ )?for (?:me|my|him|her|us)\b"),
    (ReturnReason.CHANGED_MIND, r"accidentally|\bcheaper|better price"),
    (ReturnReason.WRONG_ITEM, _WRONG_THING, r" (?:\w+ ){0,2}(?:sent|delivered|arrived|came|in the)"),
    (ReturnReason.WRONG_ITEM, r"\bwrong[ _](?:item|product|thing|article|model|goods)\b"),
    (ReturnReason.WRONG_ITEM, r"\b(?:sent|got|received|delivered)(?: me| us)?(?: with)? (?:the |a )?wrong"),
    (ReturnReason.WRONG_ITEM, r"\b(?:sent|got|received)(?: me| us)? (?:a )?(?:completely )?different"),
    (ReturnReason.WRONG_ITEM, r"different (?:item|product|thing)\b|not my order|someone else's"),
    (ReturnReason.WRONG_ITEM, _NOT, r" (?:what|the one|the ones|the thing) (?:i|we) ordered"),
    (ReturnReason.DAMAGED, r"\bdamag|\bbroke|\bfault|\bdefect|\bripp?ed|\btorn?\b|\btear\b|\bholes?\b"),
    (ReturnReason.DAMAGED, r"\bcrack|\bleak|\bdent(?:s|ed)?\b|smashed|shatter|\bsplit\b|\bseam|\bstain"),
    (
        ReturnReason.DAMAGED,
        r"\b(?:fell|falling|came|coming|comes|burst) (?:apart|open)|\bdirty\b|\bscratched\b",
    ),
    (ReturnReason.DAMAGED, _NO_WORK, r"|never worked|not working|stopped working|\bkaput|\bbust(?:ed)?\b"),
    (ReturnReason.DAMAGED, r"\bwon't (?:turn on|switch on|close|zip|work|light|start)|\bchipped"),
    (ReturnReason.DAMAGED, r"missing (?:a )?(?:part|piece|button|lace)|dead on arrival"),
    (ReturnReason.ARRIVED_LATE, r"\blate\b|took (?:too|so) long|delivery (?:was )?(?:too )?slow"),
    (ReturnReason.ARRIVED_LATE, r"too long to (?:arrive|come|get|deliver)"),
    (ReturnReason.TOO_SMALL, rf"\b{_VERY} {_MORE}(?:small|tight|short|narrow|snug|tiny)\b"),
    (ReturnReason.TOO_SMALL, r"\btiny\b|\btight\b|pinch|squeez|outgrow|\btoes\b"),
    (
        ReturnReason.TOO_SMALL,
        r"\b(?:smaller|shorter|tighter|narrower) than|\brub(?:s|bing)? (?:at|on|against)",
    ),
    (ReturnReason.TOO_SMALL, r"\b(?:bigger|larger|wider) (?:size|one|pair)\b|\bsize (?:bigger|larger|up)\b"),
    (ReturnReason.TOO_SMALL, r"\bcan't (?:get (?:it|them|my \w+) (?:on|in|into)|close (?:it|them)|zip)"),
    (ReturnReason.TOO_SMALL, r"^(?:small|tight|short|narrow|snug)$|on the small side"),
    (ReturnReason.TOO_LARGE, rf"\b{_VERY} {_MORE}(?:big|large|long|wide|loose|roomy|baggy|huge)\b"),
    (ReturnReason.TOO_LARGE, r"\bhuge\b|\boversized?|\bbaggy|swimming in|\b(?:fall|slip)(?:s|ing)? off"),
    (ReturnReason.TOO_LARGE, r"\b(?:bigger|larger|longer|wider|looser) than|\bsize (?:smaller|down)\b"),
    (ReturnReason.TOO_LARGE, r"\b(?:smaller|shorter|narrower) (?:size|one|pair)\b"),
    (ReturnReason.TOO_LARGE, r"^(?:big|large|loose|long|wide)$|on the (?:big|large) side"),
    (ReturnReason.NOT_AS_DESCRIBED, r"\bnot[ _]as[ _](?:described|pictured|shown|advertised|promised)"),
    (ReturnReason.NOT_AS_DESCRIBED, r"\bnot as (?:i )?(?:expected|thought|imagined|hoped)|\bnothing like"),
    (ReturnReason.NOT_AS_DESCRIBED, r"\bnot (?:look )?like the|unlike the|different (?:from|to|than)"),
    (
        ReturnReason.NOT_AS_DESCRIBED,
        r"\b(?:looks?|looked|is|are|was) (?:\w+ )?different|\bphotos?\b|\bpictures?\b",
    ),
    (
        ReturnReason.NOT_AS_DESCRIBED,
        r"\bnot (?:what|how) (?:i|we) (?:expected|hoped|wanted|imagined|thought)",
    ),
    (ReturnReason.NOT_AS_DESCRIBED, r"\b(?:heavier|lighter|thinner|thicker|darker|brighter) than|misleading"),
    (
        ReturnReason.NOT_AS_DESCRIBED,
        r"wrong (?:description|picture|photo)|\bnot (?:really )?(?:waterproof|warm)",
    ),
    (ReturnReason.NOT_AS_DESCRIBED, r"\bcolou?r (?:is |looks |was )?(?:different|off|wrong|not)"),
    (ReturnReason.QUALITY, r"quality|\bcheap|\bflims|\bitch|\bscratch|(?:badly|poorly) made|shrank|shrunk"),
    (ReturnReason.QUALITY, r"\bpill(?:s|ing)\b|uncomf|not (?:very )?comfort|\bsmell|\bstink"),
    (ReturnReason.QUALITY, r"\btoo (?:thin|stiff|rough|flimsy)|\brubbish|\buseless|\bpoor\b|\bjunk\b|\bcrap"),
    (ReturnReason.CHANGED_MIND, _DO_NOT, r"(?:need|want|like|love|suit|use|wear)"),
    (
        ReturnReason.CHANGED_MIND,
        r"\bnot (?:really )?(?:for me\b|my (?:style|taste|colou?r|thing))|not needed",
    ),
    (
        ReturnReason.CHANGED_MIND,
        r"\bno (?:use|need)\b|\balready (?:has|have|had|got|own)|\b(?:has|have) one\b",
    ),
    (ReturnReason.CHANGED_MIND, r"\ba (?:gift|present)\b|\bugly\b|regret|unwanted|just because"),
    (ReturnReason.CHANGED_MIND, r"\bno (?:real |particular |special )?reason|rather not say|prefer not"),
    (ReturnReason.CHANGED_MIND, r"none of your|something else|^other(?: reason)?$|doesn't matter"),
    (
        ReturnReason.CHANGED_MIND,
        r"\btoo (?:warm|hot|cold|heavy|light|bright|dark|loud|expensive|dear|hard|soft)\b",
    ),
    (ReturnReason.CHANGED_MIND, r"\btoo (?:fancy|plain|thick|noisy|complicated|old|young)\b"),
)

WORDS: Final = tuple((reason, re.compile("".join(parts))) for reason, *parts in _PHRASES)
"""Reasons with their patterns, in the order in which they are tried."""

UNTRUE: Final = re.compile(
    r"\b(?:not|isn't|aren't|wasn't|nothing) (?:actually |really )?"
    r"(?:damaged|broken|faulty|defective|wrong with)\b"
)
"""What a customer says it is not."""

BAD_FIT: Final = re.compile(r"\bfit(?:s|ting|ted)?\b|\bsizes?\b")
"""It is about the fit."""
