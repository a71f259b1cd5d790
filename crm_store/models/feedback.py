"""What customers think: of a matter that was settled, and of what they bought."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from crm_store.models.base import Base
from crm_store.models.product import Product


class Rating(Base):
    """A rating of the service. One that was asked for and not given has `asked_at` and no `at`."""

    __tablename__ = "ratings"
    __table_args__ = (
        CheckConstraint("stars IS NULL OR (stars >= 0 AND stars <= best)", name="within"),
        Index("ix_ratings_conversation", "conversation_id", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"), index=True)
    conversation_id: Mapped[int] = mapped_column(ForeignKey("conversations.id"))
    matter: Mapped[str | None] = mapped_column(String(64), unique=True)
    """What was settled, e.g. `ticket:T-1001`: it is asked about once. Empty: said without being asked."""
    stars: Mapped[int | None]
    best: Mapped[int] = mapped_column(default=5)
    """The most that could be given."""
    words: Mapped[str] = mapped_column(Text, default="")
    asked_at: Mapped[datetime | None]
    at: Mapped[datetime | None]
    """When it was given."""


class ReviewStatus(enum.StrEnum):
    """Whether a review is shown."""

    PUBLISHED = "published"
    HELD = "held"
    """A human reads it first."""
    REFUSED = "refused"


class Review(Base):
    """What a customer says of a product that was delivered to them; one for each product."""

    __tablename__ = "reviews"
    __table_args__ = (
        UniqueConstraint("customer_id", "product_id"),
        CheckConstraint("stars >= 1 AND stars <= 5", name="stars"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"))
    product_id: Mapped[int] = mapped_column(ForeignKey("products.id"), index=True)
    stars: Mapped[int]
    words: Mapped[str] = mapped_column(Text, default="")
    status: Mapped[ReviewStatus] = mapped_column(index=True)
    created_at: Mapped[datetime]
    decided_at: Mapped[datetime | None]
    """When a human decided about a held one."""

    product: Mapped[Product] = relationship(lazy="raise")
