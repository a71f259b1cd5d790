"""The catalogue: what the shop sells, where it lies, and taking it from the shelf."""

from crm_store.catalogue.products import (
    Outline,
    all_product_names,
    find_by_ids,
    find_products,
    find_variant,
    get_product,
    get_product_by_image,
    get_products_by_image,
    get_variant,
    list_categories,
    product_outlines,
    variants_of,
)
from crm_store.catalogue.search import search_products
from crm_store.catalogue.stock import list_locations, put_back, stock_at, stock_of, stock_of_each, take_stock
from crm_store.catalogue.texts import product_texts

__all__ = [
    "Outline",
    "all_product_names",
    "find_by_ids",
    "find_products",
    "find_variant",
    "get_product",
    "get_product_by_image",
    "get_products_by_image",
    "get_variant",
    "list_categories",
    "list_locations",
    "product_outlines",
    "product_texts",
    "put_back",
    "search_products",
    "stock_at",
    "stock_of",
    "stock_of_each",
    "take_stock",
    "variants_of",
]
