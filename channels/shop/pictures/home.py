"""Small things that bring the outdoors home."""

from __future__ import annotations

from channels.shop.pictures.colours import PAPER, STEEL, WOOD, Paint, mixed
from channels.shop.pictures.svg import (
    circle,
    ellipse,
    inside,
    line,
    moved,
    path,
    rect,
)

_BARK = mixed(WOOD, "#5a3a20", 0.45)


def candle(paint: Paint) -> str:
    """A candle in a glass."""
    glow = circle(200, 118, 74, "#fbe7a8", opacity=0.55)
    glass = (
        rect(122, 170, 156, 168, "#e9dccb", 20)
        + rect(130, 200, 140, 130, paint.base, 14)
        + rect(220, 172, 50, 160, "#1d2430", 16, opacity=0.1)
    )
    flame = path(
        "M200 78 C222 108 224 128 214 142 C208 150 192 150 186 142 C176 128 178 108 200 78 Z", "#f0a63f"
    ) + path("M200 108 C210 124 211 134 206 142 Q200 146 194 142 C189 134 190 124 200 108 Z", "#fdf0c6")
    label = (
        rect(148, 220, 104, 78, PAPER, 5)
        + circle(186, 256, 9, "#5d3a55")
        + circle(202, 252, 10, "#6d4565")
        + circle(196, 268, 10, "#54334d")
        + circle(212, 266, 9, "#6d4565")
        + path("M200 244 C204 232 216 230 224 234 C220 244 210 248 200 244 Z", "#6b8f5b")
    )
    return (
        glow
        + glass
        + line("M200 200 L200 146", "#4a3b33", 5)
        + flame
        + ellipse(200, 198, 68, 9, mixed(paint.base, "#ffffff", 0.4))
        + label
        + rect(134, 184, 8, 130, "#ffffff", 4, opacity=0.6)
    )


def candle_set(paint: Paint) -> str:
    """Four candles on a wreath."""

    def one(x: float, top: float, lit: bool) -> str:
        fire = (
            circle(x, top - 26, 26, "#fbe7a8", opacity=0.6)
            + moved(path("M0 0 C-16 -18 -10 -32 0 -50 C10 -32 16 -18 0 0 Z", "#f0a63f"), x, top - 8, 0.8)
            if lit
            else ""
        )
        return (
            fire
            + line(f"M{x} {top} v-10", "#4a3b33", 4)
            + rect(x - 19, top, 38, 300 - top, paint.base, 6)
            + rect(x + 4, top, 15, 300 - top, paint.dark, 5, opacity=0.6)
            + ellipse(x, top + 2, 19, 5, paint.light)
        )

    sprigs = "".join(
        line(f"M{x} 318 q-10 -14 -20 -16 M{x} 318 q8 -16 20 -18 M{x} 312 v-18", c, 6)
        for x, c in zip(range(84, 330, 20), ("#4f7a56", "#6b8f5b") * 7, strict=False)
    )
    berries = "".join(circle(x, 316, 7, "#c2463b") for x in (110, 164, 236, 292))
    return (
        one(118, 168, True)
        + one(172, 140, True)
        + one(228, 154, True)
        + one(282, 182, False)
        + ellipse(200, 322, 140, 20, "#3f6647")
        + sprigs
        + berries
    )


def bird_feeder(paint: Paint) -> str:
    """A feeder with a visitor."""
    hang = (
        line("M200 108 L200 44", _BARK, 4)
        + line("M60 44 L340 44", _BARK, 13)
        + path("M300 44 C320 20 346 22 350 30 C340 44 320 48 300 44 Z", "#7d9a6a")
    )
    roof = path("M200 92 L304 168 L286 184 L200 122 L114 184 L96 168 Z", paint.dark)
    house = (
        rect(138, 160, 124, 132, paint.base)
        + path("M138 160 L200 116 L262 160 Z", paint.base)
        + rect(154, 182, 92, 78, "#dfeaea", 5)
        + path("M154 222 q46 -18 92 0 v38 h-92 Z", "#d9b46a")
        + line("M150 160 V290 M250 160 V290", paint.dark, 3)
    )
    tray = rect(100, 288, 200, 20, paint.dark, 6)
    bird = (
        path(
            "M268 288 C262 262 280 244 300 246 C318 248 322 262 318 274 L346 262 L320 288 C306 298 282 298 268 288 Z",
            "#a5673f",
        )
        + circle(282, 256, 15, "#a5673f")
        + path("M268 254 l-13 4 l12 5 Z", "#e4b23a")
        + circle(278, 253, 2.6, "#23262b")
        + path("M272 276 q12 14 30 12 q-8 8 -20 6 Z", "#ecd9bf")
    )
    return hang + house + roof + tray + bird


def seed_tin(paint: Paint) -> str:
    """A tin of seeds, and what becomes of them."""
    stems = line(
        "M150 190 C146 140 138 110 128 84 M200 190 V70 M250 190 C254 144 262 116 274 92", "#6b8f5b", 6
    )
    bells = "".join(
        path(f"M{x} {y} c-17 0 -19 20 -20 32 l10 -5 l10 6 l10 -6 l10 5 c-1 -12 -3 -32 -20 -32 Z", c)
        for x, y, c in (
            (126, 74, "#6f78c2"),
            (200, 56, "#5f68b4"),
            (276, 82, "#6f78c2"),
            (152, 118, "#8188cf"),
            (250, 122, "#8188cf"),
        )
    )
    tin = "M112 196 L288 196 L288 318 Q288 336 200 336 Q112 336 112 318 Z"
    label = (
        rect(100, 228, 200, 72, PAPER)
        + circle(200, 264, 22, "#6f78c2")
        + circle(200, 264, 8, "#e4b23a")
        + line("M130 264 h34 M236 264 h34", "#8a8577", 4)
    )
    shade = path("M226 190 L300 190 L300 340 L234 340 Z", "#1d2430", opacity=0.14)
    return (
        stems
        + bells
        + path(tin, paint.base)
        + inside(tin, label + shade, "tin")
        + ellipse(200, 196, 88, 16, STEEL)
        + ellipse(200, 194, 74, 11, "#5a3f2d")
    )
