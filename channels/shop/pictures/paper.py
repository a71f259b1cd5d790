"""Cards, maps, books."""

from __future__ import annotations

from channels.shop.pictures.colours import BRASS, PAPER, WOOD, Paint, mixed
from channels.shop.pictures.svg import circle, inside, line, moved, path, rect, turned, words

_BIRD = "M0 38 C26 40 40 28 50 14 C62 0 76 -14 96 -10 L108 -2 L94 4 C94 36 64 56 34 52 L8 60 L18 46 Z"


def gift_card(paint: Paint) -> str:
    """A gift card and its envelope."""
    envelope = turned(
        rect(82, 176, 236, 150, "#f6efe0", 10) + line("M86 182 L200 268 L314 182", "#d8c9a8", 4), 5
    )
    card = (
        "M72 118 Q72 104 86 104 L314 104 Q328 104 328 118 L328 244 Q328 258 314 258 L86 258 Q72 258 72 244 Z"
    )
    hills = (
        path("M60 232 Q120 180 190 220 Q250 174 340 214 L340 270 L60 270 Z", paint.dark)
        + path("M60 250 Q150 214 220 244 Q280 220 340 240 L340 270 L60 270 Z", paint.deep)
        + circle(302, 130, 13, "#f0c35a")
    )
    ribbon = rect(102, 100, 13, 162, BRASS) + path(
        "M108 104 C76 70 60 96 108 108 C156 96 140 70 108 104 Z", BRASS
    )
    name = words(206, 166, "Wanderlark", PAPER, 26, font_weight="bold") + moved(
        path(_BIRD, PAPER), 178, 188, 0.5
    )
    return envelope + turned(path(card, paint.base) + inside(card, hills, "card") + name + ribbon, -7)


def route_map(paint: Paint, *, coast: bool = False, loop: bool = False) -> str:
    """A folded map with a dotted way."""
    folds = ((66, 120, 156, 96), (156, 96, 246, 124), (246, 124, 336, 100))
    shapes = ""
    for i, (x1, y1, x2, y2) in enumerate(folds):
        fold = f"M{x1} {y1} L{x2} {y2} L{x2} {y2 + 208} L{x1} {y1 + 208} Z"
        land = mixed(paint.base, "#ffffff", 0.5 if i % 2 else 0.6)
        inner = path(
            "M40 250 Q110 200 180 246 Q250 290 360 232 L360 360 L40 360 Z",
            "#8fbdd0" if coast else mixed(land, "#6b8f5b", 0.35),
        )
        inner += path(
            "M40 150 Q110 120 150 158 Q210 200 240 150 Q300 110 360 150 L360 80 L40 80 Z",
            mixed(land, "#6b8f5b", 0.22),
        )
        inner += "".join(
            line(f"M60 {y} q40 -24 90 4 t100 -6 t100 4", mixed(land, "#5a4a33", 0.25), 2) for y in (186, 206)
        )
        shapes += path(fold, land) + inside(fold, inner, f"m{i}")
        if i % 2:
            shapes += path(fold, "#1d2430", opacity=0.07)
    way = "M110 292 C150 250 120 210 168 198 C230 186 196 262 250 258 C300 250 280 180 300 156"
    if loop:
        way = "M128 262 C100 200 150 158 206 166 C270 160 310 200 286 246 C264 296 170 304 128 262"
    end = "128 262" if loop else "300 156"
    x, y = map(float, end.split())
    pin = path(
        f"M{x} {y + 2} C{x - 24:g} {y - 28:g} {x - 20:g} {y - 54:g} {x} {y - 54:g} C{x + 20:g} {y - 54:g} {x + 24:g} {y - 28:g} {x} {y + 2} Z",
        "#c2463b",
    ) + circle(x, y - 34, 8, PAPER)
    return (
        shapes
        + line(way, "#b04a35", 6, stroke_dasharray="3 13")
        + circle(110 if not loop else 206, 292 if not loop else 166, 9, "#2f4365")
        + pin
    )


def wall_map(paint: Paint) -> str:
    """A world map on its rods."""
    sheet = rect(70, 104, 260, 196, paint.base)
    frame = rect(82, 116, 236, 172, "#cfe0e4", 4)
    land = "M96 146 q24 -18 50 -8 q14 12 -4 28 q-18 6 -20 24 q8 12 -4 20 q-16 -18 -12 -36 q-14 -10 -10 -28 Z M132 218 q22 -8 24 14 q-8 30 -20 42 q-12 -22 -4 -56 Z M190 140 q14 -14 34 -6 q-2 16 -18 18 q-12 2 -16 -12 Z M188 172 q24 -14 40 4 q10 28 -12 62 q-14 0 -16 -26 q-18 -12 -12 -40 Z M234 138 q40 -22 74 2 q2 26 -24 34 q-8 26 -20 14 q-22 -6 -30 -50 Z M274 232 q22 -12 32 6 q-8 18 -28 12 Z"
    grid = line("M82 202 H318 M160 116 V288 M240 116 V288", "#aac4cc", 2)
    rods = (
        rect(56, 92, 288, 20, WOOD, 9)
        + rect(56, 294, 288, 20, WOOD, 9)
        + line("M76 94 L200 42 L324 94", "#8a6a4a", 4)
        + circle(200, 42, 6, BRASS)
    )
    route = line(
        "M196 150 C180 180 150 170 128 160 M206 150 C240 110 270 140 290 236",
        "#c2463b",
        3.5,
        stroke_dasharray="2 8",
    )
    return sheet + frame + grid + path(land, "#7d9a6a") + route + circle(198, 148, 6, "#c2463b") + rods


def notebook(paint: Paint) -> str:
    """A notebook with a band and a pencil."""
    pages = rect(120, 74, 172, 258, "#efe6d4", 8) + "".join(
        line(f"M{292} {y} h-4", "#d6c9ae", 2) for y in range(84, 330, 8)
    )
    cover = rect(108, 68, 174, 264, paint.base, 10) + rect(108, 68, 26, 264, paint.dark, 10)
    band = rect(252, 68, 11, 264, paint.deep) + path("M176 332 l0 30 l9 -9 l9 9 l0 -30 Z", paint.trim)
    mark = line("M170 190 l22 -36 l18 26 l12 -16 l20 30 Z", paint.pale, 4.5) + circle(228, 146, 7, paint.pale)
    pencil = turned(
        rect(306, 110, 16, 176, "#e0a94a")
        + path("M306 286 h16 l-8 26 Z", "#ecd9bf")
        + path("M310.500 300 h7 l-3.500 12 Z", "#3a3d42")
        + rect(306, 96, 16, 16, "#d98c8c", 3),
        12,
        314,
        200,
    )
    return pages + cover + mark + band + pencil


def book(paint: Paint, *, pot: bool = False) -> str:
    """An e-book on a reader."""
    reader = (
        rect(104, 56, 192, 288, "#3a3d42", 20)
        + rect(104, 56, 192, 288, "#ffffff", 20, opacity=0.05)
        + circle(200, 328, 7, "#6d747a")
    )
    page = rect(120, 74, 160, 238, PAPER, 5)
    art = "M120 74 h160 v150 h-160 Z"
    if pot:
        picture = (
            rect(120, 74, 160, 150, paint.base)
            + path("M168 150 h64 v30 q0 14 -14 14 h-36 q-14 0 -14 -14 Z", "#3a3d42")
            + rect(162, 142, 76, 11, "#565c62", 5)
            + line("M184 126 q-6 -10 0 -18 M200 126 q-6 -10 0 -18 M216 126 q-6 -10 0 -18", PAPER, 4)
            + "".join(
                moved(path("M0 0 C-16 -18 -10 -32 0 -50 C10 -32 16 -18 0 0 Z", "#f0b04a"), x, 224, 0.6)
                for x in (180, 200, 220)
            )
        )
    else:
        picture = (
            rect(120, 74, 160, 150, paint.base)
            + circle(244, 108, 15, "#f3e2a8")
            + path("M110 206 L160 128 L196 180 L226 140 L290 210 L290 230 L110 230 Z", paint.deep)
            + path("M176 224 L204 176 L232 224 Z", "#e0a94a")
            + path("M198 224 L204 188 L212 224 Z", "#7b5a2a")
            + "".join(circle(x, y, 2, PAPER) for x, y in ((140, 96), (172, 110), (206, 92), (150, 124)))
        )
    title = line("M140 246 h120 M152 262 h96", "#3a3d42", 7) + line("M164 284 h72", WOOD, 4)
    return reader + page + inside(art, picture, "art") + title
