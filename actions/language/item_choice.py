"""Which of a few listed things the customer means: `the boots`, `both`, `1 and 3`, `all but the mug`.

Pure: it knows the words of each thing and forgives typing errors; the caller knows what the things are.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from actions.language.number_words import positions
from crm_store import matching

_WHOLE: Final = re.compile(
    r"\b(?:all|everything|every ?thing|both|entire|whole|complete|the lot|each|every|pair of them|them)\b"
)
_SURELY_WHOLE: Final = re.compile(
    r"\b(?:everything|both|all of (?:it|them)|all my"
    r"|(?:all|whole|entire|complete|full) (?:the )?(?:order|lot|thing|items|parcel|purchase))\b"
)
_NOT_WHOLE: Final = re.compile(
    r"\b(?:at all|after all|all right|all good|all day|all the best|all too|not everything|not all)\b"
)
_EXCEPT: Final = re.compile(
    r"\b(?:but not|but|except(?: for)?|apart from|besides|other than|without|minus|just not)\b"
)
_KEEP: Final = re.compile(
    r"\b(?:i(?:'| wi)?ll |i want to |want to |i |can i )?(?:keep|keeping|hold on to)\b|^\s*not\b"
)
_NOT: Final = re.compile(r"[,;]?\s*\b(?:not|rather than|instead of)\b")
_BETWEEN: Final = re.compile(r"[,;+&\n]|\b(?:and|plus|as well as|also)\b")
_IT: Final = re.compile(r"\b(?:it|this|that|yes|yeah|yep|one)\b")
_CONTRACTED: Final = re.compile(r"['’]\w+")
_PLACE_AND_TITLE: Final = re.compile(r"\s*(\d{1,2})\. \S")

_NEARLY: Final = 0.05
"""How much worse than the best a thing may fit and still be meant just as well."""
_SURE: Final = 0.85
"""How close a word must come to one of a thing's name, where the text may speak of anything."""


@dataclass(frozen=True)
class Listed:
    """One thing of a list: its name, and more words for it, which weigh less than 1."""

    key: int
    name: str
    quantity: int = 1
    texts: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True)
class Choice:
    """What was meant: keys of things, or (`unclear`) those between which the words leave it open."""

    picked: tuple[int, ...] = ()
    unclear: tuple[int, ...] = ()
    whole: bool = False
    """Every piece of what was picked."""

    def __bool__(self) -> bool:
        return bool(self.picked or self.unclear)


def choose(text: str, things: Sequence[Listed], *, strict: bool = False) -> Choice:
    """What the words mean. `strict`: they are no answer to "which?", so only a thing's name counts."""
    typed = _CONTRACTED.sub("", text.casefold()).strip()
    if not things or not typed:
        return Choice()
    if exact := _exactly(typed, things):
        return exact
    if left_out := _left_out(typed, things, strict=strict):
        return left_out
    named = _named(_NOT.split(typed)[0], things, strict=strict)
    if (_SURELY_WHOLE if strict else _WHOLE).search(_NOT_WHOLE.sub(" ", typed)):
        return _every(typed, named, things)
    if named.picked or strict:
        return named
    if places := positions(typed, len(things)):
        return Choice(tuple(things[place - 1].key for place in places))
    if not named and len(things) == 1 and _IT.search(typed):
        return Choice((things[0].key,))
    return named


def _exactly(typed: str, things: Sequence[Listed]) -> Choice:
    """A name as it stands in the list, or a button's `2. Name`."""
    place = _PLACE_AND_TITLE.match(typed)
    if place and 1 <= int(place[1]) <= len(things):
        thing = things[int(place[1]) - 1]
        if typed.endswith(thing.name.casefold()):
            return Choice((thing.key,))
    return Choice(tuple(thing.key for thing in things if thing.name.casefold() == typed)[:1])


def _left_out(typed: str, things: Sequence[Listed], *, strict: bool) -> Choice:
    """`all but the mug`, `I keep the boots`: everything but what is named."""
    whole = _WHOLE.search(typed)
    excepted = _EXCEPT.split(typed, maxsplit=1)
    if whole and len(excepted) == 2 and whole.start() < len(excepted[0]):
        kept = _named(excepted[1], things, strict=strict)
    elif (keep := _KEEP.search(typed)) and not strict:
        kept = _named(
            re.split(r"[,;.]|\band (?:return|send)\b", typed[keep.end() :])[0], things, strict=strict
        )
    else:
        return Choice()
    rest = tuple(thing.key for thing in things if thing.key not in kept.picked)
    return Choice(rest, whole=True) if kept.picked and rest else Choice()


def _every(typed: str, named: Choice, things: Sequence[Listed]) -> Choice:
    """`both`, `all of it`, `all the mugs`."""
    if named:
        return Choice(named.picked or named.unclear, whole=True)
    if re.search(r"\bboth\b", typed) and len(things) > 2:
        return Choice(unclear=tuple(thing.key for thing in things))
    return Choice(tuple(thing.key for thing in things), whole=True)


def _named(typed: str, things: Sequence[Listed], *, strict: bool) -> Choice:
    """The things whose words are in the text, mention by mention."""
    mentions = [mention for mention in _BETWEEN.split(typed) if mention.strip()]
    picked: dict[int, None] = {}
    unclear: dict[int, None] = {}
    for mention in mentions:
        fits = _fits(mention, things, strict=strict)
        if len(fits) > 1 and not _is_plural(mention, fits, things):
            # `the blue and the grey jacket`: the word that both mentions share stands at the end.
            shared = _fits(f"{mention} {mentions[-1].split()[-1]}", things, strict=strict)
            fits = [key for key in fits if key in shared] or fits
        if len(fits) == 1 or _is_plural(mention, fits, things):
            picked |= dict.fromkeys(fits)
        else:
            unclear |= dict.fromkeys(fits)
    return Choice(tuple(picked), () if picked else tuple(unclear))


def _fits(mention: str, things: Sequence[Listed], *, strict: bool) -> list[int]:
    scores = matching.scores(mention, {thing.key: [(thing.name, 1.0), *thing.texts] for thing in things})
    if strict:
        scores = {key: score for key, score in scores.items() if _is_called(mention, key, things)}
    best = max(scores.values(), default=0.0)
    return [thing.key for thing in things if thing.key in scores and scores[thing.key] >= best - _NEARLY]


def _is_called(mention: str, key: int, things: Sequence[Listed]) -> bool:
    name = next(thing.name for thing in things if thing.key == key)
    long_words = [word for word in matching.words(mention) if len(word) > 2]
    return any(matching.closeness(word, own) >= _SURE for word in long_words for own in matching.words(name))


def _is_plural(mention: str, keys: Sequence[int], things: Sequence[Listed]) -> bool:
    """`the jackets` where each of the things is a jacket: all of them are meant."""
    singulars = {word[:-1] for word in matching.words(mention) if len(word) > 3 and word.endswith("s")}
    meant = [thing for thing in things if thing.key in keys]
    return bool(meant) and all(singulars & set(matching.words(thing.name)) for thing in meant)
