"""Shoes and boots from the side, in pairs."""

from __future__ import annotations

from channels.shop.pictures.colours import GUM, PAPER, Paint
from channels.shop.pictures.svg import circle, ellipse, inside, line, moved, path, rect, turned

_LOW = (
    "M86 284 C82 250 84 214 94 192 C106 184 128 186 138 194 C150 212 168 218 188 210 "
    "C210 224 240 240 280 248 C312 254 330 266 332 284 Z"
)
_HIGH = (
    "M86 284 C84 236 82 168 92 118 C116 108 158 108 176 118 C176 152 178 184 192 202 "
    "C212 222 244 238 282 246 C314 254 330 266 332 284 Z"
)
_RUBBER = (
    "M92 284 C92 220 92 130 94 78 C118 72 160 72 178 78 C178 130 178 180 190 206 "
    "C210 228 246 236 284 244 C316 252 330 266 332 284 Z"
)


def shoe(
    paint: Paint,
    *,
    boot: bool = False,
    leather: bool = False,
    fur: bool = False,
    grip: int = 0,
    foam: bool = False,
    canvas: bool = False,
) -> str:
    """Running shoes, walking shoes, trainers and laced boots."""
    back = _one(paint.shaded(), "b", boot, leather, fur, grip, foam, canvas)
    front = _one(paint, "f", boot, leather, fur, grip, foam, canvas)
    lift = 16 if boot else 0
    return moved(back, 26, -34 + lift, 0.96) + moved(front, -6, lift + 8)


def _one(
    paint: Paint, name: str, boot: bool, leather: bool, fur: bool, grip: int, foam: bool, canvas: bool
) -> str:
    upper = _HIGH if boot else _LOW
    inner = path("M60 250 C160 262 250 262 350 280 L350 300 L60 300 Z", paint.dark, opacity=0.8)
    if not canvas:
        inner += path("M262 236 C268 256 272 270 272 290 L350 290 L350 240 Z", paint.deep)
        inner += path("M70 204 C98 210 118 236 120 290 L60 290 Z", paint.deep if leather else paint.dark)
    else:
        inner += path("M276 240 C272 256 276 272 284 290 L350 290 L350 240 Z", PAPER)
        inner += line("M130 226 C160 246 200 256 262 262", paint.light, 2.5, stroke_dasharray="5 5")
    if foam:
        inner += line("M128 270 C160 222 190 232 240 262", paint.trim, 10) + line(
            "M150 274 C178 240 196 246 226 264", paint.pale, 4
        )
    elif grip:
        inner += path("M128 284 L166 226 L186 232 L164 284 Z", paint.trim) + path(
            "M176 284 L204 240 L216 244 L202 284 Z", paint.trim
        )
    if leather:
        inner += line("M124 284 C128 244 150 222 184 214", paint.pale, 2, stroke_dasharray="4 5")
    laces = (
        ((176, 214), (194, 226), (213, 236), (233, 244))
        if not boot
        else ((172, 140), (174, 164), (180, 188), (192, 208), (210, 224), (232, 236))
    )
    tongue = (
        "M134 196 L142 172 C152 164 170 168 176 180 L190 212 Z"
        if not boot
        else "M156 112 L162 96 C168 92 180 94 182 104 L182 150 L176 150 Z"
    )
    tied = "".join(
        line(f"M{x - 16} {y + 7} L{x + 5} {y - 5}", PAPER if not leather else "#d9b26a", 4.5)
        for x, y in laces
    )
    collar = (
        line("M94 192 C106 184 128 186 138 194", paint.deep, 8)
        if not boot
        else line("M93 118 C116 108 158 108 176 118", paint.deep, 10)
    )
    if fur:
        collar = "".join(circle(x, 112 - (x % 3), 10, "#efe4d0") for x in range(96, 184, 12))
    pull = rect(84, 196 if not boot else 122, 9, 24, paint.trim, 4)
    return (
        path(tongue, paint.deep)
        + path(upper, paint.base)
        + inside(upper, inner, name)
        + tied
        + collar
        + pull
        + _sole(grip, foam, canvas, leather)
    )


def _sole(grip: int, foam: bool, canvas: bool, leather: bool) -> str:
    if canvas:
        return path(
            "M82 274 L334 278 C338 296 332 304 318 304 L96 304 C84 304 80 294 82 274 Z", PAPER
        ) + line("M86 288 L332 290", "#b3523f", 4)
    middle = PAPER if foam or grip else "#8a6a4a" if leather else "#d9d2c4"
    shapes = path(
        "M80 272 C150 282 260 280 334 278 C342 296 334 306 318 306 L98 306 C82 306 78 292 80 272 Z", middle
    )
    if foam:
        shapes = path(
            "M74 258 C120 284 240 276 336 274 C346 296 336 308 318 308 L96 308 C74 308 68 280 74 258 Z",
            middle,
        )
        shapes += line("M92 290 C150 300 240 296 326 292", "#c9c2b4", 3)
    teeth = (
        "".join(path(f"M{x} 302 h16 l-3 {9 + grip * 2} h-10 Z", GUM) for x in range(92, 318, 23))
        if grip or leather
        else ""
    )
    return (
        shapes
        + path("M90 300 L326 300 C326 308 322 311 314 311 L102 311 C94 311 90 308 90 300 Z", GUM)
        + teeth
    )


def wellington(paint: Paint) -> str:
    """Rubber boots."""

    def one(tone: Paint, name: str) -> str:
        inner = path("M150 70 L200 70 L230 300 L150 300 C176 240 160 140 150 70 Z", tone.dark, opacity=0.5)
        inner += line("M108 96 C106 150 106 200 108 250", tone.light, 7, opacity=0.9) + rect(
            80, 92, 110, 9, tone.deep
        )
        strap = path("M150 104 h26 v22 h-26 Z", tone.deep) + rect(
            156, 108, 14, 14, "none", 2, stroke=PAPER, stroke_width=3
        )
        cuff = ellipse(136, 78, 43, 9, "#efe6d4") + ellipse(136, 78, 34, 6, tone.deep)
        sole = path(
            "M84 276 C160 284 260 282 336 280 C340 298 332 306 318 306 L212 306 L206 298 L160 298 L156 308 L98 308 C84 308 82 294 84 276 Z",
            tone.deep,
        )
        return path(_RUBBER, tone.base) + inside(_RUBBER, inner, name) + strap + cuff + sole

    return moved(one(paint.shaded(), "b"), 44, 2, 0.94) + moved(one(paint, "f"), -16, 28)


def sandal(paint: Paint) -> str:
    """Strappy sandals."""

    def one(tone: Paint) -> str:
        foot = path(
            "M92 268 C92 240 100 214 112 204 C120 232 160 246 200 244 C250 244 320 250 334 276 Z", "#b98d62"
        )
        straps = line("M104 206 C116 232 120 250 118 274", tone.base, 17) + line(
            "M110 226 C150 214 176 226 190 262", tone.base, 17
        )
        straps += line("M236 274 C240 244 262 232 300 254", tone.base, 19) + line(
            "M178 270 C196 240 222 234 252 250", tone.dark, 15
        )
        buckle = rect(146, 214, 20, 18, "none", 4, stroke=PAPER, stroke_width=4)
        sole = path(
            "M80 264 C150 276 260 274 338 272 C344 292 334 304 318 304 L98 304 C82 304 78 286 80 264 Z", GUM
        )
        return (
            foot
            + straps
            + buckle
            + path("M82 262 C150 274 260 272 337 270 L338 280 C260 284 150 284 80 276 Z", "#d8c7a8")
            + sole.replace("264 C150 276 260 274 338 272", "276 C150 286 260 284 338 282")
        )

    return moved(one(paint.shaded()), 26, -40, 0.96) + moved(one(paint), -8, 4)


def slipper(paint: Paint) -> str:
    """Felt slippers."""

    def one(tone: Paint, name: str) -> str:
        outline = "M92 286 C86 260 88 242 100 232 C126 226 146 240 160 252 C176 218 222 206 270 222 C318 236 336 262 332 286 Z"
        lining = path(
            "M98 240 C126 222 152 236 166 256 C180 240 176 222 190 214 C150 200 110 210 98 240 Z", "#efe4d0"
        )
        inner = path("M60 262 C160 276 260 276 350 262 L350 300 L60 300 Z", tone.dark, opacity=0.7)
        inner += line("M214 232 q16 -8 34 -6 M226 250 q20 -10 46 -6", tone.pale, 3, stroke_dasharray="6 5")
        sole = path("M84 280 L336 280 C338 296 330 302 316 302 L102 302 C88 302 84 294 84 280 Z", "#a67c56")
        return (
            lining
            + path(outline, tone.base)
            + inside(outline, inner, name)
            + circle(232, 240, 12, tone.trim)
            + sole
        )

    return moved(one(paint.shaded(), "b"), 30, -52, 0.95) + moved(one(paint, "f"), -8, 4)


def insoles(paint: Paint) -> str:
    """A pair of cork insoles."""
    outline = "M160 76 C192 66 214 96 212 138 C210 172 202 190 204 226 C206 268 212 330 176 334 C140 336 142 280 146 238 C150 196 128 176 128 140 C128 106 138 82 160 76 Z"

    def one(name: str) -> str:
        specks = ((132 + (i * 37) % 80, 80 + (i * 53) % 250) for i in range(46))
        inner = path("M120 210 C160 226 190 226 220 210 L220 350 L120 350 Z", paint.dark)
        inner += "".join(ellipse(x, y, 3.2, 2, paint.deep, opacity=0.55) for x, y in specks)
        return (
            path(outline, paint.base)
            + inside(outline, inner, name)
            + path(outline, "none", stroke=paint.deep, stroke_width=3)
            + ellipse(174, 288, 16, 22, "#5f9ea0")
        )

    left = turned(moved(one("l"), -30, 0), -8)
    return left + f'<g transform="matrix(-1 0 0 1 {400} 0)">{turned(moved(one("r"), -30, 0), -8)}</g>'
