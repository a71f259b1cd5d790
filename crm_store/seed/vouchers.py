"""Vouchers that came of points and store credit before the shop was filled in."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from crm_store import ids
from crm_store.loyalty import CURRENCY
from crm_store.loyalty.rules import VOUCHER_LIFE
from crm_store.models import Voucher, VoucherSource
from crm_store.seed.draft import Draft

_PREFIXES: Final = {VoucherSource.POINTS: "LARK", VoucherSource.STORE_CREDIT: "CREDIT"}


def add_voucher(
    draft: Draft,
    *,
    customer_id: int,
    source: VoucherSource,
    cents: int,
    spent: bool,
    key: str,
    created_at: datetime,
) -> None:
    """A voucher to insert, with a new code, whole or spent; one for points lives as long as any."""
    for_points = source is VoucherSource.POINTS
    draft.add(
        Voucher,
        code=ids.voucher_code(_PREFIXES[source]),
        customer_id=customer_id,
        source=source,
        value_cents=cents,
        remaining_cents=0 if spent else cents,
        currency=CURRENCY,
        key=key,
        created_at=created_at,
        expires_at=created_at + VOUCHER_LIFE if for_points else None,
    )
