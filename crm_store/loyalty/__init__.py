"""Lark Club: membership, the ledger of points, tiers, and vouchers for points."""

from crm_store.loyalty.accounts import current_tier, enrol, get_account, recompute_tier
from crm_store.loyalty.expiry import expire, expire_all
from crm_store.loyalty.ledger import add, earn_for_order, earn_key, earned_for
from crm_store.loyalty.redeeming import redeem
from crm_store.loyalty.reversing import OrderPoints, give_back, points_of_order, reverse_for_lines
from crm_store.loyalty.rules import (
    CENTS_PER_STEP,
    CURRENCY,
    EXPIRY,
    MULTIPLIERS,
    POINTS_PER_EUR,
    REDEEM_STEP,
    REFERRAL_POINTS,
    REVIEW_POINTS,
    TIERS,
    active_from,
    earning_cents,
    next_tier,
    points_for,
    reaches,
    tier_for,
)
from crm_store.loyalty.statement import Statement, history, statement

__all__ = [
    "CENTS_PER_STEP",
    "CURRENCY",
    "EXPIRY",
    "MULTIPLIERS",
    "POINTS_PER_EUR",
    "REDEEM_STEP",
    "REFERRAL_POINTS",
    "REVIEW_POINTS",
    "TIERS",
    "OrderPoints",
    "Statement",
    "active_from",
    "add",
    "current_tier",
    "earn_for_order",
    "earn_key",
    "earned_for",
    "earning_cents",
    "enrol",
    "expire",
    "expire_all",
    "get_account",
    "give_back",
    "history",
    "next_tier",
    "points_for",
    "points_of_order",
    "reaches",
    "recompute_tier",
    "redeem",
    "reverse_for_lines",
    "statement",
    "tier_for",
]
