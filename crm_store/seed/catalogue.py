"""Categories, products, variants, locations, stock and carts."""

from __future__ import annotations

from crm_store.models import CartLine, Category, Location, Product, Stock, Variant
from crm_store.seed.draft import Draft


def categories(draft: Draft) -> None:
    """`categories.csv`."""
    for row in draft.read("categories.csv"):
        draft.add(
            Category,
            id=draft.categories.new(row, "category_id"),
            slug=row.text("category_id"),
            name=row.text("name"),
            description=row.optional("description"),
        )


def products(draft: Draft) -> None:
    """`products.csv`."""
    for row in draft.read("products.csv"):
        draft.add(
            Product,
            id=draft.products.new(row, "product_id"),
            number=row.text("product_id"),
            name=row.text("name"),
            category_id=draft.categories.of(row, "category_id"),
            description=row.optional("description"),
            price_cents=row.natural("price_cents"),
            currency=row.text("currency"),
            final_sale=row.flag("final_sale"),
            hygiene=row.flag("hygiene"),
            digital=row.flag("digital"),
            tags=[tag for tag in row.optional("tags").split(";") if tag],
            image=row.optional("image"),
        )


def variants(draft: Draft) -> None:
    """`variants.csv`."""
    for row in draft.read("variants.csv"):
        draft.add(
            Variant,
            id=draft.variants.new(row, "sku"),
            sku=row.text("sku"),
            product_id=draft.products.of(row, "product_id"),
            size=row.optional("size"),
            color=row.optional("color"),
            price_cents=row.if_given("price_cents", row.natural),
        )


def locations(draft: Draft) -> None:
    """`stores.csv`, the web shop's warehouse among them."""
    for row in draft.read("stores.csv"):
        draft.add(
            Location,
            id=draft.locations.new(row, "store_id"),
            slug=row.text("store_id"),
            name=row.text("name"),
            address=row.optional("address"),
            phone=row.optional("phone"),
            opens=row.optional("opens"),
        )


def stock(draft: Draft) -> None:
    """`stock.csv`."""
    for row in draft.read("stock.csv"):
        draft.add(
            Stock,
            location_id=draft.locations.of(row, "store_id"),
            variant_id=draft.variants.of(row, "sku"),
            quantity=row.natural("quantity"),
        )


def carts(draft: Draft) -> None:
    """`carts.csv`."""
    for row in draft.read("carts.csv"):
        draft.add(
            CartLine,
            customer_id=draft.customers.of(row, "customer_id"),
            variant_id=draft.variants.of(row, "sku"),
            quantity=row.natural("quantity", least=1),
            updated_at=row.ago("updated_days_ago"),
        )
