"""The tables, one noun a file. Importing this package registers every table on `Base.metadata`."""

from crm_store.models.agent import Agent, Role
from crm_store.models.agent_session import AgentSession
from crm_store.models.audit import AuditEntry
from crm_store.models.base import Base
from crm_store.models.cart import CartLine
from crm_store.models.claim import Claim, ClaimItem, ClaimKind, Remedy
from crm_store.models.consent import Consent, Purpose
from crm_store.models.contact_point import Channel, ContactPoint, Level
from crm_store.models.conversation import Author, Conversation, DialogueState, Direction, Message, Owner
from crm_store.models.customer import Customer
from crm_store.models.erasure import ErasedNumber, Erasure, StoreKey
from crm_store.models.feedback import Rating, Review, ReviewStatus
from crm_store.models.gift_card import GiftCard
from crm_store.models.loyalty import LoyaltyAccount, PointsEntry, PointsKind, Tier, Voucher, VoucherSource
from crm_store.models.offer import Grant, GrantStatus, Offer, OfferKind
from crm_store.models.one_time_code import CodePurpose, OneTimeCode
from crm_store.models.order import DeliveryMethod, Order, OrderItem, OrderStatus, PaymentStatus
from crm_store.models.outbox import OutboxRow, OutboxState
from crm_store.models.photo import Photo
from crm_store.models.proactive_note import ProactiveNote
from crm_store.models.product import Category, Location, Product, Stock, Variant
from crm_store.models.reservation import Reservation, ReservationStatus
from crm_store.models.return_ import (
    Refund,
    RefundMethod,
    RefundStatus,
    Resolution,
    Return,
    ReturnItem,
    ReturnReason,
    ReturnStatus,
)
from crm_store.models.shipment import Shipment, ShipmentItem, ShipmentStatus, TrackingEvent
from crm_store.models.ticket import Ticket, TicketEvent, TicketPriority, TicketStatus
from crm_store.models.typing_mark import TypingMark

__all__ = [
    "Agent",
    "AgentSession",
    "AuditEntry",
    "Author",
    "Base",
    "CartLine",
    "Category",
    "Channel",
    "Claim",
    "ClaimItem",
    "ClaimKind",
    "CodePurpose",
    "Consent",
    "ContactPoint",
    "Conversation",
    "Customer",
    "DeliveryMethod",
    "DialogueState",
    "Direction",
    "ErasedNumber",
    "Erasure",
    "GiftCard",
    "Grant",
    "GrantStatus",
    "Level",
    "Location",
    "LoyaltyAccount",
    "Message",
    "Offer",
    "OfferKind",
    "OneTimeCode",
    "Order",
    "OrderItem",
    "OrderStatus",
    "OutboxRow",
    "OutboxState",
    "Owner",
    "PaymentStatus",
    "Photo",
    "PointsEntry",
    "PointsKind",
    "ProactiveNote",
    "Product",
    "Purpose",
    "Rating",
    "Refund",
    "RefundMethod",
    "RefundStatus",
    "Remedy",
    "Reservation",
    "ReservationStatus",
    "Resolution",
    "Return",
    "ReturnItem",
    "ReturnReason",
    "ReturnStatus",
    "Review",
    "ReviewStatus",
    "Role",
    "Shipment",
    "ShipmentItem",
    "ShipmentStatus",
    "Stock",
    "StoreKey",
    "Ticket",
    "TicketEvent",
    "TicketPriority",
    "TicketStatus",
    "Tier",
    "TrackingEvent",
    "TypingMark",
    "Variant",
    "Voucher",
    "VoucherSource",
]
