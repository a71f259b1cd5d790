"""What is said about stock: one variant shop by shop, or a product's sizes and colours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from actions.language.phrases import listed
from actions.shopping.variant_choice import ONE_SIZE, size_rank
from crm_store.models import Location, Variant
from crm_store.models.product import WEB_LOCATION

PLENTY = 10
"""From here on the exact number says nothing."""


@dataclass(frozen=True)
class OnShelf:
    """A variant and how many there are of it, by the slug of the location."""

    variant: Variant
    stock: Mapping[str, int]

    @property
    def online(self) -> int:
        """How many the web shop can send."""
        return self.stock.get(WEB_LOCATION, 0)

    def in_shops(self, shops: Sequence[Location]) -> list[tuple[Location, int]]:
        """The shops that have some, and how many."""
        return [(shop, self.stock[shop.slug]) for shop in shops if self.stock.get(shop.slug, 0) > 0]


def variant_words(variant: Variant) -> str:
    """`navy, L`; empty where there is no choice."""
    parts = [variant.color, "" if variant.size.casefold() in ONE_SIZE else variant.size]
    return ", ".join(part for part in parts if part)


def titled(name: str, variant: Variant) -> str:
    """`Skylark Rain Jacket, navy, L`."""
    return ", ".join(part for part in (name, variant_words(variant)) if part)


def as_entities(name: str, variant: Variant) -> dict[str, str]:
    """The entities by which a button names the variant."""
    named = {"product": name, "size": variant.size, "color": variant.color}
    return {entity: value for entity, value in named.items() if value}


def amount(number: int) -> str:
    """`3`, or that there are plenty."""
    return f"more than {PLENTY}" if number > PLENTY else str(number)


def place_lines(shelf: OnShelf, shops: Sequence[Location]) -> str:
    """One variant: how many online and in each shop."""
    lines = [f"Online: {_left(shelf.online)}"]
    lines += [f"{city(shop)}: {_left(shelf.stock.get(shop.slug, 0))}" for shop in shops]
    return "\n".join(f"- {line}" for line in lines)


def _left(number: int) -> str:
    return amount(number) if number else "sold out"


def city(shop: Location) -> str:
    """`Galway`: what people call the shop."""
    return shop.slug.capitalize()


def color_lines(shelves: Sequence[OnShelf], shops: Sequence[Location]) -> str:
    """A whole product: by colour, which sizes are there online, which only in a shop, and which nowhere."""
    colors = dict.fromkeys(shelf.variant.color for shelf in shelves)
    rows = [(color, [shelf for shelf in shelves if shelf.variant.color == color]) for color in colors]
    return "\n".join(f"- {_color_line(color, row, shops)}" for color, row in rows)


def _color_line(color: str, shelves: Sequence[OnShelf], shops: Sequence[Location]) -> str:
    online = [shelf for shelf in shelves if shelf.online]
    elsewhere = [shelf for shelf in shelves if not shelf.online and shelf.in_shops(shops)]
    gone = [shelf for shelf in shelves if shelf not in online and shelf not in elsewhere]
    named = [("in stock", online), ("only in our shops", elsewhere), ("sold out", gone)]
    if all(shelf.variant.size.casefold() in ONE_SIZE for shelf in shelves):
        words = next(word for word, some in named if some)
        return f"{color}: {words}" if color else words
    parts = [f"{word} {_sizes(some)}" for word, some in named if some]
    return f"{color}: {'; '.join(parts)}" if color else "; ".join(parts)


def size_lines(shelves: Sequence[OnShelf]) -> str:
    """The sizes of each colour."""
    colors = dict.fromkeys(shelf.variant.color for shelf in shelves)
    rows = [(color, [shelf for shelf in shelves if shelf.variant.color == color]) for color in colors]
    lines = [": ".join(part for part in (color, _sizes(row)) if part) for color, row in rows]
    return "\n".join(f"- {line or 'in stock'}" for line in lines)


def _sizes(shelves: Sequence[OnShelf]) -> str:
    sizes = {shelf.variant.size for shelf in shelves if shelf.variant.size.casefold() not in ONE_SIZE}
    return listed(sorted(sizes, key=size_rank))


def card(name: str, shelves: Sequence[OnShelf]) -> dict[str, Any]:
    """The card of a product's stock."""
    return {
        "type": "stock",
        "product": name,
        "variants": [
            {"size": shelf.variant.size, "color": shelf.variant.color, "stock": dict(shelf.stock)}
            for shelf in shelves
        ],
    }
