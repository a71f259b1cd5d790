"""One-time codes: six digits that prove an e-mail address."""

from __future__ import annotations

import enum
from datetime import datetime

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from crm_store.models.base import Base


class CodePurpose(enum.StrEnum):
    """What a code proves. A code for one is none for the other."""

    SIGN_IN = "sign_in"
    """Who writes."""
    NEW_EMAIL = "new_email"
    """That a proven customer can read the new address they gave."""


class OneTimeCode(Base):
    """One code asked for by one contact point.

    Only a keyed hash is stored. A code for an address nobody has (`customer_id` empty) is kept as well, so
    that asking tells nothing about who is a customer, and it never fits.
    """

    __tablename__ = "one_time_codes"

    id: Mapped[int] = mapped_column(primary_key=True)
    contact_point_id: Mapped[int] = mapped_column(ForeignKey("contact_points.id"), index=True)
    customer_id: Mapped[int | None] = mapped_column(ForeignKey("customers.id"))
    email: Mapped[str] = mapped_column(String(320), index=True)
    purpose: Mapped[CodePurpose] = mapped_column(default=CodePurpose.SIGN_IN)
    code_hash: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(default=0)
    used_at: Mapped[datetime | None]
