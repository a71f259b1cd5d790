"""Which rows of which table are about one customer. Export and erasure both go by this list.

A test walks the foreign keys from `customers` and fails when a table is missing here.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from sqlalchemy import ColumnElement, Select, String, and_, cast, func, literal, or_, select, true

from crm_store.models import (
    AuditEntry,
    Base,
    CartLine,
    Claim,
    ClaimItem,
    Consent,
    ContactPoint,
    Conversation,
    Customer,
    DialogueState,
    Erasure,
    Grant,
    Level,
    LoyaltyAccount,
    Message,
    OneTimeCode,
    Order,
    OrderItem,
    OutboxRow,
    Photo,
    PointsEntry,
    ProactiveNote,
    Rating,
    Refund,
    Reservation,
    Return,
    ReturnItem,
    Review,
    Shipment,
    ShipmentItem,
    Ticket,
    TicketEvent,
    TrackingEvent,
    TypingMark,
    Voucher,
)

Whose = Callable[[int, bool], ColumnElement[bool]]
"""Takes the customer's key, and whether contact points that only claimed to be theirs count as well."""


def points(customer_id: int, claimed: bool) -> Select[int]:
    """The keys of the customer's contact points."""
    mine = select(ContactPoint.id).where(ContactPoint.customer_id == customer_id)
    return mine if claimed else mine.where(ContactPoint.level == Level.VERIFIED)


def threads(customer_id: int, claimed: bool) -> Select[int]:
    """The keys of the conversations with them."""
    mine = points(customer_id, claimed)
    return select(Conversation.id).where(Conversation.contact_point_id.in_(mine))


def _orders(customer_id: int) -> Select[int]:
    return select(Order.id).where(Order.customer_id == customer_id)


def _parcels(customer_id: int) -> Select[int]:
    return select(Shipment.id).where(Shipment.order_id.in_(_orders(customer_id)))


def _tickets(customer_id: int, claimed: bool) -> ColumnElement[bool]:
    return or_(Ticket.customer_id == customer_id, Ticket.conversation_id.in_(threads(customer_id, claimed)))


def _outbox(customer_id: int, claimed: bool) -> ColumnElement[bool]:
    own_mail = select(func.lower(Customer.email)).where(Customer.id == customer_id).scalar_subquery()
    written_to = select(OneTimeCode.email).where(OneTimeCode.customer_id == customer_id)
    return or_(
        OutboxRow.conversation_id.in_(threads(customer_id, claimed)),
        func.lower(OutboxRow.address) == own_mail,
        func.lower(OutboxRow.address).in_(written_to),
        OutboxRow.payload["customer"].as_integer() == customer_id,
    )


def _audit(customer_id: int, claimed: bool) -> ColumnElement[bool]:
    names = (f"customer:{customer_id}",)
    of_points = points(customer_id, claimed).with_only_columns(
        literal("contact:") + cast(ContactPoint.id, String)
    )
    of_threads = threads(customer_id, claimed).with_only_columns(
        literal("conversation:") + cast(Conversation.id, String)
    )
    of_orders = select(literal("order:") + Order.number).where(Order.customer_id == customer_id)
    return or_(
        *(
            side.in_(found)
            for side in (AuditEntry.actor, AuditEntry.subject)
            for found in (names, of_points, of_threads, of_orders)
        )
    )


BELONGINGS: Final[dict[type[Base], Whose]] = {
    Customer: lambda who, _: Customer.id == who,
    ContactPoint: lambda who, claimed: and_(
        ContactPoint.customer_id == who, true() if claimed else ContactPoint.level == Level.VERIFIED
    ),
    Consent: lambda who, claimed: or_(
        Consent.customer_id == who, Consent.contact_point_id.in_(points(who, claimed))
    ),
    Order: lambda who, _: Order.customer_id == who,
    OrderItem: lambda who, _: OrderItem.order_id.in_(_orders(who)),
    Shipment: lambda who, _: Shipment.order_id.in_(_orders(who)),
    ShipmentItem: lambda who, _: ShipmentItem.shipment_id.in_(_parcels(who)),
    TrackingEvent: lambda who, _: TrackingEvent.shipment_id.in_(_parcels(who)),
    Return: lambda who, _: Return.customer_id == who,
    ReturnItem: lambda who, _: ReturnItem.return_id.in_(select(Return.id).where(Return.customer_id == who)),
    Claim: lambda who, _: Claim.customer_id == who,
    ClaimItem: lambda who, _: ClaimItem.claim_id.in_(select(Claim.id).where(Claim.customer_id == who)),
    Refund: lambda who, _: Refund.order_id.in_(_orders(who)),
    LoyaltyAccount: lambda who, _: LoyaltyAccount.customer_id == who,
    PointsEntry: lambda who, _: PointsEntry.customer_id == who,
    Voucher: lambda who, _: Voucher.customer_id == who,
    Grant: lambda who, _: Grant.customer_id == who,
    CartLine: lambda who, _: CartLine.customer_id == who,
    Reservation: lambda who, claimed: or_(
        Reservation.customer_id == who, Reservation.contact_point_id.in_(points(who, claimed))
    ),
    ProactiveNote: lambda who, _: ProactiveNote.customer_id == who,
    Review: lambda who, _: Review.customer_id == who,
    Rating: lambda who, claimed: or_(
        Rating.customer_id == who, Rating.conversation_id.in_(threads(who, claimed))
    ),
    Conversation: lambda who, claimed: Conversation.contact_point_id.in_(points(who, claimed)),
    Message: lambda who, claimed: Message.conversation_id.in_(threads(who, claimed)),
    Photo: lambda who, claimed: Photo.conversation_id.in_(threads(who, claimed)),
    Ticket: _tickets,
    TicketEvent: lambda who, claimed: TicketEvent.ticket_id.in_(
        select(Ticket.id).where(_tickets(who, claimed))
    ),
    OutboxRow: _outbox,
    OneTimeCode: lambda who, claimed: or_(
        OneTimeCode.customer_id == who, OneTimeCode.contact_point_id.in_(points(who, claimed))
    ),
    DialogueState: lambda who, claimed: DialogueState.conversation_id.in_(threads(who, claimed)),
    TypingMark: lambda who, claimed: TypingMark.conversation_id.in_(threads(who, claimed)),
    Erasure: lambda who, _: Erasure.customer_id == who,
    AuditEntry: _audit,
}
"""Every table that holds something about a customer, in the order of the copy they get."""
