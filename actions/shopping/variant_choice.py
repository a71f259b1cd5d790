"""Which size and colour the customer's words mean. Pure: the variants are those of one product."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from actions.language.number_words import words
from crm_store import matching
from crm_store.models import Variant

ONE_SIZE: Final = frozenset({"", "one-size", "one size"})
_LETTERS: Final = ("XXS", "XS", "S", "M", "L", "XL", "XXL", "XXXL")
_SIZE_WORDS: Final = {
    "small": "S",
    "medium": "M",
    "large": "L",
    "xsmall": "XS",
    "xlarge": "XL",
    "xxlarge": "XXL",
    "2xl": "XXL",
    "3xl": "XXXL",
}
_JOINED: Final = re.compile(r"\b((?:extra |x-?)+)(small|large)\b")
_UP: Final = re.compile(r"\b(?:bigger|larger|longer|wider|size up|next (?:size )?up)\b")
_DOWN: Final = re.compile(r"\b(?:smaller|shorter|narrower|size down|next (?:size )?down)\b")
_TWO_SIZES: Final = re.compile(r"\b(?:two|2) sizes\b")
_COMPLAINT: Final = re.compile(
    r"\b(?:too|so|very|bit|little|way|much|quite|is|are|was|were|runs?|comes? up|came up|the)"
    r" (?:small|large)\b(?! one)"
)
"""`too small` is no wish for a small one."""
_SAME: Final = re.compile(
    r"\bsame (?:one|thing|item|again)|\bthe same$|\bidentical\b|\bsame size and colou?r\b|\breplacement\b"
)
_SAME_SIZE: Final = re.compile(r"\bsame size\b")
_OTHER_COLOR: Final = re.compile(r"\b(?:an?other|different) colou?r\b")
_COLOR_WORDS: Final = {
    "gray": "grey",
    "beige": "sand",
    "tan": "sand",
    "maroon": "burgundy",
    "wine": "burgundy",
    "turquoise": "teal",
    "purple": "burgundy",
}
_CLOSE: Final = 0.75
_NO_COLOR: Final = frozenset(
    {"back", "pack", "send", "sent", "need", "read", "real", "great", "grow", "grew", "blank"}
)
"""Words that are a typing error away from a colour."""


@dataclass(frozen=True)
class Wish:
    """A size and a colour as the product has them; None where nothing was said about it.

    `unknown`: what was asked for and the product is not made in.
    """

    size: str | None = None
    color: str | None = None
    unknown: str | None = None

    def __bool__(self) -> bool:
        return any((self.size, self.color, self.unknown))

    def is_only(self, own: Variant) -> bool:
        """Whether it names nothing but what the customer has."""
        return not self.unknown and self.size in {None, own.size} and self.color in {None, own.color}


def wish(
    text: str,
    variants: Sequence[Variant],
    own: Variant,
    *,
    named_sizes: Sequence[str] = (),
    named_colors: Sequence[str] = (),
) -> Wish:
    """What `text` wants instead of `own`. `named_…`: sizes and colours that were recognised in it.

    Of several sizes the last one that is not the customer's own counts (`I have a 42 and need a 43`).
    """
    plain = _COMPLAINT.sub(" ", _JOINED.sub(_join, " ".join([text, *named_sizes, *named_colors]).casefold()))
    if _SAME.search(plain):
        return Wish(own.size, own.color)
    sizes, colors = sizes_of(variants), colors_of(variants)
    size = _last_but(own.size, _sizes_in(plain, sizes)) or _relative(plain, sizes, own.size)
    color = _last_but(own.color, _colors_in(plain, colors))
    if named_colors and not color:
        return Wish(size, None, named_colors[-1])
    unknown = None if size or color else _unknown(plain, sizes)
    return Wish(own.size if _SAME_SIZE.search(plain) and not size else size, color, unknown)


def sizes_of(variants: Iterable[Variant]) -> list[str]:
    """The product's sizes, smallest first."""
    return sorted({variant.size for variant in variants}, key=size_rank)


def colors_of(variants: Iterable[Variant]) -> list[str]:
    """The product's colours, in the catalogue's order."""
    return list(dict.fromkeys(variant.color for variant in variants))


def size_rank(size: str) -> tuple[int, float, str]:
    """Sorts letters from small to large, numbers by value, anything else by name."""
    if size.upper() in _LETTERS:
        return 0, _LETTERS.index(size.upper()), ""
    number = re.match(r"\d+(?:\.\d+)?", size)
    return (1, float(number[0]), size) if number else (2, 0.0, size)


def is_same_again(text: str) -> bool:
    """Whether the words want just the same thing once more."""
    return bool(_SAME.search(text.casefold()))


def is_other_color(text: str) -> bool:
    """Whether the words want some other colour, without naming one."""
    return bool(_OTHER_COLOR.search(text.casefold()))


def _sizes_in(plain: str, sizes: Sequence[str]) -> list[str]:
    known = {size.casefold(): size for size in sizes if size not in ONE_SIZE}
    typed = [_SIZE_WORDS.get(word, word).casefold() for word in words(plain)]
    return [known[word] for word in typed if word in known]


def _colors_in(plain: str, colors: Sequence[str]) -> list[str]:
    """The colours named, in the order of the text; `green` is `forest green` where no other is."""
    found = [color for color in colors if color and re.search(rf"\b{re.escape(color.casefold())}\b", plain)]
    if found:
        return sorted(found, key=lambda color: plain.rindex(color.casefold()))
    for word in matching.words(plain):
        if word in _NO_COLOR:
            continue
        meant = _COLOR_WORDS.get(word, word)
        fits = {
            color: max((matching.closeness(meant, part) for part in matching.words(color)), default=0.0)
            for color in colors
        }
        found += [color for color, fit in fits.items() if fit >= _CLOSE and fit == max(fits.values())]
    return found


def _relative(plain: str, sizes: Sequence[str], own: str) -> str | None:
    """`one size up`, `smaller`."""
    steps = bool(_UP.search(plain)) - bool(_DOWN.search(plain))
    if not steps or own not in sizes:
        return None
    place = sizes.index(own) + steps * (2 if _TWO_SIZES.search(plain) else 1)
    return sizes[place] if 0 <= place < len(sizes) else None


def _unknown(plain: str, sizes: Sequence[str]) -> str | None:
    """A size that other products have, and this one has not."""
    all_letters = [*_LETTERS, *_SIZE_WORDS.values()]
    typed = [_SIZE_WORDS.get(word, word) for word in words(plain) if len(word) > 1]
    numeric = any(size[:1].isdigit() for size in sizes)
    for word in typed:
        if word.upper() in all_letters or (numeric and re.fullmatch(r"[2-5]\d", word)):
            return word.upper()
    return None


def _last_but(own: str, found: Sequence[str]) -> str | None:
    others = [value for value in found if value != own]
    return others[-1] if others else (found[-1] if found else None)


def _join(found: re.Match[str]) -> str:
    return "x" * len(re.findall(r"extra|x", found[1])) + found[2]
