"""The first tables: membership, the ledger of points, vouchers, offers and grants."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from crm_store.migrations.columns import ID, MOMENT, WORD

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "loyalty_accounts",
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("tier", WORD, nullable=False),
        sa.Column("enrolled_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_loyalty_accounts_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("customer_id", name=op.f("pk_loyalty_accounts")),
    )
    op.create_table(
        "points_entries",
        sa.Column("id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("points", ID, nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("order_id", ID, nullable=True),
        sa.Column("note", sa.String(200), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("available_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_points_entries_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_points_entries_order_id_orders")),
        sa.CheckConstraint("points <> 0", name=op.f("ck_points_entries_some")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_points_entries")),
        sa.UniqueConstraint("key", name=op.f("uq_points_entries_key")),
    )
    op.create_index("ix_points_entries_customer", "points_entries", ["customer_id", "id"])
    op.create_index("ix_points_entries_order_id", "points_entries", ["order_id"])
    op.create_table(
        "vouchers",
        sa.Column("id", ID, nullable=False),
        sa.Column("code", sa.String(32), nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("source", WORD, nullable=False),
        sa.Column("value_cents", ID, nullable=False),
        sa.Column("remaining_cents", ID, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_vouchers_customer_id_customers")
        ),
        sa.CheckConstraint("remaining_cents >= 0", name=op.f("ck_vouchers_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_vouchers")),
        sa.UniqueConstraint("code", name=op.f("uq_vouchers_code")),
        sa.UniqueConstraint("key", name=op.f("uq_vouchers_key")),
    )
    op.create_index("ix_vouchers_customer_id", "vouchers", ["customer_id"])
    op.create_table(
        "offers",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("title", sa.String(200), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("value", ID, nullable=False),
        sa.Column("min_spend_cents", ID, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("category_id", ID, nullable=True),
        sa.Column("min_tier", WORD, nullable=True),
        sa.Column("starts_at", MOMENT, nullable=False),
        sa.Column("ends_at", MOMENT, nullable=False),
        sa.Column("code_prefix", sa.String(16), nullable=False),
        sa.Column("priority", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["category_id"], ["categories.id"], name=op.f("fk_offers_category_id_categories")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_offers")),
        sa.UniqueConstraint("number", name=op.f("uq_offers_number")),
    )
    op.create_table(
        "grants",
        sa.Column("id", ID, nullable=False),
        sa.Column("offer_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("code", sa.String(32), nullable=True),
        sa.Column("granted_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_grants_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(["offer_id"], ["offers.id"], name=op.f("fk_grants_offer_id_offers")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_grants")),
        sa.UniqueConstraint("code", name=op.f("uq_grants_code")),
        sa.UniqueConstraint("offer_id", "customer_id", name=op.f("uq_grants_offer_id_customer_id")),
    )
    op.create_index("ix_grants_customer_id", "grants", ["customer_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("grants")
    op.drop_table("offers")
    op.drop_table("vouchers")
    op.drop_table("points_entries")
    op.drop_table("loyalty_accounts")
