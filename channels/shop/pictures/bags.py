"""Packs and bags."""

from __future__ import annotations

from channels.shop.pictures.colours import BRASS, PAPER, Paint
from channels.shop.pictures.svg import both, circle, inside, line, mirrored, path, rect


def _shade(paint: Paint) -> str:
    return path("M200 20 L380 20 L380 380 L200 380 Z", paint.dark, opacity=0.4)


def day_pack(paint: Paint) -> str:
    """A day pack from the front."""
    body = both("M200 84 C150 84 122 108 118 160 L112 300 Q112 336 146 338 Q172 340 200 340")
    straps = mirrored(line("M126 150 C92 190 90 260 112 310", paint.deep, 14))
    handle = line("M178 88 C176 56 224 56 222 88", paint.deep, 9)
    pocket = both("M200 214 L152 214 Q138 216 138 232 L136 306 Q138 320 154 320 L200 320")
    inner = (
        _shade(paint)
        + line("M108 178 Q200 150 292 178", paint.deep, 4)
        + mirrored(rect(110, 250, 22, 74, paint.dark, 8))
    )
    front = (
        path(pocket, paint.light)
        + line("M146 236 L254 236", paint.deep, 4)
        + rect(246, 232, 8, 20, paint.trim, 3)
    )
    patch = rect(182, 256, 36, 26, "#a67c56", 4) + line("M190 270 q8 -8 12 0 q6 -6 10 -2", PAPER, 2.4)
    return (
        straps
        + handle
        + path(body, paint.base)
        + inside(body, inner, "body")
        + rect(268, 168, 8, 18, paint.trim, 3)
        + front
        + patch
    )


def trekking_pack(paint: Paint) -> str:
    """A tall pack with a lid, a mat and straps."""
    body = both("M200 110 L142 110 C128 120 124 160 124 200 L122 306 Q126 330 152 332 L200 332")
    lid = both("M200 62 C156 62 128 72 126 100 Q124 124 138 128 L200 132")
    inner = _shade(paint) + path(
        both("M200 214 L150 214 L146 300 Q150 312 200 312"), paint.light, opacity=0.7
    )
    straps = mirrored(
        line("M160 120 L158 210", paint.deep, 8)
        + rect(152, 196, 14, 18, paint.trim, 3)
        + rect(98, 214, 30, 92, paint.dark, 10)
    )
    mat = (
        rect(114, 326, 172, 34, "#d8c08c", 17)
        + circle(131, 343, 11, "#c0a66e")
        + circle(131, 343, 5, "#d8c08c")
        + mirrored(rect(160, 322, 10, 42, paint.deep, 3))
    )
    belt = mirrored(line("M128 296 C104 300 92 312 88 326", paint.deep, 12))
    top = (
        path(lid, paint.base)
        + inside(lid, _shade(paint), "lid")
        + line("M146 100 Q200 110 254 100", paint.deep, 4)
        + mirrored(line("M158 126 L158 150", paint.deep, 8))
    )
    pole = line("M296 96 L282 330", "#6d747a", 6) + line("M299 70 L296 98", "#a67c56", 11)
    return pole + belt + path(body, paint.base) + inside(body, inner, "body") + straps + mat + top


def roll_top(paint: Paint) -> str:
    """A waterproof roll-top pack."""
    body = both("M200 108 L134 108 L120 300 Q120 334 150 336 L200 336")
    roll = rect(124, 72, 152, 40, paint.dark, 18) + line("M136 92 L264 92", paint.deep, 3)
    inner = (
        _shade(paint)
        + line("M124 180 L276 180", paint.dark, 3)
        + path(both("M200 222 L146 222 L142 320 L200 320"), paint.dark)
    )
    strap = (
        line("M200 70 L200 204", paint.deep, 12)
        + rect(188, 146, 24, 26, PAPER, 4)
        + rect(194, 152, 12, 14, paint.deep, 2)
    )
    shine = rect(150, 246, 100, 9, PAPER, 4)
    return (
        mirrored(line("M130 130 C98 180 98 260 118 312", paint.deep, 12))
        + path(body, paint.base)
        + inside(body, inner, "body")
        + roll
        + strap
        + shine
    )


def running_vest(paint: Paint) -> str:
    """A running vest with two flasks."""
    side = path(
        "M180 70 C146 66 122 92 120 140 L116 276 Q118 318 150 322 L182 322 L186 200 C186 150 164 130 180 70 Z",
        paint.base,
    )
    side += path("M132 176 h46 v92 q-23 14 -46 0 Z", paint.dark) + path(
        "M140 132 q14 -8 28 0 l4 116 q-18 8 -36 0 Z", "#bfe0e6", opacity=0.9
    )
    side += rect(148, 112, 13, 22, "#4d7f8c", 4) + path(
        "M132 196 h46 v72 q-23 14 -46 0 Z", paint.dark, opacity=0.85
    )
    holes = ((x, y) for y in range(282, 314, 9) for x in range(126, 180, 9))
    side += "".join(circle(x, y, 1.8, paint.light) for x, y in holes)
    straps = (
        line("M182 214 L218 214 M182 276 L218 276", paint.trim, 6)
        + rect(193, 207, 14, 14, paint.deep, 3)
        + rect(193, 269, 14, 14, paint.deep, 3)
    )
    back = path(both("M200 84 C186 84 178 80 176 72 C166 110 180 150 186 190 L200 190"), paint.deep)
    return back + mirrored(side) + straps


def duffel(paint: Paint) -> str:
    """A duffel bag."""
    body = "M78 190 Q78 160 110 160 L292 160 Q324 160 324 190 L330 286 Q330 318 298 318 L104 318 Q72 318 72 286 Z"
    inner = path("M60 262 L340 262 L340 330 L60 330 Z", paint.dark, opacity=0.7) + line(
        "M60 196 Q200 180 340 196", paint.deep, 5
    )
    straps = line("M142 312 L150 150 C158 84 244 84 252 150 L260 312", paint.deep, 15) + line(
        "M142 312 L150 150 C158 84 244 84 252 150 L260 312", paint.trim, 2, stroke_dasharray="6 6"
    )
    ends = circle(86, 240, 9, paint.deep) + circle(316, 240, 9, paint.deep)
    grip = rect(176, 92, 50, 20, "#a67c56", 9)
    return (
        path(body, paint.base)
        + inside(body, inner, "body")
        + straps
        + grip
        + ends
        + rect(284, 186, 10, 22, paint.trim, 3)
    )


def hip_bag(paint: Paint) -> str:
    """A hip bag on its belt."""
    belt = line("M52 186 C70 140 330 140 348 186", paint.deep, 20) + line(
        "M52 186 C50 240 70 250 110 244 M348 186 C350 240 330 250 290 244", paint.deep, 16
    )
    body = both("M200 160 L124 160 Q96 164 98 200 C102 252 128 284 200 284")
    inner = _shade(paint) + path(both("M200 226 L90 214 L90 300 L200 300"), paint.dark)
    return (
        belt
        + path(body, paint.base)
        + inside(body, inner, "body")
        + line("M116 190 L284 190", paint.deep, 5)
        + rect(272, 186, 10, 24, paint.trim, 4)
        + rect(186, 146, 28, 18, PAPER, 4)
        + rect(184, 240, 32, 20, "#a67c56", 4)
    )


def tote(paint: Paint) -> str:
    """A cotton tote with a print."""
    body = "M112 170 L288 170 L300 342 Q200 352 100 342 Z"
    handles = line("M150 176 C146 60 254 60 250 176", paint.dark, 13)
    back = line("M162 168 C166 88 234 88 238 168", paint.deep, 11)
    inner = path("M220 160 L320 160 L320 360 L236 360 Z", paint.dark, opacity=0.35) + line(
        "M104 186 L296 186", paint.dark, 2.5, stroke_dasharray="6 5"
    )
    bird = path(
        "M150 274 C176 276 190 264 200 250 C212 236 226 222 246 226 L258 234 L244 240 C244 272 214 292 184 288 L158 296 L168 282 Z",
        paint.trim,
    ) + circle(240, 232, 3, paint.base)
    stars = line("M160 230 l0 12 M154 236 l12 0 M270 268 l0 10 M265 273 l10 0", paint.trim, 3)
    return back + path(body, paint.base) + inside(body, inner, "body") + handles + bird + stars


def dry_bag(paint: Paint) -> str:
    """A roll-down dry bag."""
    body = "M130 130 L270 130 L278 312 Q276 346 200 346 Q124 346 122 312 Z"
    inner = path("M230 120 L300 120 L300 360 L236 360 Z", paint.dark, opacity=0.5) + rect(
        146, 140, 14, 190, paint.light, 7, opacity=0.8
    )
    roll = path("M124 112 Q200 96 276 112 L274 138 Q200 124 126 138 Z", paint.dark) + line(
        "M130 124 Q200 110 270 124", paint.deep, 3
    )
    loop = (
        line("M126 118 C120 60 280 60 274 118", paint.deep, 9)
        + rect(178, 62, 44, 24, paint.deep, 6)
        + rect(190, 68, 20, 12, paint.trim, 3)
    )
    drop = path(
        "M200 202 C222 232 232 246 232 262 C232 282 218 294 200 294 C182 294 168 282 168 262 C168 246 178 232 200 202 Z",
        PAPER,
        opacity=0.9,
    )
    return loop + path(body, paint.base) + inside(body, inner, "body") + roll + drop


def laptop_bag(paint: Paint) -> str:
    """A slim shoulder bag."""
    strap = line("M98 178 C70 70 330 70 302 178", paint.deep, 11)
    body = (
        "M84 176 Q84 158 102 158 L298 158 Q316 158 316 176 L320 304 Q320 322 302 322 L98 322 Q80 322 80 304 Z"
    )
    flap = "M84 172 Q84 158 102 158 L298 158 Q316 158 316 172 L312 238 Q310 250 296 250 L104 250 Q90 250 88 238 Z"
    tabs = mirrored(rect(132, 232, 24, 40, "#8a5a3a", 5) + rect(137, 254, 14, 11, BRASS, 3))
    return (
        strap
        + path(body, paint.dark)
        + path(flap, paint.base)
        + inside(flap, path("M200 150 L330 150 L330 260 L200 260 Z", paint.dark, opacity=0.3), "flap")
        + line("M98 240 L302 240", paint.pale, 2, stroke_dasharray="6 5")
        + tabs
        + mirrored(circle(98, 180, 8, BRASS))
    )


def rain_cover(paint: Paint) -> str:
    """A cover stretched over a pack."""
    body = both("M200 72 C140 72 104 116 102 190 L100 286 Q104 330 148 336 L200 338")
    gather = "".join(line(f"M{x} 336 q4 -14 0 -26", paint.deep, 3) for x in range(126, 284, 16))
    inner = (
        _shade(paint)
        + gather
        + rect(80, 214, 240, 13, PAPER, opacity=0.85)
        + line("M150 110 C130 140 124 180 124 204", paint.light, 9)
    )
    drops = "".join(
        path(f"M{x} {y} c8 11 11 15 11 20 a11 11 0 0 1 -22 0 c0 -5 3 -9 11 -20 Z", "#bcdfe8")
        for x, y in ((176, 132), (236, 112), (258, 162), (160, 258), (238, 262), (204, 176))
    )
    strap = line("M120 326 C110 350 130 362 150 352 M280 326 C290 350 270 362 250 352", paint.deep, 7)
    return strap + path(body, paint.base) + inside(body, inner, "body") + drops
