"""Reservations in a shop, and what was said unasked."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from crm_store.migrations.columns import ID, MOMENT, WORD

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def _points_at(column: str, table: str, *, of: str = "reservations") -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_{of}_{column}_{table}"))


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "reservations",
        sa.Column("id", ID, nullable=False),
        sa.Column("number", sa.String(32), nullable=False),
        sa.Column("variant_id", ID, nullable=False),
        sa.Column("location_id", ID, nullable=False),
        sa.Column("contact_point_id", ID, nullable=False),
        sa.Column("customer_id", ID, nullable=True),
        sa.Column("name", sa.String(80), nullable=False),
        sa.Column("quantity", ID, nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("status", WORD, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.CheckConstraint("quantity > 0", name=op.f("ck_reservations_some")),
        _points_at("variant_id", "variants"),
        _points_at("location_id", "locations"),
        _points_at("contact_point_id", "contact_points"),
        _points_at("customer_id", "customers"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reservations")),
        sa.UniqueConstraint("number", name=op.f("uq_reservations_number")),
    )
    op.create_index("ix_reservations_shelf", "reservations", ["location_id", "variant_id", "until"])
    op.create_index("ix_reservations_contact_point_id", "reservations", ["contact_point_id"])
    op.create_index("ix_reservations_customer_id", "reservations", ["customer_id"])
    op.create_table(
        "proactive_notes",
        sa.Column("customer_id", ID, nullable=False),
        sa.Column("key", sa.String(120), nullable=False),
        sa.Column("said_at", MOMENT, nullable=False),
        _points_at("customer_id", "customers", of="proactive_notes"),
        sa.PrimaryKeyConstraint("customer_id", "key", name=op.f("pk_proactive_notes")),
    )


def downgrade() -> None:
    """Go back."""
    op.drop_table("proactive_notes")
    op.drop_table("reservations")
