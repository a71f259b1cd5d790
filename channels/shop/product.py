"""GET /products/{slug}: one product, with its colours, sizes and shelves."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from channels.articles import all_articles
from channels.shop.frame import Visit, Visited
from channels.shop.wares import Picture, address, colours_of, picture, price_cents, shelf
from crm_store import catalogue, loyalty
from crm_store.catalogue import Outline
from crm_store.errors import NotFound
from crm_store.models import Location, Product, Variant
from crm_store.models.product import WEB_LOCATION
from crm_store.money import format_money
from crm_store.texts import storable

router = APIRouter()

ONE_SIZE: Final = "one-size"
_RELATED: Final = 4
_FEW: Final = 3
_PLENTY: Final = 99
_GUIDES: Final = {
    "footwear": "size-guide-shoes",
    "jackets": "size-guide-clothes",
    "base-layers": "size-guide-clothes",
    "trousers": "size-guide-clothes",
}


@dataclass(frozen=True)
class Size:
    """One size in the chosen colour."""

    sku: str
    label: str
    price: str
    points: int
    online: int
    """How many the warehouse has; digital goods never end."""
    stores: tuple[str, ...]
    """In words, one for each store, in the stores' order."""


@dataclass(frozen=True)
class Choice:
    """One colour to choose."""

    name: str
    url: str
    picture: Picture | None
    chosen: bool


@router.get("/products/{slug}")
async def product_page(visit: Visited, slug: str, color: str = "", added: str = "") -> Response:
    """The page; a product's number leads to it, too."""
    try:
        product = await catalogue.get_product_by_image(visit.session, image=storable(slug))
    except NotFound:
        return await _by_number(visit, storable(slug))
    colours = colours_of(product)
    color = color if color in colours else next(iter(colours), "")
    stores = [one for one in await catalogue.list_locations(visit.session) if one.slug != WEB_LOCATION]
    sizes = await _sizes(visit, product, color, stores)
    return await visit.page(
        "product.html",
        product=product,
        color=color,
        picture=picture(product, color),
        choices=[Choice(one, address(product, one), picture(product, one), one == color) for one in colours],
        sizes=sizes,
        has_sizes=any(size.label != ONE_SIZE for size in sizes),
        price=_price(sizes) or format_money(product.price_cents, product.currency),
        points=min((size.points for size in sizes), default=0),
        stores=[] if product.digital else stores,
        guide=all_articles().get(_GUIDES.get(product.category.slug, "")),
        care=all_articles().get("waterproof-jacket-care")
        if "waterproof" in product.tags and product.category.slug in ("jackets", "trousers")
        else None,
        materials=all_articles().get("materials-and-sustainability"),
        related=shelf(await _related(visit, product), visit.tier),
        added=added == "1" and visit.customer is not None,
    )


async def _by_number(visit: Visit, number: str) -> Response:
    try:
        product = await catalogue.get_product(visit.session, number=number)
    except NotFound:
        return await visit.nothing_here()
    if not product.image:
        return await visit.nothing_here()
    return RedirectResponse(address(product), HTTPStatus.FOUND)


async def _sizes(visit: Visit, product: Product, color: str, stores: Sequence[Location]) -> list[Size]:
    variants = [variant for variant in product.variants if variant.color == color]
    there = await catalogue.stock_of_each(visit.session, variant_ids=[variant.id for variant in variants])
    return [_size(visit, product, variant, there[variant.id], stores) for variant in variants]


def _size(
    visit: Visit, product: Product, variant: Variant, there: dict[str, int], stores: Sequence[Location]
) -> Size:
    cents = price_cents(product, variant)
    return Size(
        sku=variant.sku,
        label=variant.size or ONE_SIZE,
        price=format_money(cents, product.currency),
        points=loyalty.points_for(cents, visit.tier),
        online=min(there.get(WEB_LOCATION, 0), _PLENTY),
        stores=tuple(_in_words(there.get(store.slug, 0)) for store in stores),
    )


def _in_words(pieces: int) -> str:
    if pieces == 0:
        return "none"
    return f"{pieces} left" if pieces <= _FEW else "in stock"


def _price(sizes: Sequence[Size]) -> str:
    prices = list(dict.fromkeys(size.price for size in sizes))
    return f"{'from ' if len(prices) > 1 else ''}{prices[0]}" if prices else ""


async def _related(visit: Visit, product: Product) -> list[Product]:
    """Of the same name first (Skylark trousers beside the jacket), then those with most tags in common."""
    first_word, tags = product.name.split()[0], set(map(str, product.tags))

    def nearness(one: Outline) -> tuple[bool, bool, int]:
        near = one.category_id == product.category_id
        return one.name.split()[0] == first_word, near, len(tags & set(one.tags))

    outlines = await catalogue.product_outlines(visit.session)
    others = sorted((one for one in outlines if one.image != product.image), key=nearness, reverse=True)
    return await catalogue.get_products_by_image(
        visit.session, images=[one.image for one in others[:_RELATED]]
    )
