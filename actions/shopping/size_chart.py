"""The shop's size charts, `data/size_charts/*.csv`, and what they say about somebody's measures."""

from __future__ import annotations

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

from actions.shopping.measures import Measures

FOLDER: Final = Path(__file__).resolve().parents[2] / "data" / "size_charts"
_STRONG, _WEAK = 2.0, 1.0
"""How much a measure of the body counts beside height and weight, which only hint at a size."""


@dataclass(frozen=True)
class Advice:
    """The sizes that fit, nearest first (two where it lies between), and how sure that is."""

    sizes: tuple[str, ...]
    sure: bool
    inside: bool = True
    """False: the measures lie outside the chart, and this is only its nearest end."""


Row = dict[str, str]


@cache
def chart(name: str) -> tuple[Row, ...]:
    """The rows of `clothes`, `footwear` or `socks`, smallest first."""
    with (FOLDER / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))


def clothes_size(measures: Measures) -> Advice | None:
    """By chest and waist, else by height and weight, else by the dress size; None when none is known."""
    if measures.chest or measures.waist:
        return _best({"chest": (measures.chest, _STRONG), "waist": (measures.waist, _WEAK)}, sure=True)
    if measures.weight:
        return _best({"weight": (measures.weight, _STRONG), "height": (measures.height, _WEAK)}, sure=False)
    if measures.height:
        return _best({"height": (measures.height, _STRONG)}, sure=False)
    worn = measures.plain or (measures.shoe[1] if measures.shoe and measures.shoe[0] == "uk" else None)
    if worn:
        return _dress(worn)
    return None


def shoe_size(measures: Measures) -> Advice | None:
    """The EU size by the foot's length or another country's size; None when neither is known."""
    if measures.foot:
        return _nearest("foot_cm", measures.foot, step=0.1)
    if measures.shoe:
        return _nearest(measures.shoe[0], measures.shoe[1], step=0.1)
    return None


def shoe_row(eu: str) -> Row | None:
    """What an EU size is elsewhere."""
    return next((row for row in chart("footwear") if row["eu"] == eu), None)


def sock_size(eu: float) -> str | None:
    """The sock that fits a shoe size; None outside the chart."""
    rows = chart("socks")
    return next((row["size"] for row in rows if float(row["eu_from"]) <= eu <= float(row["eu_to"])), None)


def neighbour(size: str, sizes: Sequence[str], step: int) -> str | None:
    """The size above (1) or below (-1) in `sizes`, smallest first; None at the end of them."""
    if size not in sizes or not 0 <= sizes.index(size) + step < len(sizes):
        return None
    return sizes[sizes.index(size) + step]


def _best(wanted: dict[str, tuple[float | None, float]], *, sure: bool) -> Advice:
    """The rows that lie least far off; two when the second is as near."""
    rows = chart("clothes")
    given = {name: (value, weight) for name, (value, weight) in wanted.items() if value is not None}
    off = [sum(_off(row, name, value) * weight for name, (value, weight) in given.items()) for row in rows]
    best = min(off)
    near = [row["size"] for row, far in zip(rows, off, strict=True) if far <= best + 1e-9]
    chosen = next(row for row in rows if row["size"] == near[0])
    inside = all(
        _low(rows[0], name) - 1 <= value <= _high(rows[-1], name) + 1 for name, (value, _) in given.items()
    )
    agree = all(_low(chosen, name) <= value <= _high(chosen, name) for name, (value, _) in given.items())
    return Advice(tuple(near[:2]), sure and agree and len(near) == 1, inside)


def _off(row: Row, name: str, value: float) -> float:
    """How far outside a row's range a value lies, in parts of that range; a little, too, from its middle."""
    low, high = _low(row, name), _high(row, name)
    outside = max(low - value, value - high, 0.0)
    return round(
        outside / (high - low) + (0.0 if name == "chest" else abs(value - (low + high) / 2) / 100), 3
    )


def _low(row: Row, name: str) -> float:
    return float(row[f"{name}_from_{'kg' if name == 'weight' else 'cm'}"])


def _high(row: Row, name: str) -> float:
    return float(row[f"{name}_to_{'kg' if name == 'weight' else 'cm'}"])


def _dress(number: float) -> Advice | None:
    rows = chart("clothes")
    fits = [row["size"] for row in rows if float(row["uk_dress_from"]) <= number <= float(row["uk_dress_to"])]
    return Advice(tuple(fits[:2]), sure=False) if fits else None


def _nearest(column: str, value: float, *, step: float) -> Advice:
    """The row with this value, or the two it lies between."""
    rows = chart("footwear")
    far = sorted(rows, key=lambda row: (abs(float(row[column]) - value), -float(row["eu"])))
    inside = float(rows[0][column]) - 0.5 <= value <= float(rows[-1][column]) + 0.5
    if abs(float(far[0][column]) - value) <= step or not inside:
        return Advice((far[0]["eu"],), inside, inside)
    return Advice(tuple(sorted((far[0]["eu"], far[1]["eu"]), key=float)), sure=False)
