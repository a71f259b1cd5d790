"""Conversations: taking messages in, working through them, answering, and reading them back.

Messages of one conversation get their ids under that conversation's lock, so that they commit in the order of
their ids: a reader who goes on after the last id they saw misses nothing.
"""

from crm_store.conversations.history import answer_to, customer_history, history, messages_after
from crm_store.conversations.inbox import MAX_TEXT, clean_text, receive
from crm_store.conversations.pulse import Pulse, pulses
from crm_store.conversations.speech import say
from crm_store.conversations.threads import find, get, hold, lock_conversation, open_conversation, set_owner
from crm_store.conversations.work import (
    conversations_with_work,
    count_attempt,
    mark_answered,
    next_unanswered,
)

__all__ = [
    "MAX_TEXT",
    "Pulse",
    "answer_to",
    "clean_text",
    "conversations_with_work",
    "count_attempt",
    "customer_history",
    "find",
    "get",
    "history",
    "hold",
    "lock_conversation",
    "mark_answered",
    "messages_after",
    "next_unanswered",
    "open_conversation",
    "pulses",
    "receive",
    "say",
    "set_owner",
]
