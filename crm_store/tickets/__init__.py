"""Tickets: opening one, finding it in its queue, answering it, settling it, and reading its whole story."""

from crm_store.tickets.desk import add_note, assign, reply, resolve
from crm_store.tickets.glance import Glance, glances
from crm_store.tickets.opening import customer_wrote, open_ticket
from crm_store.tickets.queues import Place, Queue, count_waiting, list_queue
from crm_store.tickets.reading import TimelineLine, get_ticket, is_open, list_tickets, timeline
from crm_store.tickets.thread import (
    Seen,
    conversations_of,
    deliveries,
    events_after,
    place,
    thread,
    thread_after,
    tickets_of,
)

__all__ = [
    "Glance",
    "Place",
    "Queue",
    "Seen",
    "TimelineLine",
    "add_note",
    "assign",
    "conversations_of",
    "count_waiting",
    "customer_wrote",
    "deliveries",
    "events_after",
    "get_ticket",
    "glances",
    "is_open",
    "list_queue",
    "list_tickets",
    "open_ticket",
    "place",
    "reply",
    "resolve",
    "thread",
    "thread_after",
    "tickets_of",
    "timeline",
]
