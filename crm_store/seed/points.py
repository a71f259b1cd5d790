"""Lark Club: everybody's membership, and the ledger that follows from what they did."""

from __future__ import annotations

from typing import Final

from crm_store.loyalty import CENTS_PER_STEP, REDEEM_STEP
from crm_store.models import Customer, LoyaltyAccount, PointsEntry, PointsKind, VoucherSource
from crm_store.seed.deeds import deeds
from crm_store.seed.draft import Draft
from crm_store.seed.ledger import Ledger
from crm_store.seed.vouchers import add_voucher

_COLUMNS: Final = [column.key for column in PointsEntry.__table__.columns]


def points(draft: Draft) -> None:
    """`points_entries.csv`, the points of the orders, what expired of them, and everybody's membership."""
    done = deeds(draft)
    last_id = 0
    for customer in draft.of(Customer):
        ledger = Ledger(customer["id"])
        for at, deed in done.get(customer["id"], []):
            ledger.write(at, deed)
        ledger.close(draft.now, last_id)
        last_id += len(ledger.lines)
        for line in ledger.lines:
            _add(draft, line)
        draft.add(
            LoyaltyAccount,
            customer_id=customer["id"],
            tier=ledger.tier(draft.now),
            enrolled_at=customer["joined_at"],
        )


def _add(draft: Draft, line: PointsEntry) -> None:
    draft.add(PointsEntry, **{column: getattr(line, column) for column in _COLUMNS})
    if line.kind is PointsKind.REDEEM:
        add_voucher(
            draft,
            customer_id=line.customer_id,
            source=VoucherSource.POINTS,
            cents=-line.points // REDEEM_STEP * CENTS_PER_STEP,
            spent=True,
            key=f"points:{line.key}",
            created_at=line.created_at,
        )
