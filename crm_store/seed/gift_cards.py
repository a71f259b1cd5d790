"""Gift cards that were bought before the shop was filled in."""

from __future__ import annotations

from crm_store.gift_cards import clean_code, code_hash
from crm_store.models import GiftCard
from crm_store.seed.draft import Draft, Names


def gift_cards(draft: Draft) -> None:
    """`gift_cards.csv`; of the code only its hash and its end are kept."""
    codes = Names("gift_cards.csv")
    for row in draft.read("gift_cards.csv"):
        code = clean_code(row.text("code"))
        draft.add(
            GiftCard,
            id=codes.new(row, "code", code),
            code_hash=code_hash(code),
            last_four=code[-4:],
            balance_cents=row.natural("balance_cents"),
            currency=row.text("currency"),
            expires_at=row.if_given("expires_days_from_now", row.ahead),
            created_at=row.ago("bought_days_ago"),
        )
