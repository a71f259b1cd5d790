"""What is worn under a jacket: shirts, jumpers, fleeces."""

from __future__ import annotations

from channels.shop.pictures.colours import WOOD, Paint
from channels.shop.pictures.svg import both, circle, inside, line, mirrored, path, rect

_BODY = both("M200 100 L166 92 C152 100 140 104 128 110 C134 150 137 180 137 210 L134 318 Q166 324 200 324")
_LONG = (
    "M130 108 C108 116 98 134 92 160 L66 288 C65 297 70 300 79 302 L100 306 "
    "C108 307 112 303 114 295 L140 206 Z"
)
_SHORT = "M130 108 C110 116 98 132 88 154 L74 188 Q92 206 118 206 L140 170 Z"


def _shade(paint: Paint) -> str:
    return path("M200 80 L290 80 L290 340 L200 340 Z", paint.dark, opacity=0.35)


def _rib(paint: Paint, half: str, name: str, step: int = 7) -> str:
    outline = both(half)
    bars = "".join(line(f"M{x} 40 L{x} 360", paint.deep, 1.6, opacity=0.55) for x in range(100, 304, step))
    return path(outline, paint.dark) + inside(outline, bars, name)


def shirt(paint: Paint, *, short: bool = True, sport: bool = False) -> str:
    """A shirt with a round neck."""
    outline = _SHORT if short else _LONG
    sleeve = path(outline, paint.base)
    if short:
        sleeve += line("M76 184 Q94 200 118 200", paint.dark, 3) + path(
            "M140 170 L118 206 L106 205 C120 180 128 160 133 140 Z", paint.dark, opacity=0.7
        )
    else:
        sleeve += path(
            "M140 206 L114 295 L102 306 C114 270 124 236 132 190 Z", paint.dark, opacity=0.7
        ) + line("M70 284 L113 294", paint.dark, 3)
        sleeve += path("M84 300 l10 -10 l8 4 l-4 10 Z", paint.deep)
    inner = _shade(paint) + line("M120 312 Q200 326 280 312", paint.dark, 2.6)
    if sport:
        mesh = ((x + (y // 9 % 2) * 5, y) for y in range(150, 312, 9) for x in range(120, 158, 10))
        side = path("M112 110 L150 130 C156 190 156 260 152 330 L112 330 Z", paint.dark)
        side += "".join(circle(x, y, 1.7, paint.pale) for x, y in mesh if x < 150)
        inner += (
            mirrored(side)
            + line("M160 190 L240 172", paint.trim, 7)
            + line("M160 204 L240 186", paint.trim, 3)
        )
    else:
        inner += mirrored(line("M152 150 Q158 240 150 318", paint.dark, 2, opacity=0.6))
    neck = path(both("M200 92 L170 90 Q176 124 200 126"), paint.deep) + line(
        "M170 90 Q176 124 200 126 Q224 124 230 90", paint.light, 6
    )
    label = rect(192, 98, 16, 9, paint.trim, 2)
    return mirrored(sleeve) + path(_BODY, paint.base) + inside(_BODY, inner, "body") + neck + label


def jumper(paint: Paint, *, cables: bool = False, roll: bool = False) -> str:
    """A knitted jumper."""
    cuff = path(
        "M66 288 L62 304 C62 312 66 315 76 317 L98 321 C106 322 110 318 112 310 L114 295 L66 286 Z",
        paint.dark,
    )
    cuff += "".join(
        line(f"M{70 + i * 8} {290 + i * 2} L{67 + i * 8} {312 + i * 2}", paint.deep, 1.6, opacity=0.6)
        for i in range(6)
    )
    sleeve = (
        path(_LONG, paint.base)
        + path("M140 206 L114 295 L104 304 C114 270 124 236 132 190 Z", paint.dark, opacity=0.7)
        + cuff
    )
    if cables:
        sleeve += _cable(paint, 108, 150, 5, -6)
    inner = _shade(paint)
    rows = range(122, 300, 13)
    if cables:
        inner += "".join(_cable(paint, x, 128, 8, 0) for x in (158, 200, 242))
        inner += "".join(line(f"M{x} 110 L{x} 310", paint.dark, 1.8) for x in (138, 178, 222, 262))
    else:
        inner += "".join(
            line(f"M{x} {y} l4 5 l4 -5", paint.dark, 1.7, opacity=0.6)
            for y in rows
            for x in range(132 + y % 2 * 6, 272, 13)
        )
    hem = _rib(paint, "M200 304 L134 300 L136 328 Q166 334 200 334", "hem")
    if roll:
        neck = path(both("M200 62 C182 62 170 66 168 76 L166 104 Q182 116 200 116"), paint.light)
        neck += line("M168 88 Q200 100 232 88", paint.dark, 3) + path(
            both("M200 64 C186 64 176 67 174 74 Q186 80 200 80"), paint.deep
        )
    else:
        neck = path(both("M200 86 C184 86 176 86 170 88 Q176 118 200 120"), paint.deep)
        neck += line("M168 90 Q174 122 200 124 Q226 122 232 90", paint.dark, 11) + line(
            "M168 90 Q174 122 200 124 Q226 122 232 90", paint.light, 6, stroke_dasharray="1 8"
        )
    return mirrored(sleeve) + path(_BODY, paint.base) + inside(_BODY, inner, "body") + hem + neck


def _cable(paint: Paint, x: float, top: float, turns: int, drift: float) -> str:
    shapes = ""
    for i in range(turns):
        y, at = top + i * 21, x + i * drift
        shapes += line(
            f"M{at - 9:g} {y:g} C{at - 9:g} {y + 12:g} {at + 9:g} {y + 10:g} {at + 9:g} {y + 21:g}",
            paint.light,
            6,
        )
        shapes += line(
            f"M{at + 9:g} {y:g} C{at + 9:g} {y + 12:g} {at - 9:g} {y + 10:g} {at - 9:g} {y + 21:g}",
            paint.dark,
            5,
        )
    return shapes


def cardigan(paint: Paint) -> str:
    """A flecked cardigan with a shawl collar."""
    sleeve = path(_LONG, paint.base) + path(
        "M140 206 L114 295 L104 304 C114 270 124 236 132 190 Z", paint.dark, opacity=0.7
    )
    sleeve += path(
        "M66 288 L62 304 C62 312 66 315 76 317 L98 321 C106 322 110 318 112 310 L114 295 Z", paint.dark
    )
    inner = _shade(paint) + _flecks(paint)
    hem = _rib(paint, "M200 304 L134 300 L136 328 Q166 334 200 334", "hem")
    shirt_front = path(both("M200 90 L174 90 L200 214"), "#efe6d4")
    shawl = path(
        "M200 222 C184 180 164 140 160 96 C168 84 178 82 184 84 C180 120 190 170 200 196 Z", paint.dark
    )
    band = rect(193, 210, 14, 122, paint.dark) + "".join(
        circle(200, y, 5.5, WOOD) + circle(200, y, 1.8, paint.deep) for y in (228, 258, 288, 318)
    )
    pockets = mirrored(
        rect(145, 250, 38, 44, paint.light, 4, opacity=0.5) + line("M145 252 L183 252", paint.dark, 5)
    )
    return (
        mirrored(sleeve)
        + path(_BODY, paint.base)
        + inside(_BODY, inner, "body")
        + hem
        + pockets
        + shirt_front
        + mirrored(shawl)
        + band
    )


def _flecks(paint: Paint) -> str:
    tones = (paint.pale, paint.trim, paint.deep)
    state, shapes = paint.seed, ""
    for i in range(110):
        state = (state * 1103515245 + 12345) % 2**31
        x, y = 124 + state % 152, 100 + (state >> 9) % 220
        shapes += line(f"M{x} {y} l{2 + state % 3} {state % 4 - 1}", tones[i % 3], 2, opacity=0.75)
    return shapes


def half_zip(paint: Paint, *, grid: bool = False, pocket: bool = False) -> str:
    """A thin fleece or sweater with a short zip."""
    sleeve = (
        path(_LONG, paint.base)
        + path("M140 206 L114 295 L102 306 C114 270 124 236 132 190 Z", paint.dark, opacity=0.7)
        + line("M68 290 L113 300", paint.deep, 7)
    )
    inner = _shade(paint)
    if grid:
        cells = ((x, y) for y in range(112, 320, 13) for x in range(126, 280, 13))
        inner += "".join(rect(x, y, 8.5, 8.5, paint.light, 2, opacity=0.55) for x, y in cells)
    else:
        inner += line("M124 142 Q200 168 276 142", paint.dark, 3)
    stand = both("M200 70 C184 70 172 72 170 80 L166 108 Q182 118 200 118")
    neck = (
        path(stand, paint.light)
        + line("M200 74 L200 180", paint.deep, 5)
        + rect(196.5, 172, 7, 17, paint.trim, 3)
    )
    neck = path(both("M200 66 C186 66 174 70 172 80 Q186 88 200 88"), paint.deep) + neck
    hem = line("M135 314 Q166 322 200 322 Q234 322 265 314", paint.deep, 7)
    chest = path("M218 168 h34 v32 q-17 12 -34 0 Z", paint.trim, opacity=0.9) if pocket else ""
    return mirrored(sleeve) + path(_BODY, paint.base) + inside(_BODY, inner, "body") + hem + chest + neck
