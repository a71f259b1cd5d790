"""GET /bag, and putting things in and out of it. Nothing can be bought: the demo shop has no till."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import RedirectResponse, Response

from channels.errors import Refused
from channels.shop import visitor
from channels.shop.frame import Visited, open_shop
from channels.shop.wares import address, picture
from crm_store import carts, catalogue, customers
from crm_store.money import format_money
from crm_store.texts import storable

router = APIRouter()

Sku = Annotated[str, Form(max_length=64)]


@router.get("/bag")
async def bag(visit: Visited) -> Response:
    """What the signed-in customer put aside."""
    if visit.customer is None:
        return RedirectResponse("/sign-in?back=/bag", HTTPStatus.SEE_OTHER)
    lines = await carts.lines(visit.session, customer_id=visit.customer.id)
    shown = [
        {
            "sku": line.variant.sku,
            "name": line.variant.product.name,
            "url": address(line.variant.product, line.variant.color),
            "kind": ", ".join(
                part for part in (line.variant.color, line.variant.size) if part not in ("", "one-size")
            ),
            "quantity": line.quantity,
            "picture": picture(line.variant.product, line.variant.color),
            "price": format_money(line.price_cents, line.variant.product.currency),
        }
        for line in lines
    ]
    currency = lines[0].variant.product.currency if lines else "EUR"
    return await visit.page(
        "bag.html", lines=shown, total=format_money(sum(line.price_cents for line in lines), currency)
    )


@router.post("/shop/bag", dependencies=[Depends(visitor.from_our_pages)])
async def put_in(request: Request, sku: Sku) -> RedirectResponse:
    """One more of it; back to the product."""
    async with open_shop(request).store.unit() as session:
        variant = await catalogue.get_variant(session, sku=storable(sku))
        customer = await customers.get_by_number(session, number=_signed_in(request))
        await carts.put(session, customer_id=customer.id, variant_id=variant.id)
        page = address(variant.product, variant.color)
    return RedirectResponse(f"{page}{'&' if '?' in page else '?'}added=1", HTTPStatus.SEE_OTHER)


@router.post("/shop/bag/remove", dependencies=[Depends(visitor.from_our_pages)])
async def take_out(request: Request, sku: Sku) -> RedirectResponse:
    """None of it any more."""
    async with open_shop(request).store.unit() as session:
        variant = await catalogue.get_variant(session, sku=storable(sku))
        customer = await customers.get_by_number(session, number=_signed_in(request))
        await carts.remove(session, customer_id=customer.id, variant_id=variant.id)
    return RedirectResponse("/bag", HTTPStatus.SEE_OTHER)


def _signed_in(request: Request) -> str:
    number = visitor.signed_in_as(request)
    if number is None:
        raise Refused(HTTPStatus.UNAUTHORIZED, "signed_out", "Please sign in first: a stranger has no bag.")
    return number
