"""The first tables: categories, products and their variants, locations, stock and carts."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from crm_store.migrations.columns import ID, JSON, MOMENT

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "categories",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", sa.String(64), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_categories")),
        sa.UniqueConstraint("slug", name=op.f("uq_categories_slug")),
    )
    op.create_table(
        "products",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("category_id", ID, nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("price_cents", ID, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("final_sale", sa.Boolean(), nullable=False),
        sa.Column("hygiene", sa.Boolean(), nullable=False),
        sa.Column("digital", sa.Boolean(), nullable=False),
        sa.Column("tags", JSON, nullable=False),
        sa.Column("image", sa.String(120), nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["categories.id"], name=op.f("fk_products_category_id_categories")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_products")),
        sa.UniqueConstraint("number", name=op.f("uq_products_number")),
    )
    op.create_index("ix_products_category_id", "products", ["category_id"])
    op.create_index("ix_products_name", "products", ["name"])
    op.create_table(
        "variants",
        sa.Column("id", ID, nullable=False),
        sa.Column("sku", sa.String(64), nullable=False),
        sa.Column("product_id", ID, nullable=False),
        sa.Column("size", sa.String(32), nullable=False),
        sa.Column("color", sa.String(32), nullable=False),
        sa.Column("price_cents", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["product_id"], ["products.id"], name=op.f("fk_variants_product_id_products")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_variants")),
        sa.UniqueConstraint("sku", name=op.f("uq_variants_sku")),
    )
    op.create_index("ix_variants_product_id", "variants", ["product_id"])
    op.create_table(
        "locations",
        sa.Column("id", ID, nullable=False),
        sa.Column("slug", sa.String(64), nullable=False),
        sa.Column("name", sa.String(120), nullable=False),
        sa.Column("address", sa.String(300), nullable=False),
        sa.Column("phone", sa.String(32), nullable=False),
        sa.Column("opens", sa.String(200), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_locations")),
        sa.UniqueConstraint("slug", name=op.f("uq_locations_slug")),
    )
    op.create_table(
        "stock",
        sa.Column("location_id", ID, nullable=False),
        sa.Column("variant_id", ID, nullable=False),
        sa.Column("quantity", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["location_id"], ["locations.id"], name=op.f("fk_stock_location_id_locations")
        ),
        sa.ForeignKeyConstraint(["variant_id"], ["variants.id"], name=op.f("fk_stock_variant_id_variants")),
        sa.CheckConstraint("quantity >= 0", name=op.f("ck_stock_not_negative")),
        sa.PrimaryKeyConstraint("location_id", "variant_id", name=op.f("pk_stock")),
    )
    op.create_table(
        "cart_lines",
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("variant_id", ID, nullable=False),
        sa.Column("quantity", ID, nullable=False),
        sa.Column("updated_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_cart_lines_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variants.id"], name=op.f("fk_cart_lines_variant_id_variants")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_cart_lines_some")),
        sa.PrimaryKeyConstraint("customer_id", "variant_id", name=op.f("pk_cart_lines")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("cart_lines")
    op.drop_table("stock")
    op.drop_table("locations")
    op.drop_table("variants")
    op.drop_table("products")
    op.drop_table("categories")
