"""What a line is worth when some of it comes back. Pure arithmetic in minor units, never a float.

What the order's discount took off and the lines' own discounts do not show is shared out over the lines in
proportion to what they cost, and each line over its pieces: all the parts together are the whole to the cent.
"""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import Final

from crm_store.models import Order, RefundMethod

BONUS_PERCENT: Final = 10
"""What store credit is worth more."""


def paid_for_lines(order: Order) -> dict[int, int]:
    """By the line's key: what was paid for it after its share of the order's discount."""
    goods = {item.id: max(item.paid_cents, 0) for item in order.items}
    whole = sum(goods.values())
    paid = max(order.total_cents - order.shipping_cents, 0)
    discount = max(whole - paid, 0)
    # Cumulative rounding: the shares add up to the discount exactly.
    marks = [0, *(discount * sum_ // whole if whole else 0 for sum_ in accumulate(goods.values()))]
    shares = [after - before for before, after in pairwise(marks)]
    return {key: cost - share for (key, cost), share in zip(goods.items(), shares, strict=True)}


def pieces(paid: int, of: int, *, gone: int, more: int) -> int:
    """What `more` of the `of` pieces of a line are worth, after `gone` of them came back before."""
    return paid * (gone + more) // of - paid * gone // of


def with_bonus(cents: int) -> int:
    """What so much money is as store credit."""
    return cents + bonus(cents)


def bonus(cents: int) -> int:
    """What store credit adds to so much money."""
    return cents * BONUS_PERCENT // 100


def without_bonus(cents: int, method: RefundMethod) -> int:
    """The money behind a refund: the reverse of `with_bonus` for store credit."""
    if method is not RefundMethod.STORE_CREDIT:
        return cents
    return -(-cents * 100 // (100 + BONUS_PERCENT))
