"""What the shop does about a claim without asking a human, and why it would ask one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from typing import Final, Literal

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import catalogue, clock, loyalty, orders
from crm_store.claims.standing import ClaimLine, ClaimStanding, claim_standings
from crm_store.errors import NotAllowed, NotFound
from crm_store.models import Claim, ClaimKind, OrderItem, OrderStatus, PaymentStatus, Remedy, ShipmentStatus
from crm_store.models.product import WEB_LOCATION
from crm_store.returns import window_ends
from crm_store.returns.quote import most, points_share, worth
from crm_store.returns.windows import delivered

REPEATED: Final = 2
"""So many claims before within `REPEATED_WITHIN`, and a human looks at the next."""
REPEATED_WITHIN: Final = timedelta(days=90)
_PAID: Final = frozenset({PaymentStatus.PAID, PaymentStatus.PARTIALLY_REFUNDED})
_SIGNED: Final = re.compile(r"\bsigned\b|\bID shown\b", re.IGNORECASE)

Doubt = Literal["repeated", "signed", "too_late", "too_dear", "not_paid", "nothing_possible"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What may be done at once about a claim; with no remedy, `doubt` says why a human decides."""

    remedies: tuple[Remedy, ...]
    doubt: Doubt | None
    refund_cents: int
    """What a refund gives, in minor units of the order's currency."""
    points_back: int
    """The points that a refund takes back."""


async def decide(
    session: AsyncSession,
    *,
    customer_id: int,
    number: str,
    kind: ClaimKind,
    lines: Sequence[ClaimLine],
    limit_cents: int,
) -> Decision:
    """What may be done at once. `limit_cents`: up to this worth; what the carrier lost is sent again at any.

    `NotFound` for an order or line that is not there or not theirs; `NotAllowed` with reason `nothing` or
    `quantity` for pieces that never left, came back, or were claimed before.
    """
    order = await orders.get_order(session, customer_id=customer_id, number=number)
    [standing] = await claim_standings(session, orders=[order])
    wanted = wanted_pieces(standing, lines)
    cents, points = await _worth(session, standing, wanted, kind)
    doubt = await _doubt(session, standing, wanted, kind)
    if doubt:
        return Decision((), doubt, cents, points)
    cheap = _list_worth(standing, wanted) <= limit_cents and limit_cents > 0
    paid = order.payment_status in _PAID and cents > 0
    lost = kind is ClaimKind.MISSING_PARCEL and _is_lost(standing, wanted)
    remedies = []
    if (cheap or lost) and await _in_stock(session, standing, wanted):
        remedies.append(Remedy.RESEND)
    if cheap and paid:
        remedies.append(Remedy.REFUND)
    none: Doubt = "nothing_possible" if cheap else "too_dear"
    return Decision(tuple(remedies), None if remedies else none, cents, points)


def wanted_pieces(standing: ClaimStanding, lines: Sequence[ClaimLine]) -> Counter[int]:
    """By the line's key, how many are claimed; refuses what cannot be (see `decide`)."""
    items = {item.line_no: item for item in standing.order.items}
    wanted: Counter[int] = Counter()
    for line in lines:
        item = items.get(line.line_no)
        if item is None:
            raise NotFound(f"Order {standing.order.number} has no line {line.line_no}.")
        wanted[item.id] += line.quantity
        if line.quantity < 1 or wanted[item.id] > standing.open_pieces(item):
            raise NotAllowed("quantity", f"There are not so many of {item.title} to claim about.")
    if not wanted:
        raise NotAllowed("nothing", "Nothing was chosen.")
    return wanted


def chosen_items(standing: ClaimStanding, wanted: Counter[int]) -> list[OrderItem]:
    """The lines of the order that are claimed."""
    return [item for item in standing.order.items if wanted[item.id]]


async def _worth(
    session: AsyncSession, standing: ClaimStanding, wanted: Counter[int], kind: ClaimKind
) -> tuple[int, int]:
    """(money, points) of a refund; with all that was sent missing, the delivery is paid back as well."""
    order, returned = standing.order, standing.returned
    goods = min(worth(order, wanted, returned.back), await most(session, order))
    everything = all(wanted[item.id] == item.quantity for item in order.items)
    delivery = order.shipping_cents if kind is ClaimKind.MISSING_PARCEL and everything and goods else 0
    points = await loyalty.points_of_order(session, order=order)
    return goods + delivery, points.takeable(points_share(returned, wanted, points))


def _list_worth(standing: ClaimStanding, wanted: Counter[int]) -> int:
    """What the goods are worth: a gift or a replacement cost nothing, and may be dear all the same."""
    paid = worth(standing.order, wanted, standing.returned.back)
    priced = sum(
        wanted[item.id] * (item.variant.price_cents or item.variant.product.price_cents)
        for item in chosen_items(standing, wanted)
        if item.variant
    )
    return paid or priced


async def _doubt(
    session: AsyncSession, standing: ClaimStanding, wanted: Counter[int], kind: ClaimKind
) -> Doubt | None:
    order = standing.order
    since = clock.now() - REPEATED_WITHIN
    mine = select(func.count()).where(Claim.customer_id == order.customer_id, Claim.created_at > since)
    if (await session.scalar(mine) or 0) >= REPEATED:
        return "repeated"
    if order.payment_status in {PaymentStatus.PENDING, PaymentStatus.FAILED}:
        return "not_paid"
    if kind is ClaimKind.MISSING_PARCEL and _was_signed_for(standing, wanted):
        return "signed"
    arrived = [delivered(order, item)[1] for item in chosen_items(standing, wanted)]
    if any(at is not None and window_ends(at) < clock.now() for at in arrived):
        return "too_late"
    return None


def _was_signed_for(standing: ClaimStanding, wanted: Counter[int]) -> bool:
    """Whether the carrier says that somebody signed: then somebody has to ask the carrier."""
    for parcel in standing.order.shipments:
        about = any(wanted[inside.order_item_id] for inside in parcel.items)
        last = max(parcel.events, key=lambda event: (event.at, event.id), default=None)
        if about and parcel.status is ShipmentStatus.DELIVERED and last and _SIGNED.search(last.description):
            return True
    return False


def _is_lost(standing: ClaimStanding, wanted: Counter[int]) -> bool:
    """Whether the carrier itself says that it lost everything that is claimed."""
    lost: Counter[int] = Counter()
    for parcel in standing.order.shipments:
        if parcel.status is ShipmentStatus.LOST:
            for inside in parcel.items:
                lost[inside.order_item_id] += inside.quantity
    whole = standing.order.status is OrderStatus.LOST and not standing.order.shipments
    return whole or all(lost[key] >= count for key, count in wanted.items())


async def _in_stock(session: AsyncSession, standing: ClaimStanding, wanted: Counter[int]) -> bool:
    needed: Counter[int] = Counter()
    for item in chosen_items(standing, wanted):
        if item.variant_id is None:
            return False
        needed[item.variant_id] += wanted[item.id]
    there = await catalogue.stock_at(session, variant_ids=list(needed), location_slug=WEB_LOCATION)
    return all(there[key] >= count for key, count in needed.items())
