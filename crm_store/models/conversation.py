"""Conversations, their messages, and the dialogue state the bot keeps of them."""

from __future__ import annotations

import enum
from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.models.base import Base
from crm_store.models.contact_point import Channel, ContactPoint


class Owner(enum.StrEnum):
    """Who answers. The only truth about it."""

    BOT = "bot"
    AGENT = "agent"


class Conversation(Base):
    """The running thread with one contact point."""

    __tablename__ = "conversations"

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_point_id: Mapped[int] = mapped_column(ForeignKey("contact_points.id"), unique=True)
    owner: Mapped[Owner] = mapped_column(default=Owner.BOT)
    created_at: Mapped[datetime]
    last_message_at: Mapped[datetime]

    contact_point: Mapped[ContactPoint] = relationship(lazy="raise")


class Direction(enum.StrEnum):
    """Towards the shop or away from it."""

    INBOUND = "in"
    OUTBOUND = "out"


class Author(enum.StrEnum):
    """Who said it."""

    CUSTOMER = "customer"
    BOT = "bot"
    AGENT = "agent"
    SYSTEM = "system"


class Message(Base):
    """One thing said. An inbound message without `answered_at` is work to do."""

    __tablename__ = "messages"
    __table_args__ = (
        UniqueConstraint("channel", "provider_id"),
        Index("ix_messages_conversation", "conversation_id", "id"),
        Index(
            "ix_messages_unanswered",
            "id",
            sqlite_where=text("direction = 'in' AND answered_at IS NULL"),
            postgresql_where=text("direction = 'in' AND answered_at IS NULL"),
        ),
        Index(
            "ix_messages_waiting",
            "conversation_id",
            "id",
            sqlite_where=text("direction = 'in' AND answered_at IS NULL"),
            postgresql_where=text("direction = 'in' AND answered_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    channel: Mapped[Channel]
    provider_id: Mapped[str | None] = mapped_column(String(160))
    direction: Mapped[Direction]
    author: Mapped[Author]
    agent_id: Mapped[int | None] = mapped_column(ForeignKey("agents.id"))
    text: Mapped[str] = mapped_column(Text)
    buttons: Mapped[list[Any]] = mapped_column(default=list)
    """`[{"title", "payload"}]`, in order."""
    custom: Mapped[dict[str, Any] | None]
    """A card for doors that can draw one: `{"type": "order", …}`."""
    intent: Mapped[str | None] = mapped_column(String(64))
    confidence: Mapped[float | None]
    in_reply_to: Mapped[int | None] = mapped_column(ForeignKey("messages.id"), index=True)
    """The inbound message whose turn said this."""
    created_at: Mapped[datetime]
    answered_at: Mapped[datetime | None]
    """Inbound only: when its turn ended."""
    attempts: Mapped[int] = mapped_column(default=0)
    """Inbound only: how often its turn failed."""


class DialogueState(Base):
    """The recent events of a conversation as Rasa wrote them, capped; the whole history is the messages."""

    __tablename__ = "dialogue_states"

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    events: Mapped[list[Any]] = mapped_column(default=list)
    updated_at: Mapped[datetime]
