"""Finding what a customer means in the catalogue: a product, its sizes and colours, a shop."""

from __future__ import annotations

from collections.abc import Sequence

from actions.heard import Heard
from actions.turn import Turn
from crm_store import catalogue, matching
from crm_store.models import Location, Product, Variant
from crm_store.models.product import WEB_LOCATION

_LOOKED_AT = 12
_CALLED = 0.75
"""How well words must fit a product's name to mean it."""

_NEARLY = 0.05


async def named_product(turn: Turn, heard: Heard) -> Product | None:
    """The one product that the message names; None when it names none or more than one fits."""
    found = await named_products(turn, heard)
    return found[0] if len(found) == 1 else None


async def named_products(turn: Turn, heard: Heard) -> list[Product]:
    """The products whose names fit what the message calls them, equally well; none when it names none."""
    called = " ".join(heard.all("product"))
    if not called:
        return []
    found = await catalogue.search_products(turn.session, text=called, limit=_LOOKED_AT)
    names = matching.scores(called, {product.id: [(product.name, 1.0)] for product in found})
    best = max(names.values(), default=0.0)
    if best < _CALLED:
        return found
    fits = [product for product in found if names.get(product.id, 0.0) >= best - _NEARLY]
    exact = [product for product in fits if set(matching.words(product.name)) <= set(matching.words(called))]
    return exact if len(exact) == 1 else fits


def matching_variants(product: Product, heard: Heard) -> list[Variant]:
    """The variants in the sizes and colours that the message names; all where it names none."""
    sizes = {size.casefold() for size in heard.all("size")}
    colors = [color.casefold() for color in heard.all("color")]
    return [
        variant
        for variant in product.variants
        if (not sizes or variant.size.casefold() in sizes)
        and (not colors or any(is_color(color, variant.color) for color in colors))
    ]


def is_color(wanted: str, color: str) -> bool:
    """`green` is also `forest green`."""
    return wanted == color.casefold() or wanted in color.casefold().split()


async def shops(turn: Turn) -> list[Location]:
    """The shops with a door."""
    every = await catalogue.list_locations(turn.session)
    return [location for location in every if location.slug != WEB_LOCATION]


def named_shop(heard: Heard, locations: Sequence[Location]) -> Location | None:
    """The shop that the message names, by city or street."""
    called = (heard.entity("store") or "").casefold().strip()
    if not called:
        return None
    for location in locations:
        if called in {location.slug, location.name.casefold()} or location.slug in called.split():
            return location
    return next((location for location in locations if called in location.address.casefold()), None)
