"""Erasures: whose data is to go, when, and who must not come back by a re-import."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, text
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.models.base import Base


class Erasure(Base):
    """A customer's wish to be erased. At most one of a customer waits."""

    __tablename__ = "erasures"
    __table_args__ = (
        Index(
            "uq_erasures_waiting",
            "customer_id",
            unique=True,
            sqlite_where=text("done_at IS NULL AND taken_back_at IS NULL"),
            postgresql_where=text("done_at IS NULL AND taken_back_at IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    customer_id: Mapped[int] = mapped_column(ForeignKey("customers.id"), index=True)
    requested_at: Mapped[datetime]
    due_at: Mapped[datetime] = mapped_column(index=True)
    """When it is looked at next; later than promised while something of theirs is still open."""
    taken_back_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    farewell_id: Mapped[int | None] = mapped_column(ForeignKey("outbox.id"))
    """The mail that says it is done, while its address is still needed to send it."""


class ErasedNumber(Base):
    """A keyed hash of an erased customer's number: a purchase history must not bring them back."""

    __tablename__ = "erased_numbers"

    hash: Mapped[str] = mapped_column(String(64), primary_key=True)
    at: Mapped[datetime]


class StoreKey(Base):
    """A random key that belongs to this database, by name."""

    __tablename__ = "store_keys"

    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary)
