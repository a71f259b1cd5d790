"""Where a claim stands."""

from __future__ import annotations

from typing import Any, Final

from rasa_sdk.executor import CollectingDispatcher

from actions.language.phrases import HUMAN, button, day
from actions.orders.parcel_words import goods
from actions.turn import Turn
from crm_store import claims
from crm_store.delivery import Goods
from crm_store.models import Claim, ClaimKind, Remedy, TicketStatus
from crm_store.money import format_money

KINDS: Final = {
    ClaimKind.MISSING_PARCEL: "a parcel that didn't arrive",
    ClaimKind.MISSING_ITEM: "something missing from a parcel",
    ClaimKind.DAMAGED: "something that arrived damaged",
    ClaimKind.WRONG_ITEM: "something that wasn't what was ordered",
}
"""Each kind in words."""


async def tell_newest(turn: Turn, customer_id: int, say: CollectingDispatcher) -> bool:
    """Tell the customer's newest claim; False when there is none."""
    newest = await claims.list_claims(turn.session, customer_id=customer_id, limit=1)
    for claim in newest:
        tell_claim(claim, say)
    return bool(newest)


def tell_claim(claim: Claim, say: CollectingDispatcher) -> None:
    """Say what was done about it, and what happens next."""
    order = claim.order.number
    steps = {
        Remedy.RESEND: [button("Where is the new one?", "track_order", order_number=_replacement(claim))],
        Remedy.REFUND: [button("Refund status", "track_refund", order_number=order)],
        Remedy.TICKET: [],
    }
    over = claim.ticket is not None and claim.ticket.status is TicketStatus.RESOLVED
    say.utter_message(
        response=f"utter_claim_state_{claim.remedy.value}{'_over' if over else ''}",
        number=claim.number,
        order=order,
        what=goods_of(claim),
        date=day(claim.created_at),
        replacement=_replacement(claim),
        amount=amount(claim),
        ticket=claim.ticket.number if claim.ticket else "",
        buttons=[*steps[claim.remedy], HUMAN],
        json_message=card(claim),
    )


def goods_of(claim: Claim) -> str:
    """What it is about: `2 × Puffin Enamel Mug, red`."""
    lines = [item.order_item for item in claim.items]
    return goods(
        Goods(line.line_no, line.title, item.quantity) for line, item in zip(lines, claim.items, strict=True)
    )


def amount(claim: Claim) -> str:
    """What is paid back; empty where nothing is."""
    return format_money(claim.refund.amount_cents, claim.refund.currency) if claim.refund else ""


def card(claim: Claim) -> dict[str, Any]:
    """The claim for a door that can draw it."""
    return {
        "type": "claim",
        "number": claim.number,
        "order": claim.order.number,
        "kind": claim.kind.value,
        "remedy": claim.remedy.value,
        "items": [{"title": i.order_item.title, "quantity": i.quantity} for i in claim.items],
        "replacement": _replacement(claim) or None,
        "amount": amount(claim) or None,
        "photos": len(claim.photos),
        "created_at": claim.created_at.isoformat(),
    }


def _replacement(claim: Claim) -> str:
    return claim.replacement.number if claim.replacement else ""
