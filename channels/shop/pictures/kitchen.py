"""What a hot meal outside takes."""

from __future__ import annotations

from channels.shop.pictures.colours import GUM, PAPER, STEEL, WOOD, Paint, mixed
from channels.shop.pictures.svg import circle, ellipse, inside, line, moved, path, rect, turned

_DARK_STEEL = mixed(STEEL, "#1d2430", 0.3)
_FLAME = "M0 0 C-16 -18 -10 -32 0 -50 C10 -32 16 -18 0 0 Z"


def stove(paint: Paint) -> str:
    """A small gas stove, lit."""
    can = "M138 252 Q138 236 156 234 L244 234 Q262 236 262 252 L264 326 Q264 340 248 340 L152 340 Q136 340 136 326 Z"
    label = rect(130, 268, 140, 40, "#d9694a") + line(
        "M150 288 l14 -12 l12 16 l14 -20 l16 20 l12 -12 l16 10", PAPER, 4
    )
    shade = path("M218 230 L280 230 L280 350 L224 350 Z", "#1d2430", opacity=0.18)
    valve = rect(184, 200, 32, 36, _DARK_STEEL, 5) + line(
        "M216 218 L262 218 l10 -8 m-10 8 l10 8", _DARK_STEEL, 7
    )
    arms = line("M200 200 L122 152 L110 130 M200 200 L278 152 L290 130 M200 200 L200 160", "#6d747a", 9)
    burner = ellipse(200, 160, 42, 11, "#565c62") + ellipse(200, 156, 42, 11, "#7a8187")
    fire = "".join(
        moved(path(_FLAME, "#5fa8d8") + moved(path(_FLAME, "#f0c35a"), 0, 0, 0.5), x, 152, s)
        for x, s in ((168, 0.9), (189, 1.2), (211, 1.25), (232, 0.9))
    )
    return arms + path(can, paint.base) + inside(can, label + shade, "can") + valve + burner + fire


def water_filter(paint: Paint) -> str:
    """A squeeze filter on its bag."""
    bag = "M126 204 Q200 186 274 204 L282 322 Q280 344 200 344 Q120 344 118 322 Z"
    inner = path("M100 262 q25 -14 50 0 t50 0 t50 0 t50 0 V360 H100 Z", "#5f9fc2") + path(
        "M228 190 L300 190 L300 350 L236 350 Z", "#1d2430", opacity=0.12
    )
    parts = (
        rect(168, 98, 64, 92, paint.base, 12)
        + rect(212, 98, 20, 92, paint.dark, 10)
        + rect(176, 184, 48, 20, GUM, 5)
        + rect(184, 66, 32, 34, "#e9e5da", 6)
        + rect(168, 126, 64, 26, "#5f9fc2")
    )
    drop = path("M262 78 c12 16 16 23 16 31 a16 16 0 0 1 -32 0 c0 -8 4 -15 16 -31 Z", "#7cb8d6")
    return (
        path(bag, "#d5e7ee")
        + inside(bag, inner, "bag")
        + line("M150 224 L152 316", "#ffffff", 7, opacity=0.8)
        + parts
        + drop
    )


def spork(paint: Paint) -> str:
    """A titanium spork."""
    tool = path("M188 190 L192 344 Q200 352 208 344 L212 190 Z", paint.base)
    bowl = "M200 48 C232 52 242 96 236 136 C232 166 216 192 200 196 C184 192 168 166 164 136 C158 96 168 52 200 48 Z"
    cuts = path("M188 44 L191 92 L196 92 L196 44 Z M204 44 L204 92 L209 92 L212 44 Z", "#dfe8e0")
    inner = path("M200 40 L250 40 L250 200 L200 200 Z", paint.dark, opacity=0.4) + ellipse(
        196, 138, 20, 36, paint.light, opacity=0.8
    )
    hole = circle(200, 326, 5, paint.deep) + line("M200 220 L200 300", paint.dark, 4)
    return turned(
        tool
        + path(bowl, paint.base)
        + inside(bowl, inner, "bowl")
        + inside(bowl, cuts.replace("#dfe8e0", paint.deep), "cuts")
        + hole,
        32,
    )


def cook_set(paint: Paint) -> str:
    """Two nesting pots and a pan."""

    def pot(x: float, y: float, w: float, h: float, name: str) -> str:
        body = f"M{x} {y} h{w} v{h - 16} q0 16 -16 16 h{32 - w} q-16 0 -16 -16 Z"
        shade = rect(x + w * 0.66, y, w * 0.34, h, paint.dark, opacity=0.6) + rect(
            x + 14, y + 14, 10, h - 34, paint.light, 5
        )
        return (
            path(body, paint.base) + inside(body, shade, name) + rect(x - 6, y - 7, w + 12, 13, paint.deep, 6)
        )

    knob = (
        rect(186, 92, 28, 18, GUM, 6)
        + path("M120 136 Q200 88 280 136 Z", paint.light)
        + line("M150 124 h16 M176 116 h16 M204 116 h16 M232 124 h16", paint.deep, 4)
    )
    pan = (
        path("M60 306 L254 306 Q250 340 226 340 L88 340 Q64 340 60 306 Z", "#4a4e55")
        + line("M252 312 L352 296", GUM, 13)
        + line("M60 307 L254 307", "#6d747a", 6)
    )
    handles = line("M284 176 h30 v52 h-28", _DARK_STEEL, 8)
    return knob + handles + pot(118, 140, 164, 110, "top") + pot(104, 226, 192, 78, "low") + pan


def knife(paint: Paint) -> str:
    """A folding knife with a beech handle."""
    blade = path("M190 206 L340 128 C330 164 288 208 222 232 Z", STEEL) + path(
        "M190 206 L340 128 C318 160 270 196 206 222 Z", "#dfe4e6"
    )
    body = "M62 262 C90 214 150 196 208 192 C232 194 240 220 224 236 C180 252 140 268 104 298 C76 310 54 290 62 262 Z"
    grain = line(
        "M86 268 C120 240 160 226 210 214 M82 282 C120 254 160 240 214 228", mixed(WOOD, "#5a3a20", 0.4), 3
    )
    ring = rect(190, 186, 26, 56, "#caa75a", 8)
    return (
        blade
        + path(body, paint.base)
        + inside(
            body,
            grain + path("M60 286 C120 250 180 240 240 236 L240 320 L60 320 Z", paint.dark, opacity=0.4),
            "body",
        )
        + turned(ring, -14, 203, 214)
        + circle(96, 276, 6, paint.deep)
    )


def fire_starter(paint: Paint) -> str:
    """A ferro rod that sparks."""
    rod = rect(190, 70, 20, 150, "#565c62", 6) + rect(190, 70, 8, 150, "#7a8187", 4)
    grip = "M176 212 Q200 200 224 212 L230 318 Q228 340 200 340 Q172 340 170 318 Z"
    grain = line(
        "M186 226 C182 260 184 300 188 330 M204 222 C202 260 206 300 204 332 M218 228 C220 262 216 300 216 326",
        mixed(WOOD, "#5a3a20", 0.4),
        3,
    )
    cord = line("M200 330 C200 372 276 376 270 328 C266 300 240 310 236 326", "#d9694a", 6)
    scraper = turned(
        rect(96, 112, 120, 22, STEEL, 4) + rect(96, 126, 120, 8, _DARK_STEEL, 2) + circle(112, 123, 5, GUM),
        -24,
        156,
        122,
    )
    sparks = "".join(
        line(f"M{x} {y} l{dx} {dy}", "#f0b83f", 5)
        for x, y, dx, dy in (
            (238, 96, 24, -14),
            (244, 116, 30, 2),
            (236, 136, 24, 16),
            (222, 76, 14, -24),
            (262, 72, 10, -8),
            (284, 136, 10, 6),
        )
    )
    return turned(cord + rod + path(grip, paint.base) + inside(grip, grain, "grip"), 8) + scraper + sparks
