"""What a return would give, before anybody decides."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import loyalty, orders, refunds
from crm_store.errors import NotAllowed, NotFound
from crm_store.loyalty import OrderPoints
from crm_store.models import Order, PaymentStatus, Resolution, ReturnReason
from crm_store.returns.amounts import bonus, paid_for_lines, pieces, without_bonus
from crm_store.returns.eligibility import line_eligibility
from crm_store.returns.standing import Standing, standings

_NOT_PAID = frozenset({PaymentStatus.PENDING, PaymentStatus.FAILED})


@dataclass(frozen=True, slots=True)
class ReturnLine:
    """So many of a line of the order, and why."""

    line_no: int
    quantity: int
    reason: ReturnReason


@dataclass(frozen=True, slots=True)
class Quote:
    """What a return gives: `amount_cents` without the bonus of store credit, and the points it takes back."""

    amount_cents: int
    currency: str
    bonus_cents: int
    points_back: int

    @property
    def total_cents(self) -> int:
        """What the customer gets, bonus included."""
        return self.amount_cents + self.bonus_cents

    def as_store_credit(self) -> Quote:
        """The same goods for store credit, which is worth more."""
        return replace(self, bonus_cents=bonus(self.amount_cents))


async def quote(
    session: AsyncSession,
    *,
    customer_id: int,
    number: str,
    lines: Sequence[ReturnLine],
    resolution: Resolution,
) -> Quote:
    """What returning these lines would give; an exchange gives no money and takes no points.

    `NotFound` for an order or line that is not there; `NotAllowed` with reason `nothing`, `quantity`,
    `not_paid`, or the refusal of a line.
    """
    order = await orders.get_order(session, customer_id=customer_id, number=number)
    [standing] = await standings(session, orders=[order])
    return await price(session, standing=standing, lines=lines, resolution=resolution)


async def price(
    session: AsyncSession, *, standing: Standing, lines: Sequence[ReturnLine], resolution: Resolution
) -> Quote:
    """As `quote`, for an order of which is known what came back."""
    order = standing.order
    wanted = _wanted(order, lines, standing.back)
    if resolution is Resolution.EXCHANGE:
        return Quote(0, order.currency, 0, 0)
    if order.payment_status in _NOT_PAID:
        raise NotAllowed("not_paid", "This order has not been paid, so there is nothing to refund.")
    amount = min(worth(order, wanted, standing.back), await most(session, order))
    points = await loyalty.points_of_order(session, order=order)
    offered = Quote(amount, order.currency, 0, points.takeable(points_share(standing, wanted, points)))
    return offered.as_store_credit() if resolution is Resolution.STORE_CREDIT else offered


def _wanted(order: Order, lines: Sequence[ReturnLine], back: Counter[int]) -> Counter[int]:
    """By the line's key: how many come back; refuses what may not."""
    wanted: Counter[int] = Counter()
    items = {item.line_no: item for item in order.items}
    for line in lines:
        item = items.get(line.line_no)
        if item is None:
            raise NotFound(f"Order {order.number} has no line {line.line_no}.")
        verdict = line_eligibility(order, item, back, line.reason)
        if verdict.refusal:
            raise NotAllowed(verdict.refusal, f"{item.title} cannot be returned: {verdict.refusal}.")
        wanted[item.id] += line.quantity
        if line.quantity < 1 or wanted[item.id] > verdict.quantity:
            raise NotAllowed("quantity", f"At most {verdict.quantity} of {item.title} can be returned.")
    if not wanted:
        raise NotAllowed("nothing", "Nothing was chosen to be returned.")
    return wanted


def worth(order: Order, wanted: Counter[int], back: Counter[int]) -> int:
    """What was paid for these pieces, by the line's key, in minor units; `back` came back before."""
    paid = paid_for_lines(order)
    items = {item.id: item for item in order.items}
    return sum(
        pieces(paid[key], items[key].quantity, gone=back[key], more=more) for key, more in wanted.items()
    )


async def most(session: AsyncSession, order: Order) -> int:
    """Never more than was paid: what other returns left of the goods, and other refunds of the whole."""
    made = [
        (refund.return_id, without_bonus(refund.amount_cents, refund.method))
        for refund in await refunds.of_order(session, order_id=order.id)
    ]
    of_goods = sum(paid_for_lines(order).values()) - sum(cents for key, cents in made if key is not None)
    of_all = order.total_cents - sum(cents for _, cents in made)
    return max(min(of_goods, of_all), 0)


def points_share(standing: Standing, wanted: Counter[int], points: OrderPoints) -> int:
    """The points to take back: their share of what the order earned, exact when everything has come back."""
    paid = paid_for_lines(standing.order)
    after = standing.back_for_money + wanted
    items = {item.id: item for item in standing.order.items}
    worth = sum(pieces(paid[key], items[key].quantity, gone=0, more=more) for key, more in after.items())
    whole = sum(paid.values())
    return max(points.earned * worth // whole - points.taken, 0) if whole else 0
