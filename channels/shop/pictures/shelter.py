"""Tents, a tarp, a hammock."""

from __future__ import annotations

from channels.shop.pictures.colours import STEEL, WOOD, Paint
from channels.shop.pictures.svg import (
    ellipse,
    inside,
    line,
    mirrored,
    moved,
    path,
    rect,
)

_GRASS = "".join(
    line(f"M{x} 330 q-3 -10 -7 -14 M{x} 330 q1 -11 4 -18", "#7d9a6a", 3.5) for x in (58, 96, 306, 344)
)


def tent(paint: Paint, *, small: bool = False) -> str:
    """A tent with its porch open."""
    if small:
        left, top = (
            "M40 322 C90 300 140 200 206 118 L240 322 Z",
            "M206 118 C250 190 310 290 364 322 L200 322 Z",
        )
        door = "M206 136 C196 200 176 270 146 322 L262 322 C240 270 220 210 206 136 Z"
        pole = line("M206 106 L206 128", STEEL, 6)
    else:
        left, top = (
            "M34 322 C60 230 120 140 200 104 L214 322 Z",
            "M200 104 C280 140 340 230 366 322 L190 322 Z",
        )
        door = "M200 128 C160 180 134 250 128 322 L272 322 C266 250 240 180 200 128 Z"
        pole = line("M34 322 C60 230 120 140 200 104 C280 140 340 230 366 322", paint.deep, 5)
    inside_view = path(door, paint.deep) + inside(
        door, ellipse(200, 326, 62, 26, "#e9c46a", opacity=0.55) + rect(120, 306, 160, 20, "#8a6a4a"), "door"
    )
    flap = path("M206 140 C230 190 252 250 262 322 L282 322 C274 250 244 180 206 140 Z", paint.light)
    ropes = line("M60 270 L22 330 M340 270 L378 330", "#b79b6a", 3) + line(
        "M22 330 l4 8 M378 330 l-4 8", "#8a6a4a", 5
    )
    seams = line("M120 186 C110 230 104 280 102 322", paint.dark, 3) + line(
        "M282 186 C292 230 298 280 300 322", paint.deep, 3, opacity=0.6
    )
    return _GRASS + ropes + path(left, paint.base) + path(top, paint.dark) + seams + inside_view + flap + pole


def tarp(paint: Paint) -> str:
    """A tarp between two trees."""
    trees = mirrored(
        rect(54, 60, 26, 276, "#9a7653", 8)
        + path("M67 26 C26 50 26 112 67 116 C108 112 108 50 67 26 Z", "#7d9a6a")
    )
    sheet = path(
        "M70 148 L330 148 L370 250 Q330 236 290 254 Q246 236 200 256 Q154 236 110 254 Q70 236 30 250 Z",
        paint.base,
    )
    shade = path("M200 148 L330 148 L370 250 Q330 236 290 254 Q246 236 200 256 Z", paint.dark, opacity=0.6)
    ropes = line("M30 250 L14 332 M370 250 L386 332 M110 254 L104 332 M290 254 L296 332", "#d8c7a2", 3)
    camp = path("M170 334 L230 334 L222 322 L178 322 Z", "#8a6a4a") + moved(
        path("M0 0 C-16 -18 -10 -32 0 -50 C10 -32 16 -18 0 0 Z", "#e8924a"), 200, 324, 0.9
    )
    return trees + ropes + sheet + shade + line("M70 148 L330 148", paint.deep, 5) + camp


def hammock(paint: Paint) -> str:
    """A hammock between two trees."""
    trees = mirrored(
        rect(36, 52, 30, 288, "#9a7653", 9)
        + rect(36, 52, 11, 288, "#b08a63", 6)
        + rect(34, 138, 34, 12, paint.trim, 3)
    )
    leaves = mirrored(path("M50 10 C4 34 4 98 50 104 C96 98 96 34 50 10 Z", "#7d9a6a"))
    bed = "M88 172 C130 312 270 312 312 172 C290 220 250 236 200 236 C150 236 110 220 88 172 Z"
    ropes = line("M66 146 L90 176 M334 146 L310 176", "#d8c7a2", 5)
    inner = "".join(
        line(
            f"M{x} 180 Q200 {250 + i * 22} {400 - x} 180",
            paint.dark if i % 2 else paint.trim,
            7,
            opacity=0.85,
        )
        for i, x in enumerate((104, 110, 118))
    )
    back = path("M88 172 C130 214 270 214 312 172 C286 250 114 250 88 172 Z", paint.deep)
    return (
        trees
        + leaves
        + ropes
        + back
        + path(bed, paint.base)
        + inside(bed, inner, "bed")
        + line("M88 172 C110 220 150 236 200 236 C250 236 290 220 312 172", paint.light, 5)
        + ellipse(200, 336, 90, 7, WOOD, opacity=0.3)
    )
