"""The rules of Lark Club, as numbers and pure functions."""

from __future__ import annotations

from datetime import datetime, timedelta
from fractions import Fraction
from typing import Final

from crm_store.models import Order, PointsKind, Tier

CURRENCY: Final = "EUR"
"""What points are worth."""
POINTS_PER_EUR: Final = 1
TIERS: Final = {Tier.FLEDGLING: 0, Tier.WREN: 300, Tier.SWIFT: 800, Tier.FALCON: 2000}
"""The points of twelve months that each tier begins at, lowest first."""
MULTIPLIERS: Final = {
    Tier.FLEDGLING: Fraction(1),
    Tier.WREN: Fraction(5, 4),
    Tier.SWIFT: Fraction(3, 2),
    Tier.FALCON: Fraction(2),
}
REDEEM_STEP: Final = 100
CENTS_PER_STEP: Final = 500
REVIEW_POINTS: Final = 50
REFERRAL_POINTS: Final = 200
YEAR: Final = timedelta(days=365)
EXPIRY: Final = YEAR
"""From the day points become active."""
PENDING_AFTER_DELIVERY: Final = timedelta(days=30)
PENDING_WITHOUT_DELIVERY: Final = timedelta(days=45)
"""From the day the order was placed, when no delivery is known yet."""
VOUCHER_LIFE: Final = YEAR

EARNING: Final = frozenset({PointsKind.EARN, PointsKind.SIGNUP, PointsKind.REVIEW, PointsKind.REFERRAL})
"""What counts towards a tier; `REVERSE` takes away from it."""
GIVING: Final = EARNING | {PointsKind.GOODWILL}
"""The kinds of line that bring points."""


def tier_for(points_12_months: int) -> Tier:
    """The tier that so many points of twelve months make."""
    return max(
        (tier for tier in TIERS if TIERS[tier] <= max(points_12_months, 0)), key=lambda tier: TIERS[tier]
    )


def next_tier(tier: Tier) -> Tier | None:
    """The tier above; None above the highest."""
    return min(
        (higher for higher in TIERS if TIERS[higher] > TIERS[tier]), key=lambda up: TIERS[up], default=None
    )


def reaches(tier: Tier, wanted: Tier | None) -> bool:
    """Whether `tier` is at least `wanted`."""
    return wanted is None or TIERS[tier] >= TIERS[wanted]


def earning_cents(order: Order) -> int:
    """What of an order earns points: the goods as paid, without delivery, in minor units."""
    return max(order.total_cents - order.shipping_cents, 0)


def points_for(cents: int, tier: Tier) -> int:
    """The points that so many minor units earn in that tier; what is left of a point falls away."""
    return int(Fraction(cents, 100) * POINTS_PER_EUR * MULTIPLIERS[tier])


def active_from(placed_at: datetime, delivered_at: datetime | None) -> datetime:
    """When an order's points become active."""
    if delivered_at is None:
        return placed_at + PENDING_WITHOUT_DELIVERY
    return delivered_at + PENDING_AFTER_DELIVERY
