"""Trousers, shorts, underwear and socks."""

from __future__ import annotations

from channels.shop.pictures.colours import PAPER, Paint
from channels.shop.pictures.svg import both, circle, inside, line, mirrored, moved, path, rect, turned


def _leg(top: float, bottom: float, hip: float, hem: float, crotch: float) -> str:
    """The left half of trousers: `hip` and `hem` are widths."""
    out = 200 - hip
    low = out - 16
    return both(
        f"M200 {top} L{out + 6} {top} C{out - 2} {top + 60} {out - 8} {bottom - 120} {low} {bottom - 6} "
        f"Q{low + hem / 2:g} {bottom + 4} {low + hem} {bottom - 2} L196 {crotch} L200 {crotch - 4}"
    )


def trousers(
    paint: Paint,
    *,
    wide: bool = False,
    tight: bool = False,
    knees: bool = False,
    zip_off: bool = False,
    side_zips: bool = False,
    cord: bool = False,
    cargo: bool = False,
    drawstring: bool = False,
    lined: bool = False,
    ankles: bool = False,
    chalk: bool = False,
) -> str:
    """Trousers from the front."""
    hem = 64 if wide else 34 if tight else 50
    hip = 44 if tight else 56
    outline = _leg(66, 352, hip, hem, 160)
    inner = path("M200 60 L300 60 L300 370 L200 370 Z", paint.dark, opacity=0.4)
    if cord:
        inner += "".join(
            line(f"M{x} 60 L{x - (200 - x) * 0.22:g} 360", paint.dark, 2.2, opacity=0.7)
            for x in range(130, 274, 7)
        )
    if knees:
        inner += mirrored(
            path("M120 218 Q150 206 190 220 L186 276 Q150 290 118 274 Z", paint.deep, opacity=0.75)
        )
    if zip_off:
        inner += (
            line("M100 234 L300 234", paint.deep, 5)
            + rect(130, 231, 10, 6, "#d9694a", 2)
            + rect(262, 231, 10, 6, "#5f9ea0", 2)
        )
    if ankles:
        inner += mirrored(path("M120 322 L180 326 L180 334 L118 330 Z", PAPER)) + mirrored(
            line("M158 80 C152 160 146 240 140 320", paint.light, 4, opacity=0.7)
        )
    if side_zips:
        inner += mirrored(
            line("M137 180 C134 240 130 300 128 344", paint.trim, 4)
            + line("M137 180 C134 240 130 300 128 344", paint.deep, 1.5)
        )
    if cargo:
        inner += mirrored(
            rect(134, 186, 40, 50, paint.dark, 5) + path("M131 184 h46 v12 q-23 10 -46 0 Z", paint.light)
        )
    if chalk:
        inner += "".join(
            circle(x, y, r, PAPER, opacity=0.5)
            for x, y, r in ((156, 150, 9), (164, 160, 6), (238, 130, 7), (150, 166, 4))
        )
    if wide:
        inner += mirrored(line("M168 110 C162 200 156 280 150 350", paint.dark, 2.4, opacity=0.8))
    if lined:
        inner += mirrored(path("M96 338 L190 344 L190 360 L96 360 Z", paint.trim))
    inner += line("M200 84 L200 158", paint.deep, 3)
    if not tight:
        inner += mirrored(line("M166 86 Q160 108 146 116", paint.deep, 3.5))
    band = path(both(f"M200 60 L{206 - hip} 58 L{204 - hip} 84 Q{230 - hip} 88 200 88"), paint.dark)
    if drawstring:
        band += line("M196 88 q-8 22 -2 34", PAPER, 3.5) + line("M204 88 q8 20 4 30", PAPER, 3.5)
    elif not tight:
        band += mirrored(rect(166, 56, 7, 34, paint.base, 2)) + circle(200, 73, 5, paint.trim)
    return moved(path(outline, paint.base) + inside(outline, inner, "leg") + band, 0, -4)


def shorts(paint: Paint, *, swim: bool = False) -> str:
    """Running or swim shorts."""
    outline = both("M200 118 L142 118 C130 170 118 222 104 276 Q140 300 186 288 L197 206 L200 204")
    inner = path("M200 100 L320 100 L320 310 L200 310 Z", paint.dark, opacity=0.4) + line(
        "M200 142 L200 204", paint.deep, 3
    )
    if swim:
        waves = (
            line(
                f"M90 {y} q14 -12 28 0 t28 0 t28 0 t28 0 t28 0 t28 0 t28 0 t28 0", paint.pale, 5, opacity=0.8
            )
            for y in (190, 216, 242, 268)
        )
        inner += "".join(waves)
    else:
        inner += mirrored(
            path("M100 280 C116 240 124 190 138 118 L156 118 C146 190 138 240 128 292 Z", paint.trim)
        )
        inner += mirrored(line("M112 264 Q150 284 190 272", paint.dark, 3))
    band = path(both("M200 108 L144 106 L140 136 Q170 142 200 142"), paint.dark)
    band += "".join(line(f"M{x} 112 L{x} 136", paint.deep, 1.8, opacity=0.7) for x in range(150, 254, 8))
    cord = line("M196 136 q-10 26 -4 44", PAPER, 4) + line("M204 136 q10 22 6 38", PAPER, 4)
    return path(outline, paint.base) + inside(outline, inner, "leg") + band + cord


def underwear(paint: Paint, *, boxer: bool = False) -> str:
    """Two pairs, one over the other."""
    if boxer:
        outline = both("M200 130 L120 130 L108 262 Q150 276 190 266 L197 226 L200 224")
    else:
        outline = both("M200 130 L116 130 C112 160 112 176 108 196 C140 204 168 232 178 272 Q190 276 200 276")

    def pair(one: Paint) -> str:
        band = path(both("M200 124 L120 122 L118 152 Q160 158 200 158"), one.trim if boxer else one.light)
        seam = (
            mirrored(line("M172 158 Q176 200 192 232", one.deep, 2.5))
            if boxer
            else mirrored(line("M112 190 C144 200 170 230 182 270", one.dark, 3))
        )
        shade = inside(
            outline, path("M200 100 L320 100 L320 310 L200 310 Z", one.dark, opacity=0.4), f"u{one.base[1:]}"
        )
        return path(outline, one.base) + shade + seam + band

    other = Paint("#8f969b" if paint.base != "#8f969b" else "#3a3d42", paint.seed)
    return turned(moved(pair(other), 34, -44, 0.9), 6) + turned(moved(pair(paint), -4, 26), -3)


def socks(paint: Paint) -> str:
    """A pair of socks."""
    outline = "M150 70 L222 70 L222 214 C222 232 234 242 252 254 L292 280 C312 294 308 330 280 334 C262 336 244 330 226 322 L168 292 C150 282 146 268 146 250 Z"

    def one(tone: Paint, name: str) -> str:
        inner = "".join(line(f"M{x} 66 L{x} 112", tone.deep, 2, opacity=0.6) for x in range(152, 224, 8))
        inner += rect(140, 126, 100, 12, tone.trim) + rect(140, 146, 100, 6, tone.pale)
        inner += path("M262 250 C250 276 250 310 266 340 L330 340 L330 270 Z", tone.deep)
        inner += path("M140 230 C176 226 196 252 176 306 L130 300 Z", tone.deep)
        inner += "".join(line(f"M{200 + i * 9} {250 + i * 5} l-8 22", tone.dark, 2.4) for i in range(6))
        return path(outline, tone.base) + inside(outline, inner, name)

    return moved(one(paint.shaded(), "back"), 44, -14) + moved(one(paint, "front"), -34, 14)
