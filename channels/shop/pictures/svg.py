"""The few elements of SVG that the drawings are made of. The canvas is 400 by 400."""

from __future__ import annotations

import re
from typing import Final

SIZE: Final = 400
_NUMBERS: Final = re.compile(r"-?\d+(?:\.\d+)?")
_STEP: Final = re.compile(r"([MLQC])([^MLQC]+)")

Points = list[tuple[float, float]]


def _attributes(more: dict[str, str | float]) -> str:
    return "".join(f' {name.replace("_", "-")}="{value}"' for name, value in more.items())


def path(d: str, fill: str, **more: str | float) -> str:
    """A filled outline."""
    return f'<path d="{d}" fill="{fill}"{_attributes(more)}/>'


def line(d: str, colour: str, width: float = 3, **more: str | float) -> str:
    """A drawn line with round ends."""
    ends = 'fill="none" stroke-linecap="round" stroke-linejoin="round"'
    return f'<path d="{d}" stroke="{colour}" stroke-width="{width}" {ends}{_attributes(more)}/>'


def circle(x: float, y: float, r: float, fill: str, **more: str | float) -> str:
    """A disc."""
    return f'<circle cx="{x:g}" cy="{y:g}" r="{r:g}" fill="{fill}"{_attributes(more)}/>'


def ellipse(x: float, y: float, rx: float, ry: float, fill: str, **more: str | float) -> str:
    """An oval."""
    return f'<ellipse cx="{x:g}" cy="{y:g}" rx="{rx:g}" ry="{ry:g}" fill="{fill}"{_attributes(more)}/>'


def rect(x: float, y: float, w: float, h: float, fill: str, r: float = 0, **more: str | float) -> str:
    """A rectangle, with round corners where `r` says so."""
    corners = f' rx="{r:g}"' if r else ""
    place = f'x="{x:g}" y="{y:g}" width="{w:g}" height="{h:g}"'
    return f'<rect {place}{corners} fill="{fill}"{_attributes(more)}/>'


def words(x: float, y: float, text: str, fill: str, size: float, **more: str | float) -> str:
    """A few letters in the middle of `x`; never anything but our own."""
    place = f'x="{x:g}" y="{y:g}" font-size="{size:g}" text-anchor="middle"'
    font = "font-family=\"Georgia,'Times New Roman',serif\""
    return f'<text {place} fill="{fill}" {font}{_attributes(more)}>{text}</text>'


def moved(shapes: str, x: float, y: float, scale: float = 1) -> str:
    """Somewhere else, and larger or smaller."""
    return f'<g transform="translate({x:g} {y:g}) scale({scale:g})">{shapes}</g>'


def turned(shapes: str, degrees: float, x: float = 200, y: float = 200) -> str:
    """Turned around a point."""
    return f'<g transform="rotate({degrees:g} {x:g} {y:g})">{shapes}</g>'


def mirrored(shapes: str) -> str:
    """The left side, and the same on the right."""
    return f'{shapes}<g transform="matrix(-1 0 0 1 {SIZE} 0)">{shapes}</g>'


def inside(outline: str, shapes: str, name: str) -> str:
    """What of the shapes lies inside an outline; the name is unique in a drawing."""
    return f'<clipPath id="{name}"><path d="{outline}"/></clipPath><g clip-path="url(#{name})">{shapes}</g>'


def both(half: str) -> str:
    """The outline whose left half goes from the middle line down to the middle line again."""
    steps = [(kind, _points(numbers)) for kind, numbers in _STEP.findall(half)]
    there = " ".join(kind + _written(points) for kind, points in steps)
    ends = [points[-1] for _, points in steps]
    back = []
    for (kind, points), before in zip(reversed(steps[1:]), reversed(ends[:-1]), strict=True):
        turned_round = [*reversed(points[:-1]), before]
        back.append(kind + _written([(SIZE - x, y) for x, y in turned_round]))
    return f"{there} {' '.join(back)} Z"


def _points(numbers: str) -> Points:
    values = [float(number) for number in _NUMBERS.findall(numbers)]
    return list(zip(values[::2], values[1::2], strict=True))


def _written(points: Points) -> str:
    return " ".join(f"{x:g} {y:g}" for x, y in points)
