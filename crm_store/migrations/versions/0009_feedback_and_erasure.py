"""Ratings, reviews, erasures, and what a one-time code is for."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from crm_store.migrations.columns import ID, MOMENT, WORD

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "ratings",
        sa.Column("id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("matter", sa.String(64), nullable=True),
        sa.Column("stars", ID, nullable=True),
        sa.Column("best", ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("asked_at", MOMENT, nullable=True),
        sa.Column("at", MOMENT, nullable=True),
        sa.CheckConstraint("stars IS NULL OR (stars >= 0 AND stars <= best)", name=op.f("ck_ratings_within")),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_ratings_conversation_id_conversations")
        ),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_ratings_customer_id_customers")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ratings")),
        sa.UniqueConstraint("matter", name=op.f("uq_ratings_matter")),
    )
    op.create_index("ix_ratings_customer_id", "ratings", ["customer_id"])
    op.create_index("ix_ratings_conversation", "ratings", ["conversation_id", "id"])
    op.create_table(
        "reviews",
        sa.Column("id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("product_id", ID, nullable=False),
        sa.Column("stars", ID, nullable=False),
        sa.Column("words", sa.Text(), nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=True),
        sa.CheckConstraint("stars >= 1 AND stars <= 5", name=op.f("ck_reviews_stars")),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_reviews_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(["product_id"], ["products.id"], name=op.f("fk_reviews_product_id_products")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reviews")),
        sa.UniqueConstraint("customer_id", "product_id", name=op.f("uq_reviews_customer_id_product_id")),
    )
    op.create_index("ix_reviews_product_id", "reviews", ["product_id"])
    op.create_index("ix_reviews_status", "reviews", ["status"])
    op.create_table(
        "erasures",
        sa.Column("id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("requested_at", MOMENT, nullable=False),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("taken_back_at", MOMENT, nullable=True),
        sa.Column("done_at", MOMENT, nullable=True),
        sa.Column("farewell_id", ID, nullable=True),
        sa.ForeignKeyConstraint(
            ["customer_id"], ["customers.id"], name=op.f("fk_erasures_customer_id_customers")
        ),
        sa.ForeignKeyConstraint(["farewell_id"], ["outbox.id"], name=op.f("fk_erasures_farewell_id_outbox")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_erasures")),
    )
    op.create_index("ix_erasures_customer_id", "erasures", ["customer_id"])
    op.create_index("ix_erasures_due_at", "erasures", ["due_at"])
    waiting = sa.text("done_at IS NULL AND taken_back_at IS NULL")
    op.create_index(
        "uq_erasures_waiting",
        "erasures",
        ["customer_id"],
        unique=True,
        sqlite_where=waiting,
        postgresql_where=waiting,
    )
    op.create_table(
        "erased_numbers",
        sa.Column("hash", sa.String(64), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_erased_numbers")),
    )
    op.create_table(
        "store_keys",
        sa.Column("name", sa.String(32), nullable=False),
        sa.Column("key", sa.LargeBinary(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_store_keys")),
    )
    op.add_column("one_time_codes", sa.Column("purpose", WORD, nullable=False, server_default="sign_in"))


def downgrade() -> None:
    """Go back."""
    op.drop_column("one_time_codes", "purpose")
    for table in ("store_keys", "erased_numbers", "erasures", "reviews", "ratings"):
        op.drop_table(table)
