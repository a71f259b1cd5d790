"""Customers and what they allowed."""

from __future__ import annotations

from typing import Final

from crm_store.models import Consent, Customer, Purpose
from crm_store.seed.draft import Draft, Names
from crm_store.seed.reader import Row

_WORDINGS: Final = {
    Purpose.MARKETING_EMAIL: "Send me news and offers by e-mail.",
    Purpose.MARKETING_SMS: "Send me news and offers by text message.",
}


def customers(draft: Draft) -> None:
    """`customers.csv`, with a consent for every box that was ticked on joining."""
    emails = Names("customers.csv")
    for row in draft.read("customers.csv"):
        emails.new(row, "email", row.text("email").lower())
        customer_id = draft.customers.new(row, "customer_id")
        draft.add(
            Customer,
            id=customer_id,
            number=row.text("customer_id"),
            name=row.text("name"),
            email=row.text("email"),
            phone=row.optional("phone") or None,
            language=row.text("language"),
            address_line=row.optional("address_line"),
            postcode=row.optional("postcode"),
            city=row.optional("city"),
            country=row.optional("country"),
            birthday=row.optional("birthday_md") or None,
            joined_at=row.ago("joined_days_ago"),
        )
        _consents(draft, row, customer_id)


def _consents(draft: Draft, row: Row, customer_id: int) -> None:
    for purpose, wording in _WORDINGS.items():
        if row.flag(purpose.value):
            draft.add(
                Consent,
                customer_id=customer_id,
                purpose=purpose,
                granted=True,
                wording=wording,
                source="sign_up",
                at=row.ago("joined_days_ago"),
            )
