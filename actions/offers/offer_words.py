"""What is said about offers and vouchers: lines, buttons and the card."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from rasa_sdk import Tracker

from actions.language.phrases import Button, button, day
from crm_store.models import Grant, GrantStatus, Offer, Voucher
from crm_store.money import format_money

SHOWN = 5
"""Offers that are listed at once."""

_PRESSED = 3
"""Offers that get a button to take them."""

_HIDE_ONE = button("Hide one of these", "decline_offer")

_HOW = re.compile(
    r"^\W*(please )?(tell me )?(how|where|why)\b|\b(two|several|more) codes\b|\bcombined?\b", re.IGNORECASE
)


def asks_how(text: str) -> bool:
    """Whether it is asked how codes are used, not for one offer."""
    return _HOW.search(text) is not None


def lines(grants: Sequence[Grant]) -> str:
    """The offers, numbered from 1, each with its terms, its last day and its reason."""
    return "\n".join(f"{place}. {_line(grant)}" for place, grant in enumerate(grants, start=1))


def _line(grant: Grant) -> str:
    offer = grant.offer
    reason = f": {grant.reason}" if grant.reason else ""
    yours = f" (yours, code {grant.code})" if grant.status is GrantStatus.APPLIED else ""
    return f"{offer.title}{terms(offer)}, until {day(offer.ends_at)}{reason}{yours}"


def terms(offer: Offer) -> str:
    """`, when you spend €50.00 or more`; empty when there is no smallest amount."""
    if not offer.min_spend_cents:
        return ""
    return f", when you spend {format_money(offer.min_spend_cents, offer.currency)} or more"


def buttons(grants: Sequence[Grant]) -> list[Button]:
    """Take, for the best ones that wait for an answer, and one to put something away."""
    waiting = [grant for grant in grants if grant.status is GrantStatus.ACTIVE]
    hide = [decline_button(waiting[0])] if len(waiting) == 1 else [_HIDE_ONE] if waiting else []
    return [*map(take_button, waiting[:_PRESSED]), *hide]


def take_button(grant: Grant) -> Button:
    """Gets the code."""
    return button(f"Take {_in_title(grant)}", "apply_offer", code=grant.offer.number)


def decline_button(grant: Grant) -> Button:
    """Puts the offer away."""
    return button(f"Hide {_in_title(grant)}", "decline_offer", code=grant.offer.number)


def _in_title(grant: Grant) -> str:
    # "Welcome: 10% off your first order" begins with what tells it apart, not with what it gives.
    return grant.offer.title.rpartition(": ")[2]


def voucher_lines(owned: Sequence[Voucher]) -> str:
    """Code, what is left of it, and until when."""
    return "\n".join(f"- {_voucher(voucher)}" for voucher in owned[:SHOWN])


def _voucher(voucher: Voucher) -> str:
    until = f", until {day(voucher.expires_at)}" if voucher.expires_at else ""
    return f"{voucher.code}: {format_money(voucher.remaining_cents, voucher.currency)}{until}"


def card(grants: Sequence[Grant]) -> dict[str, Any]:
    """The card of offers, in order."""
    return {"type": "offers", "offers": [_on_card(grant) for grant in grants]}


def _on_card(grant: Grant) -> dict[str, Any]:
    offer = grant.offer
    return {
        "number": offer.number,
        "title": offer.title,
        "description": offer.description,
        "reason": grant.reason,
        "status": grant.status.value,
        "code": grant.code,
        "ends_at": offer.ends_at.isoformat(),
    }


def shown_numbers(tracker: Tracker) -> list[str]:
    """The numbers of the offers that were listed last, in the order in which the customer saw them."""
    for event in reversed(tracker.events):
        custom = ((event.get("data") or {}).get("custom") or {}) if event.get("event") == "bot" else {}
        if custom.get("type") == "offers" and len(custom.get("offers") or []) > 1:
            return [str(offer["number"]) for offer in custom["offers"]]
    return []
