"""Categories, products and their sizes and colours."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Final

from sqlalchemy import bindparam, func, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload
from sqlalchemy.orm.attributes import set_committed_value

from crm_store.errors import NotFound
from crm_store.models import Category, Product, Variant
from crm_store.models.base import Id

PRODUCTS: Final = select(Product).options(
    joinedload(Product.category, innerjoin=True), selectinload(Product.variants)
)
"""Products with their category and variants."""

_BY_IDS: Final = PRODUCTS.where(Product.id.in_(bindparam("keys", type_=Id, expanding=True)))

_OUTLINES: Final = (
    select(Product.image, Product.name, Product.category_id, Product.tags)
    .where(Product.image != "")
    .order_by(Product.id)
)
_VARIANTS: Final = (
    select(Variant)
    .where(Variant.product_id == bindparam("product_id"))
    .order_by(Variant.id)
    .options(joinedload(Variant.product, innerjoin=True))
)


@dataclass(frozen=True, slots=True)
class Outline:
    """A product at a glance."""

    image: str
    name: str
    category_id: int
    tags: tuple[str, ...]


async def list_categories(session: AsyncSession) -> list[Category]:
    """Every category, in the shop's order."""
    return list(await session.scalars(select(Category).order_by(Category.id)))


async def find_products(
    session: AsyncSession, *, category_slug: str | None = None, limit: int = 20, after_id: int | None = None
) -> list[Product]:
    """A page of the catalogue, or of one category; `after_id` is the last product of the page before."""
    query = PRODUCTS.order_by(Product.id).limit(limit)
    if category_slug is not None:
        query = query.join(Product.category).where(Category.slug == category_slug)
    if after_id is not None:
        query = query.where(Product.id > after_id)
    return list(await session.scalars(query))


async def get_product(session: AsyncSession, *, number: str) -> Product:
    """The product with its variants and category; `NotFound` without one."""
    product = await session.scalar(PRODUCTS.where(Product.number == number.strip().upper()))
    if product is None:
        raise NotFound(f"There is no product {number}.")
    return product


async def find_by_ids(session: AsyncSession, *, product_ids: Sequence[int]) -> list[Product]:
    """The products with these keys, in the order of the keys; keys of none are passed over."""
    found = {one.id: one for one in await session.scalars(_BY_IDS, {"keys": list(product_ids)})}
    return [found[key] for key in product_ids if key in found]


async def get_product_by_image(session: AsyncSession, *, image: str) -> Product:
    """The product whose picture has this name, as `get_product`."""
    product = await session.scalar(PRODUCTS.where(Product.image == image).limit(1)) if image else None
    if product is None:
        raise NotFound("There is no such product.")
    return product


async def get_products_by_image(session: AsyncSession, *, images: Collection[str]) -> list[Product]:
    """As `get_product_by_image`, in the order of `images`; those that are not there are left out."""
    found = {
        product.image: product for product in await session.scalars(PRODUCTS.where(Product.image.in_(images)))
    }
    return [found[image] for image in images if image in found]


async def product_outlines(session: AsyncSession) -> list[Outline]:
    """What there is to know of every product without its variants: quick to read."""
    rows = await session.execute(_OUTLINES)
    return [
        Outline(image, name, category_id, tuple(map(str, tags))) for image, name, category_id, tags in rows
    ]


async def get_variant(session: AsyncSession, *, sku: str) -> Variant:
    """The variant with its product; `NotFound` without one."""
    query = select(Variant).where(Variant.sku == sku).options(joinedload(Variant.product, innerjoin=True))
    variant = await session.scalar(query)
    if variant is None:
        raise NotFound("There is no such article.")
    return variant


async def all_product_names(session: AsyncSession) -> list[tuple[str, str]]:
    """Number and name of every product."""
    rows = await session.execute(select(Product.number, Product.name).order_by(Product.id))
    return [(number, name) for number, name in rows]


async def variants_of(session: AsyncSession, *, product_id: int) -> list[Variant]:
    """The sizes and colours of a product; a unit of work asks for them once."""
    product = session.identity_map.get(session.identity_key(Product, product_id))
    if product is not None and "variants" in inspect(product).dict:
        return list(product.variants)
    found = list(await session.scalars(_VARIANTS, {"product_id": product_id}))
    if found:
        set_committed_value(found[0].product, "variants", found)
    return found


async def find_variant(
    session: AsyncSession, *, product_id: int, size: str | None = None, color: str | None = None
) -> Variant | None:
    """The first variant of that size and colour, whatever the case; what is None may be anything."""
    query = select(Variant).where(Variant.product_id == product_id).order_by(Variant.id).limit(1)
    if size is not None:
        query = query.where(func.lower(Variant.size) == size.strip().lower())
    if color is not None:
        query = query.where(func.lower(Variant.color) == color.strip().lower())
    return await session.scalar(query.options(joinedload(Variant.product)))
