"""What the tests of entities share: a small shop, and how found things are written down."""

from __future__ import annotations

from functools import cache

from bot.encoder import Encoder
from bot.understanding.entities.extract import Extractor
from bot.understanding.entities.typing_errors import Typos
from bot.understanding.shop_words import ShopWords

SHOP = ShopWords(
    products=(
        "Skylark Rain Jacket",
        "Skylark Rain Trousers",
        "Errigal Hiking Boots",
        "Cairn Two-Person Tent",
        "Puffin Enamel Mug",
        "Wicklow Way Route Map",
        "Wheatear Merino T-Shirt",
        "Ember Hot Water Bottle",
    ),
    kinds=(
        "boots",
        "hiking boots",
        "mug",
        "rain jacket",
        "jacket",
        "sock",
        "shorts",
        "t shirt",
        "water bottle",
        "tent",
    ),
    colors=("navy", "forest green", "green", "burgundy", "grey", "black", "white", "sand", "orange"),
    stores={"galway": "galway", "quay street": "galway", "cork": "cork", "dublin": "dublin"},
    not_products=("wicklow way",),
    ordinary=("whats", "shite"),
)


@cache
def extractor() -> Extractor:
    """An extractor for `SHOP`."""
    return Extractor(SHOP, Typos(Encoder.load().words() | set(SHOP.ordinary)))


def found(text: str, *entities: str) -> list[tuple[str, str]]:
    """The typed words and the value of each thing found, of these entities (default: all)."""
    return [
        (text[span.start : span.end], span.value)
        for span in extractor().extract(text)
        if not entities or span.entity in entities
    ]
