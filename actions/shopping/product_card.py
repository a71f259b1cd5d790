"""How a product stands on a card, with its picture and page in the shop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from crm_store.models import Product

PICTURES: Final = "/shop/pictures"
PAGES: Final = "/products"


def product_card(product: Product, why: str = "", lacks: Sequence[str] = ()) -> dict[str, Any]:
    """One product of a card `products`; `why` it is suggested, what of the wish it `lacks`."""
    slug = product.image
    return {
        "number": product.number,
        "name": product.name,
        "description": product.description,
        "price_cents": product.price_cents,
        "currency": product.currency,
        "image": slug,
        "picture": f"{PICTURES}/{slug}.svg" if slug else None,
        "url": f"{PAGES}/{slug}" if slug else None,
        "why": why,
        "lacks": list(lacks),
    }
