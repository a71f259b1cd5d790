"""The lines of a thread: what was said at any door, what was noted, what was done to the ticket."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Final

from channels.desk import words
from channels.desk.render import fragment
from crm_store.models import Author, Direction, Message, OutboxRow, OutboxState, TicketEvent

PHOTO_KEY: Final = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
_KINDS: Final = {"note": "note", "opened": "handover", "asked_again": "handover"}


@dataclass(frozen=True)
class Entry:
    """One line. `order` sorts lines of all kinds, on the page as well."""

    key: str
    kind: str
    """Whose look it has: `customer`, `bot`, `agent`, `system`, `note`, `event` or `handover`."""
    at: datetime
    order: str
    author: str
    text: str = ""
    door: str = ""
    channel: str = ""
    understood: str = ""
    buttons: Sequence[str] = ()
    card: str = ""
    photos: Sequence[str] = ()
    delivery: str = ""
    trouble: str = ""
    """Why it did not arrive; empty when nothing is wrong."""
    summary: Sequence[tuple[str, str]] = ()
    tried: Sequence[str] = ()
    conversation_id: int = 0
    mine: bool = field(default=False)

    @property
    def html(self) -> str:
        """The line as a piece of the page."""
        return fragment("entry.html", entry=self)


def entries(
    messages: Collection[Message],
    events: Collection[TicketEvent],
    *,
    ways_out: Mapping[int, OutboxRow],
    names: Mapping[int, str],
    customer: str,
    me: int,
) -> list[Entry]:
    """The lines in the order of time. `names` are the agents' by id, `customer` how to call who writes."""
    lines = [said(message, ways_out.get(message.id), names, customer, me) for message in messages]
    lines += [done(event, names) for event in events]
    return sorted(lines, key=lambda line: line.order)


def said(
    message: Message, way_out: OutboxRow | None, names: Mapping[int, str], customer: str, me: int
) -> Entry:
    """A message as a line."""
    custom: dict[str, Any] = message.custom or {}
    # What came along with a customer's words names their photos; what goes with ours is a card.
    came_along = custom if message.direction is Direction.INBOUND else {}
    authors = {Author.CUSTOMER: customer, Author.BOT: "Bot", Author.SYSTEM: "Automatic message"}
    return Entry(
        key=f"m{message.id}",
        kind=message.author.value,
        at=message.created_at,
        order=_order(message.created_at, "a", message.id),
        author=authors.get(message.author) or names.get(message.agent_id or 0, "Agent"),
        text=message.text,
        door=words.DOORS[message.channel],
        channel=message.channel.value,
        understood=words.understood(message.intent, message.confidence),
        buttons=[str(button.get("title", "")) for button in message.buttons],
        card=str(custom.get("type", "")).replace("_", " "),
        photos=[key for key in came_along.get("photos") or [] if PHOTO_KEY.fullmatch(str(key))],
        delivery=words.delivery(message.channel, way_out.state) if way_out else "",
        trouble=trouble(way_out),
        conversation_id=message.conversation_id,
        mine=message.agent_id == me,
    )


def trouble(way_out: OutboxRow | None) -> str:
    """Why a message did not arrive, as far as known."""
    if way_out is None or way_out.state not in (OutboxState.FAILED, OutboxState.UNCERTAIN):
        return ""
    return way_out.error or "no reason was given"


def done(event: TicketEvent, names: Mapping[int, str]) -> Entry:
    """An event as a line."""
    kind = _KINDS.get(event.kind, "event")
    data, who = event.data, names.get(event.agent_id or 0, "")
    return Entry(
        key=f"e{event.id}",
        kind=kind,
        at=event.at,
        order=_order(event.at, "b", event.id),
        author=who or "Aftersale",
        text=str(data.get("text", "")) if kind == "note" else _happening(event, who, names),
        summary=_summary(str(data.get("summary", ""))) if kind == "handover" else (),
        tried=[str(line) for line in data.get("tried") or []] if kind == "handover" else (),
    )


def _happening(event: TicketEvent, who: str, names: Mapping[int, str]) -> str:
    if event.kind == "opened":
        return "The bot handed over"
    if event.kind == "asked_again":
        return f"Asked for something else: {words.topic(str(event.data.get('topic', '')))}"
    if event.kind == "resolved":
        return f"{who or 'Aftersale'} resolved the ticket. The bot answers again."
    if event.kind == "assigned":
        to = names.get(event.data.get("to") or 0, "")
        if not to:
            return f"{who or 'Somebody'} put the ticket back"
        return f"{to} took the ticket" if to == who else f"{who or 'Somebody'} gave the ticket to {to}"
    return event.kind.replace("_", " ")


def _summary(text: str) -> list[tuple[str, str]]:
    """`Wants: …` line by line; a line without a name stands for itself."""
    parts = (line.partition(": ") for line in text.splitlines() if line.strip())
    return [(name, rest) if rest else ("", name) for name, _, rest in parts]


def _order(at: datetime, kind: str, key: int) -> str:
    return f"{at:%Y%m%d%H%M%S%f}{kind}{key:018d}"
