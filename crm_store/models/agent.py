"""Agents: the humans who answer tickets."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import Index, String, func
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.models.base import Base


class Role(enum.StrEnum):
    """What an agent may do."""

    AGENT = "agent"
    SUPERVISOR = "supervisor"
    ADMIN = "admin"


class Agent(Base):
    """A human who answers tickets."""

    __tablename__ = "agents"

    id: Mapped[int] = mapped_column(primary_key=True)
    email: Mapped[str] = mapped_column(String(320))
    name: Mapped[str] = mapped_column(String(200))
    role: Mapped[Role] = mapped_column(default=Role.AGENT)
    password_hash: Mapped[str] = mapped_column(String(255))
    """Argon2id."""
    created_at: Mapped[datetime]
    disabled_at: Mapped[datetime | None]


Index("uq_agents_email_lower", func.lower(Agent.email), unique=True)
