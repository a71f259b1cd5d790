"""What one drinks from, and one thing to eat from."""

from __future__ import annotations

from channels.shop.pictures.colours import GUM, PAPER, STEEL, WOOD, Paint, mixed
from channels.shop.pictures.svg import circle, ellipse, inside, line, path, rect, turned

_DARK_STEEL = mixed(STEEL, "#1d2430", 0.3)


def _steam(x: float, y: float) -> str:
    return "".join(
        line(f"M{x + i * 26} {y} c-12 -16 12 -26 0 -44", "#ffffff", 6, opacity=0.75) for i in (-1, 0, 1)
    )


def mug(paint: Paint) -> str:
    """The enamel mug with the puffin."""
    body = "M106 158 L262 158 L256 300 Q254 324 230 324 L138 324 Q114 324 112 300 Z"
    handle = line("M262 188 C324 180 324 274 256 276", paint.deep, 17) + line(
        "M262 188 C324 180 324 274 256 276", paint.base, 11
    )
    inner = path("M212 150 L280 150 L280 340 L222 340 Z", paint.dark, opacity=0.45) + rect(
        122, 170, 11, 120, paint.light, 5
    )
    rim = (
        ellipse(184, 158, 78, 15, paint.deep)
        + ellipse(184, 158, 70, 11, "#5a3f2d")
        + path("M106 158 a78 15 0 0 1 156 0 a78 12 0 0 0 -156 0 Z", PAPER)
    )
    bird = (
        ellipse(184, 262, 25, 34, "#23262b")
        + ellipse(186, 270, 16, 25, PAPER)
        + circle(186, 222, 20, "#23262b")
        + ellipse(190, 224, 12, 13, PAPER)
    )
    bird += (
        path("M198 216 C214 214 220 224 218 234 C210 238 202 236 198 232 Z", "#e0713a")
        + path("M199 217 C206 218 206 230 199 231 Z", "#e4b23a")
        + circle(190, 220, 3, "#23262b")
    )
    bird += line("M176 296 l-4 8 M194 296 l4 8", "#e0713a", 5)
    oval = ellipse(186, 252, 48, 58, PAPER if paint.base != "#f4f0e6" else "#cfe0e4", opacity=0.92)
    return (
        _steam(184, 128) + handle + path(body, paint.base) + inside(body, inner, "body") + rim + oval + bird
    )


def bottle(paint: Paint) -> str:
    """A steel water bottle."""
    body = "M158 128 C142 142 136 154 136 172 L136 318 Q136 342 160 342 L240 342 Q264 342 264 318 L264 172 C264 154 258 142 242 128 Z"
    inner = (
        path("M214 120 L280 120 L280 350 L222 350 Z", paint.dark, opacity=0.55)
        + rect(150, 168, 13, 142, paint.light, 6)
        + rect(120, 318, 160, 30, STEEL)
    )
    neck = rect(164, 104, 72, 26, STEEL) + rect(164, 104, 72, 26, _DARK_STEEL, opacity=0.25)
    cap = (
        rect(156, 62, 88, 46, GUM, 12)
        + line("M174 62 C174 30 226 30 226 62", GUM, 10)
        + rect(166, 70, 8, 30, "#575c63", 4)
    )
    wave = line("M176 226 q12 -12 24 0 t24 0 M176 246 q12 -12 24 0 t24 0", PAPER, 5)
    return neck + cap + path(body, paint.base) + inside(body, inner, "body") + wave


def tumbler(paint: Paint) -> str:
    """A lidded tumbler."""
    body = "M128 128 L272 128 L252 322 Q250 338 232 338 L168 338 Q150 338 148 322 Z"
    inner = (
        path("M216 120 L290 120 L270 350 L214 350 Z", paint.dark, opacity=0.5)
        + path("M146 140 L160 140 L170 310 L160 310 Z", paint.light)
        + rect(120, 306, 160, 40, STEEL)
    )
    lid = (
        rect(116, 100, 168, 30, GUM, 12)
        + rect(138, 82, 124, 22, "#4a4e55", 10)
        + rect(214, 74, 34, 14, "#23262b", 6)
    )
    band = path("M135 190 L265 190 L259 244 L141 244 Z", paint.trim) + line(
        "M160 218 q10 -10 20 0 t20 0 t20 0 t20 0", PAPER, 4
    )
    return path(body, paint.base) + inside(body, inner + band, "body") + lid


def flask(paint: Paint) -> str:
    """A food flask with its spoon."""
    body = "M120 170 L280 170 L280 312 Q280 340 250 340 L150 340 Q120 340 120 312 Z"
    inner = path("M218 160 L290 160 L290 350 L226 350 Z", paint.dark, opacity=0.5) + rect(
        136, 186, 13, 130, paint.light, 6
    )
    lid = path("M124 166 L132 112 Q134 96 152 96 L248 96 Q266 96 268 112 L276 166 Z", STEEL) + path(
        "M220 96 L248 96 Q266 96 268 112 L276 166 L232 166 Z", _DARK_STEEL, opacity=0.5
    )
    ring = rect(114, 158, 172, 20, GUM, 8)
    tail = path(
        "M196 222 C226 214 244 238 230 262 C222 278 198 276 200 258 C202 250 212 250 214 258",
        "none",
        stroke=paint.trim,
        stroke_width=9,
        stroke_linecap="round",
    )
    spoon = turned(rect(316, 168, 9, 130, _DARK_STEEL, 4) + ellipse(320, 156, 18, 27, STEEL), 10, 320, 220)
    return _steam(200, 76) + spoon + path(body, paint.base) + inside(body, inner, "body") + lid + ring + tail


def coffee_press(paint: Paint) -> str:
    """A steel coffee press."""
    body = "M126 150 L258 150 L264 322 Q262 340 244 340 L140 340 Q122 340 120 322 Z"
    inner = (
        path("M208 140 L280 140 L280 350 L214 350 Z", paint.dark, opacity=0.5)
        + rect(138, 172, 12, 140, paint.light, 6)
        + rect(100, 214, 200, 8, paint.deep, opacity=0.5)
    )
    lid = (
        path("M116 150 Q192 106 268 150 Z", STEEL)
        + line("M192 122 L192 74", _DARK_STEEL, 8)
        + circle(192, 66, 15, WOOD)
    )
    spout = path("M126 152 L96 140 L128 186 Z", paint.dark)
    handle = line("M260 184 C334 176 334 300 262 300", WOOD, 16)
    return (
        handle
        + spout
        + path(body, paint.base)
        + inside(body, inner, "body")
        + lid
        + rect(112, 146, 160, 13, _DARK_STEEL, 6)
    )
