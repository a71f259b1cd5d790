"""How one shop calls what it has: read from its catalogue and learnt from annotated examples."""

from __future__ import annotations

import csv
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Final, Self

from bot.understanding.entities.product import name_words, stem

FILES: Final = ("products.csv", "variants.csv", "stores.csv")
"""What is read of a catalogue's folder; one that is missing counts as empty."""

_WEB: Final = "web"
_STREET: Final = re.compile(r"[0-9]+[a-z]?\s+(?P<street>[^,]+?)\s*,", re.IGNORECASE)
_LONGEST_KIND: Final = 4
_OFTEN: Final = 2

Example = tuple[str, list[str]]
"""A text, and the phrases in it that are annotated as products."""


@dataclass(frozen=True)
class ShopWords:
    """Product names, kinds of products (`rain jacket`), colours, what the stores are called (with their
    ids), and beginnings of product names that mean something else when they stand alone (`wicklow way`).
    """

    products: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    colors: tuple[str, ...] = ()
    stores: Mapping[str, str] = field(default_factory=dict)
    not_products: tuple[str, ...] = ()
    ordinary: tuple[str, ...] = ()
    """Words that the examples say several times beside the products: spelled right, and no products."""

    @classmethod
    def learn(cls, catalogue: Path, examples: Iterable[Example]) -> Self:
        """Read the CSV files in folder `catalogue`, and learn the kinds of products from `examples`."""
        products = tuple(row["name"] for row in _rows(catalogue / "products.csv"))
        colors = dict.fromkeys(row["color"] for row in _rows(catalogue / "variants.csv") if row["color"])
        usage = _Usage.of(examples)
        return cls(
            products=products,
            kinds=tuple(sorted(_kinds(products, usage))),
            colors=tuple(colors),
            stores=_stores(catalogue),
            not_products=tuple(sorted(_not_products(products, usage))),
            ordinary=tuple(sorted(usage.ordinary())),
        )

    def to_json(self) -> str:
        """For the model's archive."""
        return json.dumps(asdict(self), ensure_ascii=False, indent=1)

    @classmethod
    def from_json(cls, written: str) -> Self:
        """What `to_json` wrote."""
        kept = json.loads(written)
        stores = kept.pop("stores")
        return cls(stores=stores, **{name: tuple(value) for name, value in kept.items()})


def _rows(file: Path) -> list[dict[str, str]]:
    if not file.exists():
        return []
    with file.open(newline="", encoding="utf-8") as lines:
        return list(csv.DictReader(lines))


def _stores(catalogue: Path) -> dict[str, str]:
    names: dict[str, str] = {}
    for row in _rows(catalogue / "stores.csv"):
        if row["store_id"] == _WEB:
            continue
        names[row["store_id"].lower()] = names[row["name"].lower()] = row["store_id"]
        if street := _STREET.match(row["address"]):
            full = street["street"].lower()
            names |= {full: row["store_id"], re.sub(r"\bstreet\b", "st", full): row["store_id"]}
    return names


@dataclass(frozen=True)
class _Usage:
    """How often the examples say a run of words, and how often it is (a part of) a product then."""

    said: Counter[str]
    meant: Counter[str]
    phrases: frozenset[str]

    @classmethod
    def of(cls, examples: Iterable[Example]) -> Self:
        said: Counter[str] = Counter()
        meant: Counter[str] = Counter()
        phrases: set[str] = set()
        for text, products in examples:
            said.update(_parts(text))
            for product in products:
                meant.update(_parts(product))
                phrases.add(" ".join(name_words(product)))
        return cls(said, meant, frozenset(phrases))

    def ordinary(self) -> set[str]:
        """Single words that are said `_OFTEN` and more, and never in a product."""
        return {
            part
            for part, count in self.said.items()
            if count >= _OFTEN and " " not in part and not self.meant[part]
        }

    def is_product(self, phrase: str) -> bool:
        """At least every other time; also when it is never said."""
        return 2 * self.meant[phrase] >= self.said[phrase]


def _kinds(products: Iterable[str], usage: _Usage) -> set[str]:
    """Phrases annotated as products, and the endings of names (`rain jacket`)."""
    # `Zip-Off Trousers` has no ending `off trousers`.
    names = [[" ".join(name_words(part)) for part in name.split()] for name in products]
    endings = {" ".join(words[first:]) for words in names for first in range(1, len(words))}
    endings = {ending for ending in endings if " " in ending}
    known = {stem(" ".join(words)) for words in names}
    return {
        kind
        for kind in endings | usage.phrases
        if stem(kind) not in known and 0 < len(kind.split()) <= _LONGEST_KIND and usage.is_product(kind)
    }


def _not_products(products: Iterable[str], usage: _Usage) -> set[str]:
    names = [name_words(name) for name in products]
    beginnings = {" ".join(words[:length]) for words in names for length in range(1, len(words) + 1)}
    return {beginning for beginning in beginnings if not usage.is_product(beginning)}


def _parts(text: str) -> set[str]:
    """Every run of up to `_LONGEST_KIND` words."""
    words = name_words(text)
    return {
        " ".join(words[first : first + length])
        for length in range(1, _LONGEST_KIND + 1)
        for first in range(len(words) - length + 1)
    }
