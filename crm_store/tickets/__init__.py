"""Tickets: opening one, answering it, settling it, and reading its whole story."""

from crm_store.tickets.desk import add_note, assign, reply, resolve
from crm_store.tickets.opening import customer_wrote, open_ticket
from crm_store.tickets.reading import TimelineLine, get_ticket, is_open, list_tickets, timeline

__all__ = [
    "TimelineLine",
    "add_note",
    "assign",
    "customer_wrote",
    "get_ticket",
    "is_open",
    "list_tickets",
    "open_ticket",
    "reply",
    "resolve",
    "timeline",
]
