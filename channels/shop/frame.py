"""What every page of the demo shop has around it: who is there, the shelves, the bag, safe headers."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated, Any

from fastapi import Depends, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.exceptions import HTTPException
from starlette.responses import HTMLResponse

from channels import pages
from channels.errors import Refused
from channels.headers import WITH_SCRIPTS
from channels.service import Service, State
from channels.shop import visitor
from crm_store import carts, catalogue, customers, loyalty
from crm_store.errors import NotFound
from crm_store.loyalty import Statement
from crm_store.models import Customer, Tier

HEADERS = {
    "Content-Security-Policy": WITH_SCRIPTS,
    "Referrer-Policy": "same-origin",
    "X-Robots-Tag": "noindex",
}


@dataclass
class Visit:
    """One look at a page: the database as it is now, and the customer who is signed in."""

    request: Request
    session: AsyncSession
    customer: Customer | None
    statement: Statement | None

    @property
    def tier(self) -> Tier:
        """What the visitor's points are counted by; the lowest for a stranger."""
        return self.statement.tier if self.statement else Tier.FLEDGLING

    async def page(self, name: str, *, status: int = HTTPStatus.OK, **values: Any) -> HTMLResponse:
        """The template `shop/<name>`, with the frame."""
        return await self.show(f"shop/{name}", status=status, **values)

    async def show(self, name: str, *, status: int = HTTPStatus.OK, **values: Any) -> HTMLResponse:
        """Any template that extends `shop/base.html`, with what the frame shows."""
        response = pages.page(
            self.request,
            name,
            status=status,
            customer=self.customer,
            statement=self.statement,
            shelves=await catalogue.list_categories(self.session),
            bag_count=await self._bag_count(),
            here=self.request.url.path,
            **values,
        )
        response.headers.update(HEADERS)
        return response

    async def nothing_here(self) -> HTMLResponse:
        """Programs get the usual error, people a page that helps them on."""
        if "text/html" not in self.request.headers.get("accept", ""):
            raise HTTPException(HTTPStatus.NOT_FOUND)
        return await self.page("nothing.html", status=HTTPStatus.NOT_FOUND)

    async def _bag_count(self) -> int:
        if self.customer is None:
            return 0
        return sum(line.quantity for line in await carts.lines(self.session, customer_id=self.customer.id))


async def _visit(request: Request) -> AsyncIterator[Visit]:
    async with open_shop(request).store.reading() as session:
        number = visitor.signed_in_as(request)
        customer = await _customer(session, number) if number else None
        yield Visit(request, session, customer, await _statement(session, customer))


Visited = Annotated[Visit, Depends(_visit)]
"""The parameter of a page."""

visiting = asynccontextmanager(_visit)
"""The same for a page that is not always the shop's."""


def open_shop(request: Request) -> Service:
    """The service, once it has a database; before that, 503 and the browser comes again by itself."""
    service: Service = request.app.state.service
    if service.state is State.STARTING:
        again = {"Retry-After": "2", "Refresh": "2"}
        raise Refused(HTTPStatus.SERVICE_UNAVAILABLE, "starting", "The shop opens in a moment.", again)
    return service


async def _customer(session: AsyncSession, number: str) -> Customer | None:
    try:
        found = await customers.get_by_number(session, number=number)
    except NotFound:
        return None
    return None if found.erased_at else found


async def _statement(session: AsyncSession, customer: Customer | None) -> Statement | None:
    if customer is None:
        return None
    try:
        return await loyalty.statement(session, customer_id=customer.id)
    except NotFound:
        return None
