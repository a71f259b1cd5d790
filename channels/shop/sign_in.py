"""Signing in as a demo customer with one click, signing out, and the token by which the chat knows them."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form, Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse

from channels import demo
from channels.errors import Refused
from channels.shop import visitor
from channels.shop.frame import Visited, open_shop
from channels.web.identity import issue

router = APIRouter()

_OUR_PATH: Final = re.compile(r"/(?:[A-Za-z0-9_-]+(?:/[A-Za-z0-9_-]+)*)?")
"""Where one may be led back to: a plain path of this server, so never another one."""


@router.get("/sign-in")
async def choose(visit: Visited, back: str = "/account") -> HTMLResponse:
    """Everybody one can be, with what there is to try."""
    people = await demo.sign_ins(open_shop(visit.request).store)
    return await visit.page("sign_in.html", people=people, back=_safe(back))


@router.post("/shop/sign-in", dependencies=[Depends(visitor.from_our_pages)])
async def sign_in(
    request: Request, customer: Annotated[str, Form(max_length=32)], back: Annotated[str, Form()] = "/account"
) -> RedirectResponse:
    """Be this demo customer from now on; nobody but those of the list."""
    people = await demo.sign_ins(open_shop(request).store)
    if customer not in {person.number for person in people}:
        raise Refused(HTTPStatus.NOT_FOUND, "not_found", "There is no such demo customer.")
    response = RedirectResponse(_safe(back), HTTPStatus.SEE_OTHER)
    visitor.sign_in(response, request.app.state.settings, customer)
    return response


@router.post("/shop/sign-out", dependencies=[Depends(visitor.from_our_pages)])
async def sign_out() -> RedirectResponse:
    """Be a stranger again."""
    response = RedirectResponse("/", HTTPStatus.SEE_OTHER)
    visitor.sign_out(response)
    return response


@router.get("/shop/identity")
async def identity(visit: Visited) -> JSONResponse:
    """`{"token"}` for the chat: who the shop says is there; null for a stranger."""
    settings = visit.request.app.state.settings
    token = issue(settings, visit.customer.number) if visit.customer else None
    return JSONResponse({"token": token}, headers={"Cache-Control": "no-store"})


def _safe(back: str) -> str:
    return back if _OUR_PATH.fullmatch(back) else "/account"
