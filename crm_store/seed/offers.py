"""Offers, and who was given which."""

from __future__ import annotations

from datetime import timedelta
from functools import partial
from typing import Final

from crm_store import ids
from crm_store.loyalty import CURRENCY
from crm_store.models import Grant, GrantStatus, Offer, OfferKind, Tier
from crm_store.seed.draft import Draft

_TAKEN: Final = frozenset({GrantStatus.APPLIED, GrantStatus.USED})
_DECIDED: Final = _TAKEN | {GrantStatus.DECLINED}
_TIME_TO_DECIDE: Final = timedelta(days=1)


def offers(draft: Draft) -> None:
    """`offers.csv`."""
    for row in draft.read("offers.csv"):
        starts_at = row.ago("valid_from_days_ago")
        draft.add(
            Offer,
            id=draft.offers.new(row, "offer_id"),
            number=row.text("offer_id"),
            title=row.text("title"),
            description=row.optional("description"),
            kind=row.word("kind", OfferKind),
            value=row.natural("value"),
            min_spend_cents=row.natural("min_spend_cents"),
            currency=CURRENCY,
            category_id=row.if_given("category_id", partial(draft.categories.of, row)),
            min_tier=row.if_given("tier", partial(row.word, kind=Tier)),
            starts_at=starts_at,
            ends_at=starts_at + row.span("valid_days"),
            code_prefix=row.text("code_prefix"),
            priority=row.integer("priority"),
        )


def grants(draft: Draft) -> None:
    """`grants.csv`; one that was taken has its code."""
    prefixes = {offer["id"]: offer["code_prefix"] for offer in draft.of(Offer)}
    for row in draft.read("grants.csv"):
        offer_id = draft.offers.of(row, "offer_id")
        status, granted_at = row.word("status", GrantStatus), row.ago("granted_days_ago")
        draft.add(
            Grant,
            offer_id=offer_id,
            customer_id=draft.customers.of(row, "customer_id"),
            reason=row.optional("reason"),
            status=status,
            code=ids.voucher_code(prefixes[offer_id]) if status in _TAKEN else None,
            granted_at=granted_at,
            decided_at=min(granted_at + _TIME_TO_DECIDE, draft.now) if status in _DECIDED else None,
        )
