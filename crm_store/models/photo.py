"""Photos that customers send along."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.models.base import Base


class Photo(Base):
    """One picture, as we drew it anew: never the bytes somebody sent."""

    __tablename__ = "photos"

    id: Mapped[int] = mapped_column(primary_key=True)
    key: Mapped[str] = mapped_column(String(64), unique=True)
    """What addresses name it by: random, so that nobody can count to the next one."""
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"), index=True)
    media_type: Mapped[str] = mapped_column(String(64))
    width: Mapped[int]
    height: Mapped[int]
    """Pixels."""
    size: Mapped[int]
    """Bytes of the content."""
    content: Mapped[bytes] = mapped_column(LargeBinary, deferred=True)
    created_at: Mapped[datetime]
