"""Hats, scarves, blankets and whatever else is woven or knitted."""

from __future__ import annotations

from channels.shop.pictures.colours import BRASS, PAPER, WOOD, Paint, mixed
from channels.shop.pictures.svg import (
    both,
    circle,
    ellipse,
    inside,
    line,
    mirrored,
    path,
    rect,
    turned,
)

_BARK = mixed(WOOD, "#5a3a20", 0.45)


def beanie(paint: Paint) -> str:
    """A ribbed hat with a bobble."""
    crown = both("M200 104 C130 106 100 160 98 236 L98 262 L200 262")
    ribs = "".join(
        line(f"M{200 + i * 17} 262 C{200 + i * 17} 190 {200 + i * 10} 130 200 100", paint.dark, 3.4)
        for i in range(-6, 7)
    )
    brim = rect(84, 242, 232, 66, paint.light, 24)
    bars = "".join(line(f"M{x} 248 L{x} 302", paint.dark, 3.4) for x in range(100, 306, 13))
    bobble = circle(200, 92, 38, paint.trim) + "".join(
        line(f"M200 92 L{200 + dx} {92 + dy}", mixed(paint.trim, "#ffffff", 0.35), 3)
        for dx, dy in (
            (0, -34),
            (24, -24),
            (34, 0),
            (24, 24),
            (-24, -24),
            (-34, 0),
            (-24, 24),
            (12, -12),
            (-12, 14),
        )
    )
    label = rect(220, 262, 42, 26, "#a67c56", 4) + line("M230 277 q7 -8 11 0 q5 -5 9 -2", PAPER, 2.4)
    return path(crown, paint.base) + inside(crown, ribs, "crown") + bobble + brim + bars + label


def scarf(paint: Paint) -> str:
    """A scarf, wound once."""
    left = "M150 176 L216 190 L196 338 L126 326 Z"
    right = "M206 180 L262 172 L288 300 L228 312 Z"

    def stripes(turn: float) -> str:
        return turned(
            "".join(
                rect(100, y, 220, h, c)
                for y, h, c in ((236, 14, paint.trim), (260, 7, paint.pale), (278, 14, paint.trim))
            ),
            turn,
            200,
            260,
        )

    fringe = "".join(
        line(f"M{130 + i * 11} {328 + i * 2} l-3 24", paint.dark, 4.5) for i in range(6)
    ) + "".join(line(f"M{232 + i * 11} {311 - i * 2} l3 24", paint.deep, 4.5) for i in range(6))
    loop = "M98 128 C104 84 296 84 302 128 C310 184 264 214 200 214 C136 214 90 184 98 128 Z"
    folds = line("M116 160 C150 196 250 196 284 160 M112 132 C146 176 254 176 288 132", paint.dark, 4)
    hole = ellipse(200, 120, 74, 23, paint.deep)
    return (
        fringe
        + path(right, paint.dark)
        + inside(right, stripes(-10), "right")
        + path(left, paint.base)
        + inside(left, stripes(9), "left")
        + path(loop, paint.light)
        + folds
        + hole
    )


def throw(paint: Paint, *, picnic: bool = False) -> str:
    """A checked blanket, folded; for a picnic, with its strap."""
    body = "M82 206 Q82 184 106 184 L294 184 Q318 184 318 206 L318 296 Q318 318 294 318 L106 318 Q82 318 82 296 Z"
    check = "".join(rect(x, 170, 15, 160, paint.trim, opacity=0.55) for x in range(96, 320, 44)) + "".join(
        rect(70, y, 260, 13, paint.pale, opacity=0.55) for y in range(196, 320, 40)
    )
    check += "".join(
        rect(x + 21, 170, 4, 160, paint.deep, opacity=0.5) for x in range(96, 320, 44)
    ) + "".join(rect(70, y + 20, 260, 4, paint.deep, opacity=0.5) for y in range(196, 320, 40))
    folds = rect(90, 140, 220, 54, paint.dark, 24) + rect(98, 104, 204, 50, paint.deep, 22)
    top = inside(
        "M90 164 Q90 140 114 140 L286 140 Q310 140 310 164 L310 188 L90 188 Z",
        check.replace("196", "150"),
        "fold",
    )
    if picnic:
        strap = mirrored(
            rect(132, 96, 18, 228, "#8a5a3a", 4)
            + rect(130, 212, 22, 20, "none", 3, stroke=BRASS, stroke_width=4)
        ) + line("M141 100 C150 48 250 48 259 100", "#8a5a3a", 13)
        return folds + top + path(body, paint.base) + inside(body, check, "check") + strap
    fringe = "".join(line(f"M{x} 316 l{-2 + x % 5} 26", paint.dark, 4.5) for x in range(98, 312, 11))
    return fringe + folds + top + path(body, paint.base) + inside(body, check, "check")


def cushion(paint: Paint) -> str:
    """A plump cushion."""
    body = both(
        "M200 96 C160 98 122 80 98 90 C80 100 100 150 98 206 C98 262 78 310 98 322 C122 332 160 314 200 316"
    )
    state, flecks = paint.seed, ""
    for i in range(130):
        state = (state * 1103515245 + 12345) % 2**31
        flecks += line(
            f"M{88 + state % 226} {86 + (state >> 9) % 240} l4 {state % 5 - 2}",
            (paint.pale, paint.deep, paint.trim)[i % 3],
            2.2,
            opacity=0.7,
        )
    inner = path("M200 60 L340 60 L340 340 L200 340 Z", paint.dark, opacity=0.3) + flecks
    flower = (
        line("M200 296 C204 262 196 240 200 214", PAPER, 5)
        + ellipse(200, 210, 24, 18, PAPER)
        + "".join(
            line(f"M200 198 L{200 + dx} {150 + abs(dx) // 2}", PAPER, 5) for dx in (-34, -18, 0, 18, 34)
        )
        + path(
            "M200 272 C180 268 170 254 166 242 C186 244 198 256 200 272 Z M200 256 C220 252 230 240 234 228 C214 230 202 242 200 256 Z",
            PAPER,
        )
    )
    return (
        path(body, paint.base)
        + inside(body, inner, "body")
        + flower
        + path(body, "none", stroke=paint.deep, stroke_width=4, stroke_opacity=0.5)
    )


def tea_towel(paint: Paint) -> str:
    """A linen tea towel with tide lines."""
    towel = "M118 76 L282 76 L290 332 Q200 342 110 332 Z"
    ink = "#31557c" if paint.base == "#f4f0e6" else PAPER
    waves = "".join(
        line(f"M100 {y} q13 {-a} 26 0 t26 0 t26 0 t26 0 t26 0 t26 0 t26 0 t26 0", ink, 4.5)
        for y, a in ((206, 8), (230, 14), (254, 20), (278, 14), (302, 8))
    )
    moons = "".join(
        circle(150 + i * 34, 140, 12, ink)
        + circle(150 + i * 34 + (i - 1) * 7, 140, 11, paint.base if i != 1 else ink)
        for i in range(4)
    )
    inner = path("M206 60 L300 60 L300 350 L214 350 Z", paint.dark, opacity=0.3) + waves + moons
    return (
        path(towel, paint.base)
        + inside(towel, inner, "towel")
        + rect(104, 64, 192, 20, WOOD, 9)
        + line("M200 66 C200 50 190 46 190 38", _BARK, 5)
        + line("M116 322 Q200 332 284 322", ink, 3)
    )


def hot_water_bottle(paint: Paint) -> str:
    """A hot water bottle in its jumper."""
    body = both("M200 128 C176 128 150 132 138 150 C126 170 130 250 128 300 Q130 340 166 342 L200 342")
    knit = "".join(
        line(f"M{x} {y} l6 7 l6 -7", paint.dark, 2.6, opacity=0.7)
        for y in range(150, 340, 16)
        for x in range(120 + y % 3 * 3, 280, 17)
    )
    band = "".join(path(f"M{x} 236 l13 -15 l13 15 l-13 15 Z", paint.trim) for x in range(122, 280, 30))
    inner = (
        path("M200 100 L300 100 L300 360 L200 360 Z", paint.dark, opacity=0.3)
        + knit
        + rect(100, 214, 200, 44, paint.dark)
        + band
    )
    neck = path("M168 142 L172 86 Q200 78 228 86 L232 142 Z", paint.light) + "".join(
        line(f"M{x} 88 L{x} 140", paint.dark, 3) for x in range(180, 226, 10)
    )
    cap = rect(178, 56, 44, 34, "#8a3b3b", 8) + rect(188, 46, 24, 14, "#6d2c2c", 5)
    return cap + path(body, paint.base) + inside(body, inner, "body") + neck
