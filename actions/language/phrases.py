"""Small pieces of what the bot says: dates, lists, buttons. Nothing here knows the store."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime

from crm_store import clock
from crm_store.clock import SHOP_ZONE

MAX_TITLE = 30
"""Characters of a button's title."""

Button = dict[str, str]


def listed(things: Sequence[str], last: str = "and") -> str:
    """`["a", "b", "c"]` → `a, b and c`."""
    if len(things) < 2:
        return "".join(things)
    return f"{', '.join(things[:-1])} {last} {things[-1]}"


def day(moment: datetime) -> str:
    """The shop's day of `moment`, e.g. `Tuesday 24 November`; with its year when that is not this one."""
    local = moment.astimezone(SHOP_ZONE)
    year = "" if local.year == clock.now().astimezone(SHOP_ZONE).year else f" {local.year}"
    return f"{local:%A} {local.day} {local:%B}{year}"


def shortened(text: str, limit: int = MAX_TITLE) -> str:
    """The text, cut at a word where it is too long for a button."""
    if len(text) <= limit:
        return text
    head = text[:limit].rsplit(" ", 1)[0][: limit - 1].rstrip(" ,;:-")
    return f"{head}…"


def button(title: str, intent: str, **entities: str) -> Button:
    """A button; pressing it says `intent` with these entities, as if the customer had typed it."""
    values = json.dumps(entities, ensure_ascii=False) if entities else ""
    return {"title": shortened(title), "payload": f"/{intent}{values}"}


def counted(number: int, one: str, many: str) -> str:
    """`2, "item", "items"` → `2 items`."""
    return f"{number} {one if number == 1 else many}"


HUMAN = button("Talk to a human", "talk_to_human")
"""Offered wherever the bot cannot settle the matter itself."""
