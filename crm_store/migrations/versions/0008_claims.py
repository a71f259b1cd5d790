"""Claims and gift cards."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from crm_store.migrations.columns import ID, JSON, MOMENT, WORD

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "claims",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("order_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("kind", WORD, nullable=False),
        sa.Column("remedy", WORD, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("photos", JSON, nullable=False),
        sa.Column("refund_id", ID, nullable=True),
        sa.Column("replacement_id", ID, nullable=True),
        sa.Column("ticket_id", ID, nullable=True),
        sa.Column("key", sa.String(160), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["order_id"], ["orders.id"], name=op.f("fk_claims_order_id_orders")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_claims_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(["refund_id"], ["refunds.id"], name=op.f("fk_claims_refund_id_refunds")),
        sa.ForeignKeyConstraint(
            ["replacement_id"], ["orders.id"], name=op.f("fk_claims_replacement_id_orders")
        ),
        sa.ForeignKeyConstraint(["ticket_id"], ["tickets.id"], name=op.f("fk_claims_ticket_id_tickets")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claims")),
        sa.UniqueConstraint("number", name=op.f("uq_claims_number")),
        sa.UniqueConstraint("key", name=op.f("uq_claims_key")),
    )
    op.create_index("ix_claims_order_id", "claims", ["order_id"])
    op.create_index("ix_claims_customer_created", "claims", ["customer_id", "created_at"])
    op.create_table(
        "claim_items",
        sa.Column("id", ID, nullable=False),
        sa.Column("claim_id", ID, nullable=False),
        sa.Column("order_item_id", ID, nullable=False),
        sa.Column("quantity", ID, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_claim_items_some")),
        sa.ForeignKeyConstraint(
            ["claim_id"], ["claims.id"], name=op.f("fk_claim_items_claim_id_claims"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["order_item_id"], ["order_items.id"], name=op.f("fk_claim_items_order_item_id_order_items")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_claim_items")),
    )
    op.create_index("ix_claim_items_claim_id", "claim_items", ["claim_id"])
    op.create_index("ix_claim_items_order_item_id", "claim_items", ["order_item_id"])
    op.create_table(
        "gift_cards",
        sa.Column("id", ID, nullable=False),
        sa.Column("code_hash", sa.String(64), nullable=False),
        sa.Column("last_four", sa.String(4), nullable=False),
        sa.Column("balance_cents", ID, nullable=False),
        sa.Column("currency", sa.String(3), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=True),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("balance_cents >= 0", name=op.f("ck_gift_cards_not_negative")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_gift_cards")),
        sa.UniqueConstraint("code_hash", name=op.f("uq_gift_cards_code_hash")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("gift_cards")
    op.drop_table("claim_items")
    op.drop_table("claims")
