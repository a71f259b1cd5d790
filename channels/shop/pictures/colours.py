"""The shop's colours as paint: a colour with its shades, and what it stands out from."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from typing import Final

COLOURS: Final = {
    "navy": "#2f4365",
    "forest green": "#2f5d49",
    "red": "#c2463b",
    "yellow": "#e4b23a",
    "black": "#3a3d42",
    "orange": "#dd7a3a",
    "teal": "#2d7d80",
    "blue": "#4679ab",
    "burgundy": "#7b3243",
    "sand": "#cfb48c",
    "grey": "#8f969b",
    "green": "#6b8f5b",
    "white": "#f4f0e6",
}
"""Every colour word of the catalogue."""

GROUNDS: Final = (
    ("#ece4d4", "#e1d5be"),
    ("#dfe8e0", "#cfdcd1"),
    ("#dde7ed", "#cbd9e3"),
    ("#f2e2d8", "#e8d1c2"),
    ("#e6e3ee", "#d8d3e4"),
    ("#f1e9cd", "#e7dcb3"),
)
"""Backgrounds, each with what is drawn on it."""

INK: Final = "#1d2430"
PAPER: Final = "#fbf7ee"
WOOD: Final = "#c49a6c"
STEEL: Final = "#b9c1c6"
GUM: Final = "#33363b"
BRASS: Final = "#c9a24b"
_NEAR: Final = 115


def mixed(colour: str, other: str, part: float) -> str:
    """`colour` with so much of the `other` in it, 0 to 1."""
    pairs = zip(_parts(colour), _parts(other), strict=True)
    return "#" + "".join(f"{round(one + (two - one) * part):02x}" for one, two in pairs)


def _parts(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _distance(colour: str, other: str) -> int:
    return sum(abs(one - two) for one, two in zip(_parts(colour), _parts(other), strict=True))


@dataclass(frozen=True)
class Paint:
    """A colour to draw a thing in, and a number by which things of a kind differ."""

    base: str
    seed: int = 0

    @property
    def dark(self) -> str:
        """In the shade."""
        return mixed(self.base, INK, 0.2)

    @property
    def deep(self) -> str:
        """Inside, and seams."""
        return mixed(self.base, INK, 0.42)

    @property
    def light(self) -> str:
        """In the sun."""
        return mixed(self.base, "#ffffff", 0.16)

    @property
    def pale(self) -> str:
        """Trimmings."""
        return mixed(self.base, "#ffffff", 0.45)

    @property
    def trim(self) -> str:
        """A colour that goes with it."""
        choice = ("#e0a94a", "#d9694a", "#e9dcc0", "#5f9ea0", "#f1ede2")
        far = sorted(choice, key=lambda colour: -_distance(colour, self.base))[:3]
        return far[self.seed % len(far)]

    def shaded(self) -> Paint:
        """The same a step back from the light."""
        return Paint(self.dark, self.seed)

    def ground(self) -> tuple[str, str]:
        """A background it stands out from."""
        far = [pair for pair in GROUNDS if _distance(pair[1], self.base) > _NEAR]
        return far[(self.seed >> 3) % len(far)] if far else GROUNDS[2]


def paint(slug: str, colour: str) -> Paint:
    """The paint of a thing, by its name and its colour as `#rrggbb`."""
    return Paint(colour, zlib.crc32(slug.encode()))
