"""Who is typing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.models.base import Base
from crm_store.models.conversation import Author


class TypingMark(Base):
    """Somebody on one side of a conversation types, until a moment soon to come."""

    __tablename__ = "typing_marks"

    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), primary_key=True)
    author: Mapped[Author] = mapped_column(primary_key=True)
    """The side: the customer or an agent."""
    name: Mapped[str] = mapped_column(String(200), default="")
    """The agent's name."""
    until: Mapped[datetime]
