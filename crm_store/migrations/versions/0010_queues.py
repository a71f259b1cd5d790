"""Tickets know since when they stand as they do, and are found in the order of the desk's queues."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from crm_store.migrations.columns import MOMENT

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

_QUEUES = {
    "ix_tickets_queue": ["status", "priority", "since", "id"],
    "ix_tickets_agents_queue": ["assignee_id", "status", "priority", "since", "id"],
    "ix_tickets_status_since": ["status", "since", "id"],
}


def upgrade() -> None:
    """Go forward."""
    # SQLite adds a column that must not be empty only with a default; every ticket gets its own at once.
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    long_ago = sa.text("'1970-01-01 00:00:00.000000'")
    op.add_column("tickets", sa.Column("since", MOMENT, nullable=False, server_default=long_ago))
    op.execute("UPDATE tickets SET since = coalesce(resolved_at, opened_at)")
    if not on_sqlite:
        op.alter_column("tickets", "since", server_default=None)
    op.drop_index("ix_tickets_assignee_id", "tickets")
    for name, columns in _QUEUES.items():
        op.create_index(name, "tickets", columns)


def downgrade() -> None:
    """Go back."""
    for name in _QUEUES:
        op.drop_index(name, "tickets")
    op.create_index("ix_tickets_assignee_id", "tickets", ["assignee_id"])
    op.drop_column("tickets", "since")
