"""The customer beside a ticket: only what was proven is shown, and nothing of anybody beside a stranger's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.ext.asyncio import AsyncSession

from actions.orders.order_lists import short_status
from actions.points.points_words import tier_name
from channels.desk import words
from crm_store import clock, consents, customers, loyalty, offers, orders, returns, tickets
from crm_store.delivery import DeliveryState, describe
from crm_store.errors import NotFound
from crm_store.loyalty import Statement
from crm_store.models import ContactPoint, Customer, Grant, Level, Order, Return, Ticket

_ORDERS = 4
_RETURNS = 3
_OFFERS = 3


@dataclass(frozen=True)
class OrderView:
    """An order with where it is now."""

    order: Order
    state: DeliveryState
    status: str

    @property
    def is_bad(self) -> bool:
        """Whether somebody should look at it."""
        return self.state.is_late or self.state.status in ("lost", "payment_failed")


@dataclass(frozen=True)
class Person:
    """All the desk shows of a customer who proved to be one."""

    customer: Customer
    consents: Mapping[str, bool]
    orders: Sequence[OrderView]
    returns: Sequence[Return]
    points: Statement | None
    tier: str
    offers: Sequence[Grant]
    past: Sequence[Ticket]


@dataclass(frozen=True)
class CustomerView:
    """Who writes, and how sure that is."""

    level: Level
    door: str
    verified_at: datetime | None
    person: Person | None
    claims: Customer | None
    """Whom they say they are, without proof."""
    has_left: bool
    """The ticket is a customer's, but nobody is signed in at that door any more."""
    order: Order | None
    """What the ticket is about."""


def customer_of(ticket: Ticket, point: ContactPoint) -> int | None:
    """Whose ticket it is: whoever proved to be somebody when it opened, or has done so since."""
    proven = point.customer_id if point.level is Level.VERIFIED else None
    return ticket.customer_id or proven


async def look_at(session: AsyncSession, *, ticket: Ticket, point: ContactPoint) -> CustomerView:
    """The customer of the ticket as they are now; `point` is the door they write at."""
    proven = point.customer_id if point.level is Level.VERIFIED else None
    customer_id = customer_of(ticket, point)
    person = await _person(session, customer_id, ticket) if customer_id else None
    claims = point.customer_id if point.level is Level.CLAIMED and not customer_id else None
    order = None
    if customer_id and ticket.order_id:
        order = await _order(session, customer_id, ticket.order_id)
    return CustomerView(
        level=point.level,
        door=words.DOORS[point.channel],
        verified_at=point.verified_at,
        person=person,
        claims=await customers.get(session, customer_id=claims) if claims else None,
        has_left=customer_id is not None and customer_id != proven,
        order=order,
    )


async def _order(session: AsyncSession, customer_id: int, order_id: int) -> Order | None:
    try:
        return await orders.get_by_id(session, customer_id=customer_id, order_id=order_id)
    except NotFound:
        return None


async def _person(session: AsyncSession, customer_id: int, ticket: Ticket) -> Person:
    customer = await customers.get(session, customer_id=customer_id)
    allowed = await consents.current(session, customer_id=customer_id)
    newest = await orders.list_orders(session, customer_id=customer_id, limit=_ORDERS)
    points = await _points(session, customer_id)
    return Person(
        customer=customer,
        consents={words.CONSENTS[purpose]: granted for purpose, granted in allowed.items()},
        orders=[_order_view(order) for order in newest],
        returns=await returns.list_returns(session, customer_id=customer_id, limit=_RETURNS),
        points=points,
        tier=tier_name(points.tier) if points else "",
        offers=(await offers.list_for(session, customer_id=customer_id))[:_OFFERS],
        past=await tickets.tickets_of(session, customer_id=customer_id, but=ticket.id),
    )


async def _points(session: AsyncSession, customer_id: int) -> Statement | None:
    try:
        return await loyalty.statement(session, customer_id=customer_id)
    except NotFound:
        return None


def _order_view(order: Order) -> OrderView:
    state = describe(order, clock.now())
    return OrderView(order, state, short_status(state))
