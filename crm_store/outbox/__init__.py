"""The outbox: claiming what is due, and noting what became of it."""

from crm_store.outbox.claim import LOCAL_CHANNELS, any_due, due, requeue_stale_sending
from crm_store.outbox.fate import (
    mark_delivered,
    mark_failed,
    mark_read,
    mark_read_until,
    mark_sent,
    mark_uncertain,
    retry_later,
    status_arrived,
)
from crm_store.outbox.mail import enqueue_mail, recent_mails
from crm_store.outbox.watch import count_by_state, uncertain

__all__ = [
    "LOCAL_CHANNELS",
    "any_due",
    "count_by_state",
    "due",
    "enqueue_mail",
    "mark_delivered",
    "mark_failed",
    "mark_read",
    "mark_read_until",
    "mark_sent",
    "mark_uncertain",
    "recent_mails",
    "requeue_stale_sending",
    "retry_later",
    "status_arrived",
    "uncertain",
]
