"""Every card as the actions make it, with words that must be read on it."""

from __future__ import annotations

from typing import Any

Card = dict[str, Any]


def order(number: str, status_text: str, parcel_status: str, **more: Any) -> Card:
    """An order with one parcel."""
    parcel = {
        "carrier": "An Post",
        "tracking_number": "WL1000",
        "status": parcel_status,
        "expected_at": "2026-11-24T12:00:00+00:00",
        "delivered_at": "2026-11-23T12:00:00+00:00" if parcel_status in {"delivered", "collected"} else None,
        "days_late": 2 if parcel_status in {"delayed", "in_transit"} else 0,
        "items": [{"title": "Heron Jacket, grey, L", "quantity": 1}],
    }
    items = [{"title": "Heron Jacket, grey, L", "quantity": 1}, {"title": "Puffin Mug", "quantity": 2}]
    return {
        "type": "order",
        "number": number,
        "status": "shipped",
        "status_text": status_text,
        "placed_at": "2026-11-18T12:00:00+00:00",
        "items": items,
        "parcels": [parcel],
        "total": "€129.00",
    } | more


POINTS: Card = {
    "type": "points",
    "balance": 1250,
    "pending": 120,
    "pending_available_at": "2026-12-01T00:00:00+00:00",
    "expiring": 300,
    "expires_at": "2026-12-31T00:00:00+00:00",
    "tier": "wren",
    "points_12_months": 780,
    "next_tier": "swift",
    "points_to_next": 220,
}
OFFERS: Card = {
    "type": "offers",
    "offers": [
        {
            "number": "O-1",
            "title": "10% off jackets",
            "description": "On every jacket.",
            "reason": "You like jackets",
            "status": "applied",
            "code": "LARK-10-XYZ",
            "ends_at": "2026-12-01T00:00:00+00:00",
        },
        {
            "number": "O-2",
            "title": "Free delivery",
            "description": "",
            "reason": "",
            "status": "active",
            "code": None,
            "ends_at": "2026-12-05T00:00:00+00:00",
        },
    ],
}
RETURN: Card = {
    "type": "return",
    "number": "R-2001",
    "order": "A-10042",
    "status": "requested",
    "resolution": "refund_card",
    "items": [{"title": "Heron Jacket, grey, L", "quantity": 1}],
    "amount": "€119.00",
    "where": "your Visa card",
    "exchange": None,
    "label_code": "WLR-2001-77",
    "hand_in_by": "Friday 4 December",
}
STOCK: Card = {
    "type": "stock",
    "product": "Heron Jacket",
    "variants": [
        {"size": "M", "color": "grey", "stock": {"web": 3, "galway": 0}},
        {"size": "L", "color": "grey", "stock": {"web": 0, "galway": 0}},
        {"size": "M", "color": "moss", "stock": {"web": 0, "galway": 1}},
    ],
}
PRODUCTS: Card = {
    "type": "products",
    "products": [
        {
            "number": "P-001",
            "name": "Skylark Rain Jacket",
            "description": "A light three-layer shell.",
            "price_cents": 14900,
            "currency": "EUR",
            "image": "skylark-rain-jacket",
            "picture": "/shop/pictures/skylark-rain-jacket.svg",
            "url": "/products/skylark-rain-jacket",
            "why": "warm and dry",
            "lacks": [],
        },
        {
            "number": "P-002",
            "name": "Gannet Shell",
            "description": "Cut long.",
            "price_cents": 22900,
            "currency": "EUR",
            "image": "",
            "picture": None,
            "url": None,
            "why": "",
            "lacks": [],
        },
    ],
}

CLAIM: Card = {
    "type": "claim",
    "number": "CL-9001",
    "order": "A-10042",
    "kind": "damaged",
    "remedy": "resend",
    "items": [{"title": "Puffin Mug", "quantity": 2}],
    "replacement": "A-10934",
    "amount": None,
    "photos": 1,
    "created_at": "2026-11-22T12:00:00+00:00",
}

SHOWN: list[tuple[Card, list[str]]] = [
    (
        order("A-10042", "on its way, late", "in_transit"),
        [
            "Order A-10042",
            "On its way, late",
            "2 × Puffin Mug",
            "An Post WL1000",
            "€129.00",
            "On its way",
            "2 d late",
            "24 Nov",
        ],
    ),
    (
        {
            "type": "orders",
            "orders": [order("A-1", "on its way", "in_transit"), order("A-2", "delivered", "delivered")],
        },
        ["Order A-1", "Order A-2", "delivered Mon"],
    ),
    (order("A-3", "waiting to be packed", "", parcels=[]), ["Order A-3", "to be packed"]),
    (POINTS, ["1,250 points", "Wren", "220 more to Swift", "120 pending from", "300 expire on Thu"]),
    (
        POINTS | {"next_tier": None, "points_to_next": None, "tier": "swift", "pending": 0},
        ["1,250 points", "Swift"],
    ),
    (
        OFFERS,
        ["10% off jackets", "Yours", "You like jackets", "LARK-10-XYZ", "Copy", "Until Tue", "Free delivery"],
    ),
    (
        {"type": "voucher", "code": "WL-AB12", "value_cents": 1500, "currency": "EUR", "expires_at": None},
        ["€15.00 voucher", "WL-AB12"],
    ),
    (PRODUCTS, ["Skylark Rain Jacket", "warm and dry", "€149.00", "Gannet Shell", "Cut long."]),
    (STOCK, ["Heron Jacket", "grey", "moss", "sold out"]),
    (
        {
            "type": "article",
            "title": "Paying with Klarna",
            "url": "/help/klarna",
            "related": [{"title": "Fees", "url": "/help/fees"}],
        },
        ["Paying with Klarna", "Fees"],
    ),
    (
        RETURN,
        [
            "Return R-2001",
            "Heron Jacket",
            "€119.00 → your Visa card",
            "Hand in by",
            "Friday 4 December",
            "WLR-2001-77",
            "Started",
        ],
    ),
    (
        RETURN
        | {
            "status": "received",
            "resolution": "exchange",
            "amount": None,
            "exchange": "Heron Jacket, grey, XL",
        },
        ["Received", "Exchanged", "Heron Jacket, grey, XL"],
    ),
    (RETURN | {"status": "rejected"}, ["Return R-2001", "Rejected"]),
    (
        {
            "type": "refund",
            "number": "F-300",
            "order": "A-10042",
            "amount": "€119.00",
            "method": "card",
            "where": "your Visa card",
            "status": "sent",
        },
        ["Refund F-300", "€119.00", "your Visa card", "Sent"],
    ),
    (
        {"type": "cancellation", "number": "A-10042", "refund": "€129.00"},
        ["Order A-10042", "Cancelled", "€129.00"],
    ),
    ({"type": "cancellation", "number": "A-10043", "refund": None}, ["Order A-10043", "Cancelled"]),
    (
        {"type": "address", "number": "A-10042", "address": "1 Quay Street, H91 Galway"},
        ["Order A-10042", "1 Quay Street"],
    ),
    (CLAIM, ["Claim CL-9001", "Damaged", "2 × Puffin Mug", "Sent again", "A-10934"]),
    (
        CLAIM | {"kind": "wrong_item", "remedy": "refund", "replacement": None, "amount": "€12.60"},
        ["Claim CL-9001", "Wrong item", "Refund", "€12.60"],
    ),
    (CLAIM | {"kind": "missing_parcel", "remedy": "ticket", "replacement": None}, ["Missing parcel"]),
    (
        {"type": "file", "kind": "invoice", "title": "Invoice A-10042", "url": "/files/invoice/x"},
        ["Invoice A-10042"],
    ),
    (
        {
            "type": "file",
            "title": "A copy of your data (ZIP)",
            "url": "https://chat.shop.example/files/export/x",
            "expires_at": "2026-12-01T12:00:00+00:00",
        },
        ["A copy of your data (ZIP)", "Until Tue"],
    ),
    (
        {
            "type": "reservation",
            "number": "V-3001",
            "product": "Heron Jacket, grey, L",
            "quantity": 1,
            "shop": "Galway",
            "address": "3 Quay Lane, Galway",
            "name": "Niamh",
            "until": "2026-12-01T18:00:00+00:00",
        },
        ["1 × Heron Jacket, grey, L", "3 Quay Lane", "Niamh", "V-3001", "Until Tue"],
    ),
]
