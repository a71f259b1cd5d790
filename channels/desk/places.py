"""Places in a queue and in a thread, as addresses and forms carry them. What is not one is simply none."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Final

from crm_store.models import TicketPriority, TicketStatus
from crm_store.tickets import Place, Queue, Seen

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE: Final = re.compile(r"([a-z]+)\.([a-z]+)\.(\d{1,17})\.(\d{1,18})", re.ASCII)
_SEEN: Final = re.compile(r"(\d{1,18}:\d{1,18}(?:,\d{1,18}:\d{1,18}){0,99})?(?:;(\d{1,18}))?", re.ASCII)


def read_queue(word: str) -> Queue:
    """The queue of that name; all open tickets for what is none."""
    return Queue(word) if word in list(Queue) else Queue.OPEN


def write_place(place: Place) -> str:
    """`open.high.1790000000000000.17`."""
    microseconds = (place.since - _EPOCH) // timedelta(microseconds=1)
    return f"{place.status.value}.{place.priority.value}.{microseconds}.{place.id}"


def read_place(text: str) -> Place | None:
    """The place that was written so."""
    found = _PLACE.fullmatch(text)
    if found is None or found[1] not in list(TicketStatus) or found[2] not in list(TicketPriority):
        return None
    since = _EPOCH + timedelta(microseconds=int(found[3]))
    return Place(TicketStatus(found[1]), TicketPriority(found[2]), since, int(found[4]))


def write_seen(seen: Seen, last_event: int) -> str:
    """`12:340,15:377;55`: the last message of each conversation, and the last event."""
    return ",".join(f"{key}:{last}" for key, last in sorted(seen.items())) + f";{last_event}"


def read_seen(text: str) -> tuple[dict[int, int], int] | None:
    """What was written so."""
    found = _SEEN.fullmatch(text)
    if found is None or not found[1]:
        return None
    pairs = (pair.split(":") for pair in found[1].split(","))
    return {int(key): int(last) for key, last in pairs}, int(found[2] or 0)
