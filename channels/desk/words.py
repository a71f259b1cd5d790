"""How the desk calls things."""

from __future__ import annotations

from typing import Final

from actions.orders.parcel_words import BY_MAIL, STORE
from actions.talk.intent_titles import title_of
from crm_store.models import Channel, Level, OutboxState, Purpose, ReturnStatus, TicketStatus
from crm_store.outbox import LOCAL_CHANNELS
from crm_store.tickets import Queue

QUEUES: Final = {
    Queue.OPEN: "Open",
    Queue.MINE: "Mine",
    Queue.UNASSIGNED: "Unassigned",
    Queue.RESOLVED: "Resolved",
}
NOTHING_IN: Final = {
    Queue.OPEN: "No open ticket. Whatever the bot hands over appears here by itself.",
    Queue.MINE: "Nothing is yours. Take something from the unassigned tickets.",
    Queue.UNASSIGNED: "Every open ticket has somebody. Well done.",
    Queue.RESOLVED: "Nothing was resolved yet.",
}
DOORS: Final = {
    Channel.WEB: "Web chat",
    Channel.SMS: "SMS",
    Channel.TELEGRAM: "Telegram",
    Channel.REST: "API",
    Channel.CONSOLE: "Console",
    Channel.EMAIL: "E-mail",
}
STATUS: Final = {
    TicketStatus.OPEN: "Waiting for us",
    TicketStatus.PENDING: "Waiting for the customer",
    TicketStatus.RESOLVED: "Resolved",
}
LEVELS: Final = {
    Level.VERIFIED: "Verified",
    Level.CLAIMED: "Not proven",
    Level.ANONYMOUS: "Anonymous",
}
CONSENTS: Final = {
    Purpose.MARKETING_EMAIL: "E-mail",
    Purpose.MARKETING_SMS: "SMS",
    Purpose.MARKETING_CHAT: "Chat",
}
RETURNS: Final = {
    ReturnStatus.REQUESTED: "asked for",
    ReturnStatus.LABEL_SENT: "label sent",
    ReturnStatus.IN_TRANSIT: "on its way back",
    ReturnStatus.RECEIVED: "arrived, being checked",
    ReturnStatus.REFUNDED: "refunded",
    ReturnStatus.EXCHANGED: "exchanged",
    ReturnStatus.REJECTED: "rejected",
    ReturnStatus.CANCELLED: "called off",
}
LANGUAGES: Final = {"en": "English", "de": "German", "fr": "French", "ga": "Irish"}
CARRIERS: Final = {STORE: "To the store", BY_MAIL: "By e-mail"}
_DELIVERY: Final = {
    OutboxState.PENDING: "waiting to be sent",
    OutboxState.SENDING: "being sent",
    OutboxState.SENT: "sent",
    OutboxState.DELIVERED: "delivered",
    OutboxState.FAILED: "not delivered",
    OutboxState.UNCERTAIN: "may not have arrived",
}
_WHEN_READ_HERE: Final = {OutboxState.PENDING: "not read yet", OutboxState.DELIVERED: "read"}
"""At doors whose readers fetch their messages themselves."""
_TOPICS: Final = {"bot_failure": "bot could not answer", "talk_to_human": "wants a human"}


def topic(word: str) -> str:
    """`missing parcel` → `Missing parcel`."""
    words = _TOPICS.get(word, word.replace("_", " ").strip()) or "question"
    return words[:1].upper() + words[1:]


def delivery(channel: Channel, state: OutboxState) -> str:
    """What became of an outbound message."""
    here = _WHEN_READ_HERE.get(state) if channel in LOCAL_CHANNELS else None
    return here or _DELIVERY[state]


def understood(intent: str | None, confidence: float | None) -> str:
    """What the bot took a message for, e.g. `Track an order (93 %)`; empty when it did not look."""
    if not intent:
        return ""
    name = title_of(intent) or intent.replace("_", " ")
    return name if confidence is None else f"{name} ({confidence:.0%})"


def first_name(name: str) -> str:
    """`Niamh Kearney` → `Niamh`."""
    return name.split()[0] if name.split() else name
