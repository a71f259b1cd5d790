"""GET /: the shop's front."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from channels.shop.frame import Visit, Visited
from channels.shop.wares import Picture, picture, shelf
from crm_store import catalogue, loyalty
from crm_store.models import Category, Product
from crm_store.models.product import WEB_LOCATION

router = APIRouter()

_FAVOURITES: Final = (
    "skylark-rain-jacket",
    "errigal-hiking-boots",
    "aran-cable-jumper",
    "raven-trekking-backpack",
    "cairn-two-person-tent",
    "burren-trail-running-shoes",
    "inis-wool-beanie",
    "otter-water-bottle",
)
_PRESENTS: Final = (
    "puffin-enamel-mug",
    "clew-wool-scarf",
    "firefly-camp-lantern",
    "meadow-lambswool-throw",
)
_FACES: Final = {
    "jackets": ("curlew-waxed-jacket", "forest green"),
    "base-layers": ("donegal-fleck-cardigan", "burgundy"),
    "trousers": ("slieve-zip-off-trousers", "sand"),
    "footwear": ("burren-waterproof-boots", "forest green"),
    "backpacks": ("magpie-day-pack", "yellow"),
    "camp-kitchen": ("puffin-enamel-mug", "red"),
    "sleep-shelter": ("cairn-two-person-tent", "orange"),
    "home-gifts": ("thistle-wool-cushion", "teal"),
    "digital": ("wanderlark-gift-card", ""),
}
"""Which product, in which colour, stands for a category."""


@router.get("/")
async def home(visit: Visited) -> HTMLResponse:
    """The page."""
    faces = [slug for slug, _ in _FACES.values()]
    images = list(dict.fromkeys([*faces, *_FAVOURITES, *_PRESENTS]))
    products = await catalogue.get_products_by_image(visit.session, images=images)
    by_slug = {product.image: product for product in products}
    return await visit.page(
        "home.html",
        aisles=await _aisles(visit, by_slug),
        favourites=shelf(_of(by_slug, _FAVOURITES), visit.tier),
        presents=shelf(_of(by_slug, _PRESENTS), visit.tier),
        tiers=[
            (tier.value.capitalize(), points, f"{float(loyalty.MULTIPLIERS[tier]):g}")
            for tier, points in loyalty.TIERS.items()
        ],
        stores=[one for one in await catalogue.list_locations(visit.session) if one.slug != WEB_LOCATION],
    )


def _of(by_slug: dict[str, Product], slugs: tuple[str, ...]) -> list[Product]:
    return [by_slug[slug] for slug in slugs if slug in by_slug]


async def _aisles(visit: Visit, by_slug: dict[str, Product]) -> list[tuple[Category, Picture | None]]:
    found = []
    for category in await catalogue.list_categories(visit.session):
        slug, color = _FACES.get(category.slug, ("", ""))
        face = by_slug.get(slug)
        found.append((category, picture(face, color) if face else None))
    return found
