"""GET /account: what the signed-in customer has with the shop, and nobody else's."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter
from starlette.responses import RedirectResponse, Response

from actions.addresses.address import COUNTRIES, town
from actions.language.phrases import day
from actions.points.points_words import voucher_value
from channels.shop.frame import Visit, Visited
from channels.shop.order_cards import order_card
from channels.shop.return_cards import return_card
from crm_store import clock, loyalty, offers, orders, returns, vouchers
from crm_store.loyalty import Statement
from crm_store.models import Customer
from crm_store.money import format_money

router = APIRouter()

_ORDERS: Final = 8
_RETURNS: Final = 4
_ENTRIES: Final = 5


@router.get("/account")
async def account(visit: Visited) -> Response:
    """The page; a stranger is asked who they are."""
    if visit.customer is None:
        return RedirectResponse("/sign-in?back=/account", HTTPStatus.SEE_OTHER)
    mine, session = visit.customer.id, visit.session
    now = clock.now()
    placed = await orders.list_orders(session, customer_id=mine, limit=_ORDERS + 1)
    return await visit.page(
        "account.html",
        orders=[order_card(order, now) for order in placed[:_ORDERS]],
        more_orders=len(placed) > _ORDERS,
        returns=[
            return_card(one) for one in await returns.list_returns(session, customer_id=mine, limit=_RETURNS)
        ],
        address=_address(visit.customer),
        club=_club(visit.statement),
        entries=[
            {
                "day": day(entry.created_at),
                "points": f"{entry.points:+,}",
                "what": entry.note or entry.kind.value,
            }
            for entry in await loyalty.history(session, customer_id=mine, limit=_ENTRIES)
        ],
        offers=await _offers(visit, mine),
        vouchers=[
            {
                "code": voucher.code,
                "left": format_money(voucher.remaining_cents, voucher.currency),
                "until": day(voucher.expires_at) if voucher.expires_at else "",
            }
            for voucher in await vouchers.list_vouchers(session, customer_id=mine)
        ],
    )


def _address(customer: Customer) -> list[str]:
    """The lines of an envelope."""
    place = town(customer.postcode, customer.city, customer.country)
    country = COUNTRIES.get(customer.country, customer.country)
    return [line for line in (customer.name, customer.address_line, place, country) if line]


async def _offers(visit: Visit, customer_id: int) -> list[dict[str, str]]:
    return [
        {
            "title": grant.offer.title,
            "what": grant.offer.description,
            "why": grant.reason,
            "code": grant.code or "",
            "until": day(grant.offer.ends_at),
        }
        for grant in await offers.list_for(visit.session, customer_id=customer_id)
    ]


def _club(statement: Statement | None) -> dict[str, object] | None:
    if statement is None:
        return None
    goal = loyalty.TIERS[statement.next_tier] if statement.next_tier else statement.points_12_months
    expiry = statement.next_expiry
    return {
        "balance": f"{statement.balance:,}",
        "worth": voucher_value(statement.balance),
        "redeemable": statement.balance >= loyalty.REDEEM_STEP,
        "pending": statement.pending,
        "tier": statement.tier.value.capitalize(),
        "next": statement.next_tier.value.capitalize() if statement.next_tier else "",
        "missing": statement.points_to_next or 0,
        "earned": statement.points_12_months,
        "goal": max(goal, 1),
        "expiring": f"{expiry[0]:,}" if expiry else "",
        "expires": day(expiry[1]) if expiry else "",
    }
