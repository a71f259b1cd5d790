"""The first tables: orders, parcels, returns and refunds."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from crm_store.migrations.columns import ID, MOMENT, WORD

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "orders",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.String(64), nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("placed_at", MOMENT, nullable=False),
        sa.Column("cancelled_at", MOMENT, nullable=True),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("shipping_cents", ID, nullable=False),
        sa.Column("discount_cents", ID, nullable=False),
        sa.Column("total_cents", ID, nullable=False),
        sa.Column("payment_method", sa.String(32), nullable=False),
        sa.Column("payment_status", WORD, nullable=False),
        sa.Column("delivery_method", WORD, nullable=False),
        sa.Column("ship_name", sa.String(200), nullable=False),
        sa.Column("ship_address", sa.String(300), nullable=False),
        sa.Column("ship_postcode", sa.String(20), nullable=False),
        sa.Column("ship_city", sa.String(120), nullable=False),
        sa.Column("ship_country", sa.String(2), nullable=False),
        sa.Column("gift", sa.Boolean(), nullable=False),
        sa.Column("gift_message", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_orders_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_orders")),
        sa.UniqueConstraint("number", name=op.f("uq_orders_number")),
    )
    op.create_index("ix_orders_customer_placed", "orders", ["customer_id", "placed_at"])
    op.create_index("ix_orders_status", "orders", ["status"])
    op.create_table(
        "order_items",
        sa.Column("id", ID, nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("line_no", ID, nullable=False),
        sa.Column("variant_id", ID, nullable=True),
        sa.Column("title", sa.String(240), nullable=False),
        sa.Column("quantity", ID, nullable=False),
        sa.Column("unit_price_cents", ID, nullable=False),
        sa.Column("discount_cents", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_order_items_order_id_orders"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["variant_id"], ["variants.id"], name=op.f("fk_order_items_variant_id_variants")
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_order_items_some")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_order_items")),
        sa.UniqueConstraint("order_id", "line_no", name=op.f("uq_order_items_order_id_line_no")),
    )
    op.create_index("ix_order_items_variant_id", "order_items", ["variant_id"])
    op.create_table(
        "shipments",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("carrier", sa.String(64), nullable=False),
        sa.Column("tracking_number", sa.String(64), nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("shipped_at", MOMENT, nullable=True),
        sa.Column("expected_at", MOMENT, nullable=True),
        sa.Column("delivered_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["order_id"], ["orders.id"], name=op.f("fk_shipments_order_id_orders"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipments")),
        sa.UniqueConstraint("number", name=op.f("uq_shipments_number")),
    )
    op.create_index("ix_shipments_order_id", "shipments", ["order_id"])
    op.create_table(
        "shipment_items",
        sa.Column("id", ID, nullable=False),
        sa.Column("shipment_id", ID, nullable=False),
        sa.Column("order_item_id", ID, nullable=False),
        sa.Column("quantity", ID, nullable=False),
        sa.ForeignKeyConstraint(
            ["order_item_id"],
            ["order_items.id"],
            name=op.f("fk_shipment_items_order_item_id_order_items"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["shipments.id"],
            name=op.f("fk_shipment_items_shipment_id_shipments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_shipment_items")),
    )
    op.create_index("ix_shipment_items_order_item_id", "shipment_items", ["order_item_id"])
    op.create_index("ix_shipment_items_shipment_id", "shipment_items", ["shipment_id"])
    op.create_table(
        "tracking_events",
        sa.Column("id", ID, nullable=False),
        sa.Column("shipment_id", ID, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("location", sa.String(120), nullable=False),
        sa.Column("description", sa.String(300), nullable=False),
        sa.ForeignKeyConstraint(
            ["shipment_id"],
            ["shipments.id"],
            name=op.f("fk_tracking_events_shipment_id_shipments"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tracking_events")),
    )
    op.create_index("ix_tracking_events_shipment_at", "tracking_events", ["shipment_id", "at"])
    op.create_table(
        "returns",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("resolution", WORD, nullable=False),
        sa.Column("exchange_variant_id", ID, nullable=True),
        sa.Column("label_code", sa.String(32), nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("received_at", MOMENT, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_returns_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(
            ["exchange_variant_id"], ["variants.id"], name=op.f("fk_returns_exchange_variant_id_variants")
        ),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_returns_order_id_orders")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_returns")),
        sa.UniqueConstraint("number", name=op.f("uq_returns_number")),
    )
    op.create_index("ix_returns_customer_id", "returns", ["customer_id"])
    op.create_index("ix_returns_order_id", "returns", ["order_id"])
    op.create_table(
        "return_items",
        sa.Column("id", ID, nullable=False),
        sa.Column("return_id", ID, nullable=False),
        sa.Column("order_item_id", ID, nullable=False),
        sa.Column("quantity", ID, nullable=False),
        sa.Column("reason", WORD, nullable=False),
        sa.ForeignKeyConstraint(
            ["order_item_id"], ["order_items.id"], name=op.f("fk_return_items_order_item_id_order_items")
        ),
        sa.ForeignKeyConstraint(
            ["return_id"], ["returns.id"], name=op.f("fk_return_items_return_id_returns"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_return_items_some")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_items")),
    )
    op.create_index("ix_return_items_order_item_id", "return_items", ["order_item_id"])
    op.create_index("ix_return_items_return_id", "return_items", ["return_id"])
    op.create_table(
        "refunds",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("return_id", ID, nullable=True),
        sa.Column("amount_cents", ID, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("method", WORD, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_refunds_order_id_orders")),
        sa.ForeignKeyConstraint(["return_id"], ["returns.id"], name=op.f("fk_refunds_return_id_returns")),
        sa.CheckConstraint("amount_cents >= 0", name=op.f("ck_refunds_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_refunds")),
        sa.UniqueConstraint("key", name=op.f("uq_refunds_key")),
        sa.UniqueConstraint("number", name=op.f("uq_refunds_number")),
    )
    op.create_index("ix_refunds_order_id", "refunds", ["order_id"])
    op.create_index("ix_refunds_return_id", "refunds", ["return_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("refunds")
    op.drop_table("return_items")
    op.drop_table("returns")
    op.drop_table("tracking_events")
    op.drop_table("shipment_items")
    op.drop_table("shipments")
    op.drop_table("order_items")
    op.drop_table("orders")
