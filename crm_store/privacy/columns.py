"""What an erasure does to every column that can hold something about a person, table by table.

A test walks the texts, JSON and bytes of every table of `BELONGINGS` and fails when one is not spoken of.
"""

from __future__ import annotations

from typing import Any, Final

from crm_store.models import (
    AuditEntry,
    Base,
    CartLine,
    Claim,
    Consent,
    DialogueState,
    Grant,
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
    Review,
    Shipment,
    Ticket,
    TicketEvent,
    TrackingEvent,
    TypingMark,
    Voucher,
)

DELETED: Final[tuple[type[Base], ...]] = (
    CartLine,
    Photo,
    DialogueState,
    TypingMark,
    OneTimeCode,
    Grant,
    Reservation,
    ProactiveNote,
)
"""Nobody needs a row of these once the person is gone."""

BLANKED: Final[dict[type[Base], dict[str, Any]]] = {
    Consent: {"wording": ""},
    Order: {
        "ship_name": "",
        "ship_address": "",
        "ship_postcode": "",
        "ship_city": "",
        "gift_message": "",
        "note": "",
    },
    Shipment: {"tracking_number": ""},
    TrackingEvent: {"location": "", "description": ""},
    Return: {"label_code": ""},
    PointsEntry: {"note": ""},
    Message: {"text": "", "buttons": [], "custom": None, "provider_id": None},
    OutboxRow: {"address": "", "payload": {}, "error": ""},
    Ticket: {"summary": "", "tried": []},
    TicketEvent: {"data": {}},
    AuditEntry: {"data": {}},
    Rating: {"words": ""},
    Claim: {"words": "", "photos": []},
    Review: {"words": ""},
    # Store credit ends with the account, and a code that no longer pays says nothing.
    Voucher: {"remaining_cents": 0},
}
"""The row stays, without what it said of the person."""

KEPT: Final[dict[type[Base], dict[str, str]]] = {
    Consent: {"source": "which door it was said at: the proof that something was allowed or forbidden"},
    Order: {
        "number": "bookkeeping",
        "currency": "bookkeeping",
        "payment_method": "bookkeeping: a kind such as card, no number of one",
        "ship_country": "bookkeeping: which country's tax",
    },
    OrderItem: {"title": "bookkeeping: what was sold"},
    Shipment: {"number": "ours, says nothing to others", "carrier": "a company"},
    Return: {"number": "bookkeeping"},
    Refund: {"number": "bookkeeping", "currency": "bookkeeping", "key": "names an order or a return"},
    PointsEntry: {"key": "names an order or a product; keeps a line from being written twice"},
    Voucher: {"code": "bookkeeping", "currency": "bookkeeping", "key": "keeps it from being made twice"},
    Message: {"intent": "a word of ours"},
    OutboxRow: {"provider_id": "an id of the provider's; keeps late reports from being taken for others"},
    Ticket: {"number": "ours", "topic": "a word of ours", "intent": "a word of ours"},
    TicketEvent: {"kind": "a word of ours"},
    AuditEntry: {
        "actor": "a key of ours, which leads to nobody any more",
        "action": "a word of ours",
        "subject": "a key of ours, which leads to nobody any more",
    },
    Claim: {"number": "bookkeeping", "key": "keeps it from being settled twice"},
    Rating: {"matter": "names a ticket or a return"},
}
"""Texts that stay, with the reason."""
