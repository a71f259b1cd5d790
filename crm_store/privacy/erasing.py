"""Erasing a customer: the person goes, what bookkeeping needs stays without them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import ColumnElement, Select, and_, delete, exists, select, update
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import audit, clock, contact_points, conversations, outbox
from crm_store.models import (
    Base,
    ContactPoint,
    Conversation,
    Customer,
    Direction,
    Erasure,
    Level,
    Message,
    OutboxRow,
    OutboxState,
    Owner,
    Review,
    ReviewStatus,
    Ticket,
    TicketStatus,
)
from crm_store.privacy import erased_numbers
from crm_store.privacy.belongings import BELONGINGS, threads
from crm_store.privacy.columns import BLANKED, DELETED
from crm_store.privacy.open_matters import open_matters
from crm_store.rows import hold, take

LOOK_AGAIN: Final = timedelta(days=1)
LONGEST: Final = timedelta(days=30)
"""From the wish: what is open then waits no longer. The law gives a month."""
_APART: Final = {"synchronize_session": False}
_ENDED: Final = (OutboxState.SENT, OutboxState.DELIVERED, OutboxState.FAILED, OutboxState.UNCERTAIN)


@dataclass(frozen=True)
class Gone:
    """What became of a wish that came due: erased, or put off because something is open."""

    erasure_id: int
    erased: bool


async def erase_due(session: AsyncSession, *, subject: str, body: str) -> Gone | None:
    """Take one wish that is due and carry it out, in this unit; None when there is none that is free.

    The last mail, `subject` and `body`, goes to the address that was theirs. Two processes never have the
    same wish; one that is killed leaves everything as it was.
    """
    now = clock.now()
    due = select(Erasure).where(
        Erasure.due_at <= now, Erasure.done_at.is_(None), Erasure.taken_back_at.is_(None)
    )
    free = due.order_by(Erasure.due_at, Erasure.id).limit(1).with_for_update(skip_locked=True)
    wish = await session.scalar(free)
    if wish is None:
        return None
    still_open = await open_matters(session, customer_id=wish.customer_id)
    if still_open.all and now < wish.requested_at + LONGEST:
        wish.due_at = min(now + LOOK_AGAIN, wish.requested_at + LONGEST)
        await session.flush()
        return Gone(wish.id, erased=False)
    wish.farewell_id = await _erase(session, wish.customer_id, subject, body)
    wish.done_at = now
    await session.flush()
    return Gone(wish.id, erased=True)


async def has_farewells(session: AsyncSession) -> bool:
    """Whether an erasure still keeps the address of its last mail."""
    return bool(await session.scalar(select(exists().where(Erasure.farewell_id.is_not(None)))))


async def forget_farewells(session: AsyncSession) -> int:
    """Strike the address out of last mails that have left, or never will; how many."""
    done = (
        select(Erasure)
        .join(OutboxRow, OutboxRow.id == Erasure.farewell_id)
        .where(OutboxRow.state.in_(_ENDED))
        .with_for_update(skip_locked=True, of=Erasure)
    )
    wishes = list(await session.scalars(done))
    for wish in wishes:
        row = update(OutboxRow).where(OutboxRow.id == wish.farewell_id)
        await session.execute(row.values(BLANKED[OutboxRow]), execution_options=_APART)
        wish.farewell_id = None
    await session.flush()
    return len(wishes)


async def _erase(session: AsyncSession, customer_id: int, subject: str, body: str) -> int | None:
    """Empty everything of the customer; the key of the last mail. Doing it again changes nothing."""
    for thread in list(await session.scalars(threads(customer_id, True).order_by(Conversation.id))):
        await conversations.hold(session, conversation_id=thread)
    for point in list(await session.scalars(_points(customer_id).order_by(ContactPoint.id))):
        await hold(session, point)
    customer = await take(session, select(Customer).where(Customer.id == customer_id))
    if customer is None or customer.erased_at is not None:
        return None
    address = customer.email
    await erased_numbers.note(session, number=customer.number)
    await _settle(session, customer_id)
    for model, blank in BLANKED.items():
        theirs = BELONGINGS[model](customer_id, True)
        await session.execute(update(model).where(theirs).values(blank), execution_options=_APART)
    for model in DELETED:
        await session.execute(
            delete(model).where(BELONGINGS[model](customer_id, True)), execution_options=_APART
        )
    await _empty_points(session, customer_id)
    _empty_profile(customer)
    await session.flush()
    who = f"customer:{customer_id}"
    await audit.write(session, actor="system", action="erased", subject=who)
    if not address:
        return None
    mail = await outbox.enqueue_mail(session, to=address, subject=subject, body=body)
    return mail.id


async def _settle(session: AsyncSession, customer_id: int) -> None:
    """Nothing of theirs waits for an answer that nobody could read, and nothing waits to be sent to them."""
    now = clock.now()
    changes: list[tuple[type[Base], ColumnElement[bool], dict[str, Any]]] = [
        (
            Ticket,
            Ticket.status != TicketStatus.RESOLVED,
            {"status": TicketStatus.RESOLVED, "resolved_at": now},
        ),
        (
            Message,
            and_(Message.direction == Direction.INBOUND, Message.answered_at.is_(None)),
            {"answered_at": now},
        ),
        (
            OutboxRow,
            OutboxRow.state.in_((OutboxState.PENDING, OutboxState.SENDING)),
            {"state": OutboxState.FAILED},
        ),
        (Review, Review.status == ReviewStatus.HELD, {"status": ReviewStatus.REFUSED}),
        (Conversation, Conversation.owner == Owner.AGENT, {"owner": Owner.BOT}),
    ]
    for model, waits, settled in changes:
        theirs = BELONGINGS[model](customer_id, True)
        await session.execute(update(model).where(theirs, waits).values(settled), execution_options=_APART)


def _points(customer_id: int) -> Select[ContactPoint]:
    return select(ContactPoint).where(ContactPoint.customer_id == customer_id)


async def _empty_points(session: AsyncSession, customer_id: int) -> None:
    """Whoever writes from one of these addresses again is a stranger with a conversation of their own."""
    for point in list(await session.scalars(_points(customer_id))):
        point.address = f"{contact_points.ERASED}{point.id}"
        point.level = Level.ANONYMOUS
        point.customer_id = None
        point.verified_at = None


def _empty_profile(customer: Customer) -> None:
    customer.number = f"E-{customer.id}"
    customer.name = customer.address_line = customer.postcode = customer.city = customer.country = ""
    customer.email = customer.phone = customer.birthday = None
    customer.language = "en"
    customer.erased_at = clock.now()
