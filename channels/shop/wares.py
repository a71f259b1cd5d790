"""Goods as the shop's pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from channels.shop.pictures import is_drawn
from crm_store import loyalty
from crm_store.models import Product, Tier, Variant
from crm_store.money import format_money


@dataclass(frozen=True)
class Picture:
    """A picture and what it shows."""

    url: str
    alt: str


@dataclass(frozen=True)
class Ware:
    """A product on a shelf."""

    url: str
    name: str
    price: str
    """`from €25.00` where sizes differ in price."""
    points: int
    """What buying it earns the visitor."""
    picture: Picture | None
    colours: tuple[str, ...]
    badge: str


def picture(product: Product, color: str = "") -> Picture | None:
    """The product's picture in a colour; None for one that nobody drew."""
    if not is_drawn(product.image):
        return None
    query = f"?{urlencode({'color': color})}" if color else ""
    return Picture(
        f"/shop/pictures/{product.image}.svg{query}", ", ".join(filter(None, (product.name, color)))
    )


def address(product: Product, color: str = "") -> str:
    """Where its page is."""
    query = f"?{urlencode({'color': color})}" if color else ""
    return f"/products/{product.image or product.number}{query}"


def colours_of(product: Product) -> tuple[str, ...]:
    """Its colours, each once, in the catalogue's order; none where there is no choice."""
    return tuple(dict.fromkeys(variant.color for variant in product.variants if variant.color))


def price_cents(product: Product, variant: Variant) -> int:
    """What one of it costs, in minor units."""
    return product.price_cents if variant.price_cents is None else variant.price_cents


def ware(product: Product, tier: Tier, color: str = "") -> Ware:
    """The product for a shelf, in a colour or its first one."""
    colours = colours_of(product)
    prices = {price_cents(product, variant) for variant in product.variants} or {product.price_cents}
    cheapest = min(prices)
    return Ware(
        url=address(product, color),
        name=product.name,
        price=f"{'from ' if len(prices) > 1 else ''}{format_money(cheapest, product.currency)}",
        points=loyalty.points_for(cheapest, tier),
        picture=picture(product, color or (colours[0] if colours else "")),
        colours=colours,
        badge=_badge(product),
    )


def shelf(products: Sequence[Product], tier: Tier) -> list[Ware]:
    """Products side by side."""
    return [ware(product, tier) for product in products]


def _badge(product: Product) -> str:
    if product.final_sale:
        return "Final sale"
    return "By e-mail" if product.digital else ""
