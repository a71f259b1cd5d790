"""What may be worth saying to a customer, the most important first."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from actions.calendar.working_days import working_days_after
from actions.language.phrases import Button, button, day
from actions.language.responses import worded
from actions.orders import parcel_words
from actions.points import points_words
from actions.shopping import reservation_words
from crm_store import consents, conversations, loyalty, orders, proactive_notes, refunds, reservations
from crm_store.clock import SHOP_ZONE
from crm_store.delivery import ParcelState, describe
from crm_store.errors import NotFound
from crm_store.models import Direction, Order, Purpose, RefundMethod, RefundStatus, ShipmentStatus
from crm_store.money import format_money

THIS_WEEK: Final = timedelta(days=7)
LAPSING: Final = timedelta(hours=8)
"""So long before its end a reservation is spoken of."""
LOOKED_BACK: Final = timedelta(days=14)
"""A refund older than that is no news, however long the customer was away."""
LATE_PARCELS_COME: Final = 2
"""Working days within which most late parcels come."""
_MESSAGES: Final = 30


@dataclass(frozen=True)
class Proactive:
    """One thing worth saying. `key` names the matter, so that it is said once."""

    key: str
    text: str
    buttons: list[Button] = field(default_factory=list)
    custom: dict[str, Any] | None = None


async def worth_saying(session: AsyncSession, *, customer_id: int, now: datetime) -> Proactive | None:
    """The most important thing that the customer has not been told yet; None when there is none.

    It only reads. `now` is timezone-aware. Nothing of it is marketing: it is about parcels, money and points
    that are the customer's already. Who said no to messages in the chat gets no reminder of points either.
    """
    async for matter in _matters(session, customer_id, now):
        if not await proactive_notes.told(session, customer_id=customer_id, keys=[matter.key]):
            return matter
    return None


async def _matters(session: AsyncSession, customer_id: int, now: datetime) -> AsyncIterator[Proactive]:
    waiting = await orders.open_orders(session, customer_id=customer_id)
    parcels = [(order, parcel) for order in waiting for parcel in describe(order, now).parcels]
    for order, parcel in parcels:
        if parcel.is_late and parcel.status not in {ShipmentStatus.LOST, ShipmentStatus.OUT_FOR_DELIVERY}:
            yield _late(order, parcel, now)
    for order, parcel in parcels:
        if _comes_today(parcel, now):
            yield _today(order, parcel, now)
    if (points := await _points(session, customer_id, now)) is not None:
        yield points
    async for refund in _refunds(session, customer_id, now):
        yield refund
    for kept in await reservations.held(session, contact_point_id=None, customer_id=customer_id):
        if kept.until - now <= LAPSING:
            yield Proactive(
                f"lapse:{kept.number}",
                worded("utter_proactive_lapse", **reservation_words.gaps(kept)),
                [reservation_words.cancel_button(kept, "Cancel the reservation")],
                reservation_words.card(kept),
            )


def _late(order: Order, parcel: ParcelState, now: datetime) -> Proactive:
    text = worded(
        "utter_proactive_late",
        number=order.number,
        items=parcel_words.goods(parcel.items),
        late=parcel_words.late(parcel),
        carrier=parcel.carrier,
        news=parcel_words.news(parcel),
        until=day(working_days_after(now, LATE_PARCELS_COME)),
    )
    buttons = [_where(order), button("Talk to a human", "talk_to_human")]
    return Proactive(f"late:{parcel.number}", text, buttons)


def _comes_today(parcel: ParcelState, now: datetime) -> bool:
    if parcel.status is ShipmentStatus.OUT_FOR_DELIVERY:
        return True
    due = parcel.expected_at
    on_its_way = parcel.status is ShipmentStatus.IN_TRANSIT and parcel.carrier != parcel_words.STORE
    return on_its_way and due is not None and _shop_day(due) == _shop_day(now)


def _today(order: Order, parcel: ParcelState, now: datetime) -> Proactive:
    out = parcel.status is ShipmentStatus.OUT_FOR_DELIVERY
    text = worded(
        "utter_proactive_out" if out else "utter_proactive_today",
        number=order.number,
        items=parcel_words.goods(parcel.items),
        carrier=parcel.carrier,
    )
    return Proactive(f"today:{parcel.number}:{_shop_day(now)}", text, [_where(order)])


async def _points(session: AsyncSession, customer_id: int, now: datetime) -> Proactive | None:
    """Points that expire within the week, as far as they buy anything."""
    if await consents.refuses(session, customer_id=customer_id, purpose=Purpose.MARKETING_CHAT):
        return None
    try:
        statement = await loyalty.statement(session, customer_id=customer_id)
    except NotFound:
        return None
    number, when = statement.next_expiry or (0, now + 2 * THIS_WEEK)
    if when - now > THIS_WEEK or number <= 0:
        return None
    enough = statement.balance >= loyalty.REDEEM_STEP
    text = worded(
        "utter_proactive_points" if enough else "utter_proactive_points_few",
        points=points_words.points(number),
        day=day(when),
        worth=format_money(number * loyalty.CENTS_PER_STEP // loyalty.REDEEM_STEP, loyalty.CURRENCY),
        step=points_words.points(loyalty.REDEEM_STEP),
    )
    use = [button("Turn into a voucher", "redeem_points")] if enough else []
    return Proactive(f"points:{when.date()}", text, [*use, button("My points", "check_points")])


async def _refunds(session: AsyncSession, customer_id: int, now: datetime) -> AsyncIterator[Proactive]:
    """Money that was sent back since the customer wrote last."""
    since = max(now - LOOKED_BACK, await _last_visit(session, customer_id) or now - LOOKED_BACK)
    for refund in await refunds.list_refunds(session, customer_id=customer_id):
        if refund.status is not RefundStatus.SENT or refund.return_id is None or refund.created_at < since:
            continue
        order = await orders.get_by_id(session, customer_id=customer_id, order_id=refund.order_id)
        credit = refund.method is RefundMethod.STORE_CREDIT
        text = worded(
            "utter_proactive_credit" if credit else "utter_proactive_refund",
            amount=format_money(refund.amount_cents, refund.currency),
            order=order.number,
        )
        yield Proactive(
            f"refund:{refund.number}", text, [button("My refund", "track_refund", order_number=order.number)]
        )


async def _last_visit(session: AsyncSession, customer_id: int) -> datetime | None:
    said = await conversations.customer_history(session, customer_id=customer_id, limit=_MESSAGES)
    return max((one.created_at for one in said if one.direction is Direction.INBOUND), default=None)


def _where(order: Order) -> Button:
    return button("Where is it?", "track_order", order_number=order.number)


def _shop_day(moment: datetime) -> Any:
    return moment.astimezone(SHOP_ZONE).date()
