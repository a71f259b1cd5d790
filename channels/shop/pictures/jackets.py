"""Jackets, from a vest to a parka."""

from __future__ import annotations

from channels.shop.pictures.colours import BRASS, PAPER, Paint
from channels.shop.pictures.svg import both, circle, inside, line, mirrored, moved, path, rect

_SLEEVE = (
    "M128 112 C106 120 96 140 90 166 L66 290 C64 302 68 307 79 310 L98 314 "
    "C109 316 113 311 115 302 L138 206 Z"
)


def _body(bottom: float) -> str:
    return both(
        f"M200 94 L168 94 C154 104 138 108 126 114 C130 150 134 176 134 206 L128 {bottom - 10:g} "
        f"Q164 {bottom:g} 200 {bottom:g}"
    )


def jacket(
    paint: Paint,
    *,
    hood: bool = False,
    fur: bool = False,
    bottom: float = 330,
    quilted: bool = False,
    sleeves: bool = True,
    flaps: int = 0,
    yoke: bool = False,
    collar: str = "",
    buttons: bool = False,
    stripes: bool = False,
    chest: bool = False,
    fleece: bool = False,
) -> str:
    """A jacket from the front, closed."""
    body = _body(bottom)
    sleeve = path(_SLEEVE, paint.base) + path(
        "M66 290 L62 300 C60 308 66 313 80 316 L100 319 C110 320 114 316 116 306 L115 302 C112 312 108 316 98 314 L79 310 C68 307 64 302 66 290 Z",
        paint.deep,
    )
    parts = [_hood(paint, fur) if hood else ""]
    if sleeves:
        sleeve += path("M138 206 L115 302 L100 314 C112 280 122 240 130 196 Z", paint.dark)
        if quilted:
            sleeve += "".join(
                line(
                    f"M{92 - i * 6.2:g} {160 + i * 32} Q{112 - i * 6:g} {172 + i * 32} {135 - i * 6.5:g} {168 + i * 32}",
                    paint.dark,
                    3,
                )
                for i in range(4)
            )
        if stripes:
            sleeve += line("M80 222 L128 236", PAPER, 8)
        parts.append(mirrored(sleeve))
    parts.append(path(body, paint.base))
    parts.append(inside(body, _surface(paint, bottom, quilted, fleece, yoke), "body"))
    parts.append(_front(paint, bottom, buttons, stripes, body))
    parts.append(_pockets(paint, bottom, flaps, chest))
    if not hood:
        parts.append(_collar(paint, collar))
    return moved("".join(parts), 0, 0 if bottom < 350 else -14)


def _surface(paint: Paint, bottom: float, quilted: bool, fleece: bool, yoke: bool) -> str:
    shapes = path(f"M200 90 L280 90 L280 {bottom} L200 {bottom} Z", paint.dark, opacity=0.45)
    if quilted:
        rows = range(136, int(bottom) - 8, 32)
        shapes += "".join(
            line(f"M120 {y} Q160 {y + 12} 200 {y + 4} Q240 {y + 12} 280 {y}", paint.dark, 3.5) for y in rows
        )
        shapes += "".join(
            line(f"M120 {y + 6} Q160 {y + 18} 200 {y + 10}", paint.light, 2.5, opacity=0.6) for y in rows
        )
    if fleece:
        dots = ((x + (y // 14 % 2) * 8, y) for y in range(110, int(bottom), 14) for x in range(122, 284, 16))
        shapes += "".join(line(f"M{x} {y} q4 -5 8 0", paint.light, 2.4, opacity=0.7) for x, y in dots)
    if yoke:
        shapes += path(both("M200 90 L120 90 L120 150 Q160 168 200 160"), paint.deep)
        shapes += line("M120 150 Q160 168 200 160 Q240 168 280 150", paint.trim, 3)
    return shapes


def _front(paint: Paint, bottom: float, buttons: bool, stripes: bool, body: str) -> str:
    if buttons:
        front = line(f"M208 112 L208 {bottom - 2}", paint.deep, 2.5)
        rows = range(138, int(bottom) - 20, 42)
        return front + "".join(circle(199, y, 5, BRASS) + circle(198, y - 1, 1.6, PAPER) for y in rows)
    front = line(f"M200 104 L200 {bottom - 3}", paint.deep, 5) + line(
        f"M200 104 L200 {bottom - 3}", paint.pale, 1.4, stroke_dasharray="2 4"
    )
    front += rect(196.5, 122, 7, 17, paint.trim, 3)
    if stripes:
        band = rect(110, 226, 180, 12, PAPER) + rect(110, 231, 180, 2, "#c9ccd0")
        front = inside(body, band, "band") + front
    return front


def _pockets(paint: Paint, bottom: float, flaps: int, chest: bool) -> str:
    low = bottom - 86
    shapes = ""
    if flaps:
        flap = rect(141, low, 46, 48, paint.dark, 5) + path(
            f"M138 {low} h52 v12 q-26 14 -52 0 Z", paint.light
        )
        flap += circle(164, low + 13, 3.4, BRASS)
        if flaps > 2:
            flap += (
                rect(145, 158, 38, 36, paint.dark, 4)
                + path("M142 158 h44 v9 q-22 11 -44 0 Z", paint.light)
                + circle(164, 168, 3, BRASS)
            )
        return mirrored(flap)
    shapes += mirrored(
        line(f"M150 {low + 46} L162 {low + 2}", paint.deep, 4.5) + circle(162, low + 2, 3.6, paint.trim)
    )
    if chest:
        shapes += line("M222 152 L250 148", paint.deep, 4) + rect(246, 146, 12, 5, paint.trim, 2)
    return shapes


def _hood(paint: Paint, fur: bool) -> str:
    outer = "M200 40 C164 40 146 68 152 108 C168 122 184 126 200 126"
    shapes = path(both(outer), paint.base) + path(
        "M200 40 C236 40 254 68 248 108 C232 122 216 126 200 126 Z", paint.dark, opacity=0.4
    )
    if fur:
        shapes += path(both("M200 52 C172 52 158 76 164 108 C176 120 188 124 200 124"), "#e8dcc6")
        shapes += "".join(
            circle(x, y, 9, "#f1e7d4")
            for x, y in ((168, 74), (182, 60), (200, 55), (218, 60), (232, 74), (164, 92), (236, 92))
        )
    opening = both("M200 62 C178 62 166 82 170 108 C180 117 190 120 200 120")
    return shapes + path(opening, paint.deep) + mirrored(line("M178 114 L176 140", paint.trim, 3))


def _collar(paint: Paint, kind: str) -> str:
    inner = path(both("M200 78 C184 78 174 84 172 98 Q186 106 200 106"), paint.deep)
    if kind == "turned":
        wing = path("M198 110 L176 80 C164 86 156 98 154 112 L180 134 Z", "#6b4f38")
        return inner + mirrored(wing)
    stand = both("M200 84 C184 84 172 84 168 90 L166 112 Q182 120 200 120")
    shapes = path(both("M200 74 C184 74 170 78 168 92 Q184 100 200 100"), paint.deep)
    return shapes + path(stand, paint.light) + line("M200 88 L200 120", paint.deep, 4)


def poncho(paint: Paint) -> str:
    """A rain cape with its hood up."""
    cape = both("M200 92 C170 96 150 108 136 130 C112 176 82 252 66 306 Q130 340 200 340")
    folds = mirrored(
        line("M158 140 C146 200 132 262 120 318", paint.dark, 4)
        + line("M178 150 C172 210 166 270 162 328", paint.dark, 3, opacity=0.7)
    )
    shade = inside(cape, path("M200 80 L360 80 L360 360 L200 360 Z", paint.dark, opacity=0.45), "cape")
    snaps = "".join(circle(200, y, 4, paint.trim) for y in (142, 170, 198))
    hem = inside(cape, line("M50 292 Q130 330 200 330 Q270 330 350 292", paint.light, 4), "hem")
    pocket = path("M164 226 h72 v34 q0 12 -12 12 h-48 q-12 0 -12 -12 Z", paint.dark) + line(
        "M164 228 h72", paint.trim, 4
    )
    return path(cape, paint.base) + shade + folds + hem + pocket + _hood(paint, False) + snaps
