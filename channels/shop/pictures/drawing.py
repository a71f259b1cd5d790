"""A product's picture: its drawing on a soft background, as an SVG document."""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from channels.shop.pictures.colours import COLOURS, Paint, paint
from channels.shop.pictures.kinds import KINDS, OWN_COLOURS
from channels.shop.pictures.svg import SIZE, circle, ellipse, path, rect

_PLAIN: Final = "#8f969b"
_LIES: Final = frozenset({"jackets", "tops", "legs"})
"""Drawings that lie flat and throw no shadow on a floor."""


def is_drawn(slug: str) -> bool:
    """Whether there is a drawing of this name."""
    return slug in KINDS


@lru_cache(maxsize=512)
def draw(slug: str, color: str = "") -> str:
    """The picture of a product in a colour of the catalogue; in another colour it is drawn in its own.

    Raises:
        KeyError: there is no such drawing.
    """
    colours = paint(slug, COLOURS.get(color) or OWN_COLOURS.get(slug, _PLAIN))
    kind = KINDS[slug]
    scene = _scene(colours, standing=_module(kind) not in _LIES)
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {SIZE} {SIZE}" width="{SIZE}" height="{SIZE}">'
    )
    return f"{head}{scene}{kind(colours)}</svg>"


def _module(kind: object) -> str:
    function = getattr(kind, "func", kind)
    return str(function.__module__).rpartition(".")[2]


def _scene(colours: Paint, *, standing: bool) -> str:
    ground, shape = colours.ground()
    behind = (
        circle(200, 200, 158, shape),
        path("M0 250 Q90 190 190 236 Q290 280 400 214 L400 400 L0 400 Z", shape),
        rect(72, 44, 256, 420, shape, 128),
        path(
            "M58 236 C30 120 130 40 226 56 C330 70 372 160 350 250 C330 350 214 372 142 350 C90 334 70 300 58 236 Z",
            shape,
        ),
    )[colours.seed % 4]
    shadow = (
        ellipse(200, 342, 132, 13, "#1d2430", opacity=0.13)
        if standing
        else ellipse(204, 352, 96, 10, "#1d2430", opacity=0.1)
    )
    return rect(0, 0, SIZE, SIZE, ground) + behind + shadow
