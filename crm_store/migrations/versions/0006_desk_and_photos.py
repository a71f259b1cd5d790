"""Photos, who is typing, and agents' sessions."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from crm_store.migrations.columns import ID, MOMENT, WORD

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Go forward."""
    op.create_table(
        "photos",
        sa.Column("id", ID, nullable=False),
        sa.Column("key", sa.String(64), nullable=False),
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("media_type", sa.String(64), nullable=False),
        sa.Column("width", ID, nullable=False),
        sa.Column("height", ID, nullable=False),
        sa.Column("size", ID, nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"], ["conversations.id"], name=op.f("fk_photos_conversation_id_conversations")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_photos")),
        sa.UniqueConstraint("key", name=op.f("uq_photos_key")),
    )
    op.create_index("ix_photos_conversation_id", "photos", ["conversation_id"])
    op.create_table(
        "typing_marks",
        sa.Column("conversation_id", ID, nullable=False),
        sa.Column("author", WORD, nullable=False),
        sa.Column("name", sa.String(200), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(
            ["conversation_id"],
            ["conversations.id"],
            name=op.f("fk_typing_marks_conversation_id_conversations"),
        ),
        sa.PrimaryKeyConstraint("conversation_id", "author", name=op.f("pk_typing_marks")),
    )
    op.create_table(
        "agent_sessions",
        sa.Column("id", ID, nullable=False),
        sa.Column("token_hash", sa.String(64), nullable=False),
        sa.Column("agent_id", ID, nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("last_seen_at", MOMENT, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["agent_id"], ["agents.id"], name=op.f("fk_agent_sessions_agent_id_agents")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agent_sessions")),
        sa.UniqueConstraint("token_hash", name=op.f("uq_agent_sessions_token_hash")),
    )
    op.create_index("ix_agent_sessions_agent_id", "agent_sessions", ["agent_id"])


def downgrade() -> None:
    """Go back."""
    op.drop_table("agent_sessions")
    op.drop_table("typing_marks")
    op.drop_table("photos")
