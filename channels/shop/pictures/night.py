"""What a night outside takes, under the roof."""

from __future__ import annotations

from channels.shop.pictures.colours import GUM, PAPER, STEEL, Paint
from channels.shop.pictures.svg import (
    both,
    circle,
    ellipse,
    inside,
    line,
    moved,
    path,
    rect,
    turned,
)


def sleeping_bag(paint: Paint, *, hood: bool = False) -> str:
    """A sleeping bag, a little open."""
    body = (
        both("M200 60 C150 60 124 92 126 150 L134 300 Q144 348 200 348")
        if hood
        else both("M200 64 L132 66 Q122 70 124 90 L136 316 Q146 346 200 346")
    )
    rows = range(150, 340, 30)
    inner = path("M200 40 L320 40 L320 360 L200 360 Z", paint.dark, opacity=0.35)
    inner += "".join(line(f"M110 {y} Q200 {y + 16} 290 {y}", paint.dark, 4) for y in rows) + "".join(
        line(f"M110 {y + 7} Q160 {y + 16} 200 {y + 16}", paint.light, 3, opacity=0.7) for y in rows
    )
    if hood:
        face = (
            ellipse(200, 112, 46, 40, paint.deep)
            + ellipse(200, 118, 36, 30, paint.trim)
            + line("M240 140 L252 168 M160 140 L150 166", paint.trim, 4)
        )
    else:
        face = path(
            "M134 68 L266 68 Q276 72 275 90 L272 128 Q220 150 168 132 L128 128 L126 90 Q124 72 134 68 Z",
            paint.trim,
        ) + ellipse(196, 98, 52, 20, PAPER)
    zipper = line("M262 150 L254 320", paint.deep, 4, stroke_dasharray="3 4")
    return path(body, paint.base) + inside(body, inner, "bag") + face + zipper


def mat(paint: Paint) -> str:
    """A sleeping mat, half rolled."""
    sheet = "M96 196 L300 150 L350 300 L140 350 Z"
    lines = "".join(
        line(f"M{92 + i * 11:g} {204 + i * 36:g} L{306 + i * 11:g} {156 + i * 36:g}", paint.dark, 5)
        for i in range(5)
    )
    roll = line("M96 176 L300 130", paint.dark, 66) + line("M92 166 L296 120", paint.light, 14, opacity=0.7)
    end = (
        circle(96, 176, 33, paint.deep)
        + circle(96, 176, 22, paint.light)
        + circle(96, 176, 12, paint.deep)
        + circle(96, 176, 4, paint.light)
    )
    valve = circle(330, 284, 8, GUM) + circle(330, 284, 3, paint.trim)
    return moved(path(sheet, paint.base) + inside(sheet, lines, "mat") + roll + end + valve, 0, -4)


def pillow(paint: Paint) -> str:
    """A blow-up pillow."""
    body = both(
        "M200 132 C150 136 112 112 86 128 C62 144 74 186 72 214 C72 250 58 290 84 304 C112 318 150 296 200 298"
    )
    inner = path("M200 100 L360 100 L360 330 L200 330 Z", paint.dark, opacity=0.3) + "".join(
        line(f"M{x} 150 Q{x + (x - 200) * 0.12:g} 216 {x} 284", paint.dark, 4)
        for x in (130, 165, 200, 235, 270)
    )
    shine = line("M98 158 C108 150 120 150 130 152", paint.light, 8)
    cloud = path("M172 228 a18 18 0 0 1 4 -36 a26 26 0 0 1 48 4 a16 16 0 0 1 4 32 Z", PAPER, opacity=0.9)
    return (
        path(body, paint.base)
        + inside(body, inner, "body")
        + shine
        + cloud
        + circle(300, 280, 9, paint.deep)
        + circle(300, 280, 4, paint.trim)
    )


def earplugs(paint: Paint) -> str:
    """Earplugs in their tin."""
    tin = (
        ellipse(200, 290, 116, 42, "#8d969c")
        + rect(84, 252, 232, 38, "#aab3b8")
        + ellipse(200, 252, 116, 42, STEEL)
        + ellipse(200, 250, 102, 34, "#59626a")
    )
    lid = turned(
        ellipse(262, 150, 104, 46, "#8d969c")
        + ellipse(262, 144, 104, 46, STEEL)
        + ellipse(262, 144, 82, 33, paint.base),
        -20,
        262,
        150,
    )

    def plug(x: float, y: float, turn: float) -> str:
        return turned(
            path(
                f"M{x - 19} {y + 26} C{x - 19} {y - 16} {x - 12} {y - 38} {x} {y - 38} C{x + 12} {y - 38} {x + 19} {y - 16} {x + 19} {y + 26} Q{x} {y + 34} {x - 19} {y + 26} Z",
                "#e8a35f",
            )
            + line(f"M{x - 8} {y - 14} L{x - 9} {y + 14}", "#f6d3a8", 6),
            turn,
            x,
            y,
        )

    moon = turned(path("M258 122 a24 24 0 1 0 22 36 a20 20 0 0 1 -22 -36 Z", PAPER), -20, 262, 150)
    return (
        lid
        + moon
        + tin
        + inside(
            "M98 180 L302 180 L302 250 A102 34 0 0 1 98 250 Z",
            plug(170, 240, -14) + plug(226, 244, 18),
            "tin",
        )
    )


def head_torch(paint: Paint) -> str:
    """A head torch, switched on."""
    beam = path("M176 236 L30 356 L330 372 L250 236 Z", "#f6e3a0", opacity=0.55)
    band = line("M128 196 C60 150 110 76 200 76 C290 76 340 150 272 196", paint.base, 26) + line(
        "M128 196 C60 150 110 76 200 76 C290 76 340 150 272 196", paint.pale, 4, stroke_dasharray="10 10"
    )
    case = (
        rect(128, 172, 144, 84, GUM, 26)
        + rect(128, 172, 144, 84, paint.base, 26, opacity=0.35)
        + rect(140, 182, 120, 12, "#ffffff", 6, opacity=0.25)
    )
    lamp = (
        circle(184, 216, 33, "#23262b")
        + circle(184, 216, 26, "#fdf3c4")
        + circle(184, 216, 13, "#ffffff")
        + circle(240, 204, 11, "#d0453a")
        + rect(226, 226, 28, 11, paint.trim, 5)
    )
    return beam + band + case + lamp


def lantern(paint: Paint) -> str:
    """A lantern that glows."""
    glow = circle(200, 218, 142, "#fbe7a8", opacity=0.45) + circle(200, 218, 104, "#fdf0c6", opacity=0.6)
    loop = line("M140 132 C140 44 260 44 260 132", GUM, 8)
    top = path("M136 150 Q138 116 170 112 L230 112 Q262 116 264 150 Z", paint.base) + path(
        "M200 112 L230 112 Q262 116 264 150 L200 150 Z", paint.dark, opacity=0.5
    )
    glass = (
        rect(140, 150, 120, 124, "#fff3c9", 6)
        + ellipse(200, 214, 30, 42, "#ffd873")
        + ellipse(200, 222, 15, 26, "#fff6da")
    )
    bars = line("M142 152 V274 M180 152 V274 M220 152 V274 M258 152 V274", paint.deep, 5, opacity=0.75)
    foot = (
        path("M130 274 L270 274 L280 322 Q278 338 262 338 L138 338 Q122 338 120 322 Z", paint.base)
        + path("M200 274 L270 274 L280 322 Q278 338 262 338 L200 338 Z", paint.dark, opacity=0.5)
        + circle(200, 306, 12, GUM)
        + line("M200 306 L207 298", PAPER, 3)
    )
    return glow + loop + top + glass + bars + foot
