"""Making a claim and settling it: everything is checked again while nobody else can change the order."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Final

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_committed_value

from crm_store import audit, clock, ids, loyalty, orders, refunds
from crm_store.claims.deciding import Decision, decide, wanted_pieces
from crm_store.claims.reading import claims_of, get_claim
from crm_store.claims.resending import resend
from crm_store.claims.standing import ClaimLine, claim_standings
from crm_store.errors import Conflict, NotAllowed
from crm_store.models import Claim, ClaimItem, ClaimKind, Customer, Order, Refund, Remedy
from crm_store.rows import take_by_key
from crm_store.texts import storable

NUMBER_PREFIX: Final = "CL-"
NUMBER_BASE: Final = 9000


@dataclass(frozen=True, kw_only=True)
class Report:
    """What the customer tells."""

    number: str
    """Of the order."""
    kind: ClaimKind
    lines: Sequence[ClaimLine]
    words: str = ""
    photos: Sequence[str] = field(default_factory=tuple)


async def settle(
    session: AsyncSession,
    *,
    customer_id: int,
    report: Report,
    remedy: Remedy,
    limit_cents: int,
    key: str,
    ticket_id: int | None = None,
) -> Claim:
    """Write the claim and do what `remedy` says; the same key gives the same claim again.

    A resend makes an order that costs nothing; a refund promises the money and takes its points back; a
    ticket (`ticket_id`) leaves it to humans. Refuses as `decide` does; `NotAllowed` with reason `remedy`
    when the remedy may not be given at once (any more), and `OutOfStock`. `Conflict` when the key was used
    for another order. What is refused leaves no trace.
    """
    # The customer first: their next claim waits until this one counts.
    await take_by_key(session, Customer, customer_id)
    order = await orders.take_order(session, customer_id=customer_id, number=report.number)
    if known := await _known(session, order, key):
        return known
    [standing] = await claim_standings(session, orders=[order])
    wanted = wanted_pieces(standing, report.lines)
    decision = await decide(
        session,
        customer_id=customer_id,
        number=order.number,
        kind=report.kind,
        lines=report.lines,
        limit_cents=limit_cents,
    )
    if remedy is not Remedy.TICKET and remedy not in decision.remedies:
        raise NotAllowed("remedy", "This may not be done at once.")
    made = await _write(session, order, report, wanted, remedy=remedy, key=key, ticket_id=ticket_id)
    if remedy is Remedy.RESEND:
        sent = await resend(session, order=order, wanted=wanted, claim_number=made.number)
        made.replacement_id = sent.id
    elif remedy is Remedy.REFUND:
        made.refund_id = (await _pay_back(session, order, made, decision)).id
    await session.flush()
    await audit.write(
        session,
        actor=f"customer:{customer_id}",
        action="claim_made",
        subject=f"claim:{made.number}",
        data={"order": order.number, "kind": report.kind.value, "remedy": remedy.value},
    )
    session.expire(made, ["refund", "replacement", "ticket", "items", "order"])
    return await get_claim(session, customer_id=customer_id, number=made.number)


def points_key(claim_id: int) -> str:
    """The idempotency key of the points that a claim's refund takes back."""
    return f"reverse:claim:{claim_id}"


async def _known(session: AsyncSession, order: Order, key: str) -> Claim | None:
    other = await session.scalar(select(Claim.order_id).where(Claim.key == key))
    if other is not None and other != order.id:
        raise Conflict("This key was used for a claim about another order.")
    return await session.scalar(claims_of(order.customer_id).where(Claim.key == key)) if other else None


async def _write(
    session: AsyncSession,
    order: Order,
    report: Report,
    wanted: Counter[int],
    *,
    remedy: Remedy,
    key: str,
    ticket_id: int | None,
) -> Claim:
    row_id, number = await ids.next_number(session, Claim, prefix=NUMBER_PREFIX, base=NUMBER_BASE)
    made = Claim(
        id=row_id,
        number=number,
        order_id=order.id,
        customer_id=order.customer_id,
        kind=report.kind,
        remedy=remedy,
        words=storable(report.words),
        photos=[storable(photo) for photo in report.photos],
        ticket_id=ticket_id,
        key=key,
        created_at=clock.now(),
    )
    items = [ClaimItem(claim_id=row_id, order_item_id=item, quantity=count) for item, count in wanted.items()]
    session.add(made)
    await session.flush()
    session.add_all(items)
    await session.flush()
    set_committed_value(made, "items", items)
    return made


async def _pay_back(session: AsyncSession, order: Order, made: Claim, decision: Decision) -> Refund:
    if decision.points_back:
        await loyalty.reverse_for_lines(
            session,
            order=order,
            points=decision.points_back,
            key=points_key(made.id),
            note=f"Claim {made.number} of order {order.number}",
        )
    return await refunds.create(
        session,
        order=order,
        cents=decision.refund_cents,
        method=refunds.way_back(order),
        key=f"claim:{made.id}",
    )
