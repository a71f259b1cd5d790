"""GET /categories/{slug} and /search: products side by side."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from channels.shop.frame import Visited
from channels.shop.wares import colours_of, shelf, ware
from crm_store import catalogue
from crm_store.models import Product

router = APIRouter()

_MOST: Final = 200
_MAX_QUERY: Final = 100
_FOUND: Final = 24
_ORDERS: Final = {"": "Our choice", "low": "Price: low to high", "high": "Price: high to low", "name": "Name"}


@router.get("/categories/{slug}")
async def category(visit: Visited, slug: str, sort: str = "", color: str = "") -> HTMLResponse:
    """One category, in the order `sort`, only what comes in `color`. What makes no sense is ignored."""
    found = [one for one in await catalogue.list_categories(visit.session) if one.slug == slug]
    if not found:
        return await visit.nothing_here()
    products = await catalogue.find_products(visit.session, category_slug=slug, limit=_MOST)
    colours = sorted({color for product in products for color in colours_of(product)})
    color = color if color in colours else ""
    chosen = [product for product in products if not color or color in colours_of(product)]
    return await visit.page(
        "category.html",
        category=found[0],
        wares=[ware(product, visit.tier, color) for product in _sorted(chosen, sort)],
        orders=_ORDERS,
        sort=sort if sort in _ORDERS else "",
        colours=colours,
        color=color,
    )


@router.get("/search")
async def search(visit: Visited, q: str = "") -> HTMLResponse:
    """What fits a few words."""
    text = q.strip()[:_MAX_QUERY]
    products = await catalogue.search_products(visit.session, text=text, limit=_FOUND) if text else []
    return await visit.page("search.html", text=text, wares=shelf(products, visit.tier))


def _sorted(products: Sequence[Product], sort: str) -> list[Product]:
    if sort == "name":
        return sorted(products, key=lambda product: product.name)
    if sort in ("low", "high"):
        return sorted(products, key=lambda product: product.price_cents, reverse=sort == "high")
    return list(products)
