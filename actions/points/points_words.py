"""What is said about points: lines of the balance, of the history and of the tiers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from actions.language.phrases import counted, day
from crm_store import clock, loyalty
from crm_store.loyalty import Statement
from crm_store.models import PointsEntry, PointsKind, Tier
from crm_store.money import format_money

_WHY = {
    PointsKind.EARN: "Order",
    PointsKind.SIGNUP: "Welcome points",
    PointsKind.REVIEW: "Review",
    PointsKind.REFERRAL: "Friend invited",
    PointsKind.GOODWILL: "A thank-you from us",
    PointsKind.REDEEM: "Turned into a voucher",
    PointsKind.EXPIRE: "Expired",
    PointsKind.REVERSE: "Taken back for a return",
}
"""What a line of the ledger is called when it says nothing itself."""


def points(number: int) -> str:
    """`1,250 points`."""
    return counted(number, "point", "points") if abs(number) < 1000 else f"{number:,} points"


def voucher_value(number: int) -> str:
    """What so many points buy, the rest below a whole step left aside: `€15.00`."""
    steps = number // loyalty.REDEEM_STEP
    return format_money(steps * loyalty.CENTS_PER_STEP, loyalty.CURRENCY)


def balance_lines(statement: Statement) -> str:
    """What comes, what goes and where the tier stands, one line each."""
    lines = [*_pending(statement), *_expiring(statement), _tier(statement)]
    return "\n".join(f"- {line}" for line in lines)


def _pending(statement: Statement) -> list[str]:
    if not statement.pending:
        return []
    when = statement.pending_available_at
    first = f"; the next of them can be used from {day(when)}" if when else ""
    return [f"{points(statement.pending)} more pending until return windows close{first}."]


def _expiring(statement: Statement) -> list[str]:
    if statement.next_expiry is None:
        return []
    number, when = statement.next_expiry
    return [f"{points(number)} will expire on {day(when)} unless you use them before."]


def _tier(statement: Statement) -> str:
    return f"Your tier is {tier_name(statement.tier)}{way_to_next(statement)}."


def tier_name(tier: Tier) -> str:
    """`Wren`."""
    return tier.value.capitalize()


def way_to_next(statement: Statement) -> str:
    """`; 120 points more and you're a Swift`, or that there is nothing above."""
    if statement.next_tier is None or statement.points_to_next is None:
        return ", the highest there is"
    return f"; {points(statement.points_to_next)} more and you're a {tier_name(statement.next_tier)}"


def tier_lines() -> str:
    """Every tier: from how many points, and what a euro earns there."""
    return "\n".join(f"- {tier_name(tier)}: {_from(tier)}, {_rate(tier)}" for tier in loyalty.TIERS)


def _from(tier: Tier) -> str:
    return f"from {points(loyalty.TIERS[tier])}"


def _rate(tier: Tier) -> str:
    rate = float(loyalty.MULTIPLIERS[tier])
    return f"{rate:g} point{'s' if rate != 1 else ''} per euro"


def history_lines(entries: Sequence[PointsEntry]) -> str:
    """The lines of the ledger as given, each with day, number and reason."""
    return "\n".join(f"- {_entry(entry)}" for entry in entries)


def _entry(entry: PointsEntry) -> str:
    pending = entry.points > 0 and entry.available_at > clock.now()
    waits = f" (usable from {day(entry.available_at)})" if pending else ""
    return f"{day(entry.created_at)}: {entry.points:+,} · {entry.note or _WHY[entry.kind]}{waits}"


def card(statement: Statement) -> dict[str, Any]:
    """The card of the balance. Moments are ISO 8601 in UTC."""
    expiry, pending_at = statement.next_expiry, statement.pending_available_at
    return {
        "type": "points",
        "balance": statement.balance,
        "pending": statement.pending,
        "pending_available_at": pending_at.isoformat() if pending_at else None,
        "expiring": expiry[0] if expiry else 0,
        "expires_at": expiry[1].isoformat() if expiry else None,
        "tier": statement.tier.value,
        "points_12_months": statement.points_12_months,
        "next_tier": statement.next_tier.value if statement.next_tier else None,
        "points_to_next": statement.points_to_next,
    }
