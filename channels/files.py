"""GET /files/{kind}/{token}: a customer's own file behind a signed link that expires."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from actions.links import BadLink, FileLink, LinkExpired, Purpose, read
from channels.errors import Refused
from channels.exports import copy_of
from channels.invoice_pdf import draw
from channels.pages import page
from channels.service import Service
from channels.settings import Settings
from crm_store import clock
from crm_store.errors import NotAllowed, NotFound
from crm_store.invoices import get_invoice
from crm_store.session import Store

router = APIRouter(prefix="/files", include_in_schema=False)

_EXPIRED: Final = "This link has expired. Ask for a new one in the conversation."
_NO_FILE: Final = "There is no file at this link."


@dataclass(frozen=True, slots=True)
class File:
    """What the customer gets."""

    name: str
    media_type: str
    content: bytes
    inline: bool = True
    """Shown by the browser; otherwise saved."""


Make = Callable[[Store, FileLink, Settings], Awaitable[File]]
"""Makes the file of a link. Raises NotFound or NotAllowed when there is none."""


async def invoice_file(store: Store, link: FileLink, settings: Settings) -> File:
    """The invoice of the customer's order, as it stands now."""
    async with store.reading() as session:
        invoice = await get_invoice(
            session, customer_id=link.customer_id, number=link.subject, vat_percent=settings.vat_percent
        )
    content = await asyncio.to_thread(draw, invoice, settings)
    return File(f"invoice-{_plain(invoice.order.number)}.pdf", "application/pdf", content)


async def export_file(store: Store, link: FileLink, settings: Settings) -> File:
    """The copy of the customer's data, as they stand now; that it was fetched is audited."""
    content = await copy_of(store, customer_id=link.customer_id)
    return File(f"my-data-{clock.now():%Y-%m-%d}.zip", "application/zip", content, inline=False)


def _plain(text: str) -> str:
    """Letters, digits and dashes: an imported order's number may hold anything."""
    return re.sub(r"[^A-Za-z0-9-]+", "-", text)


MAKERS: Final[dict[Purpose, Make]] = {Purpose.INVOICE: invoice_file, Purpose.EXPORT: export_file}
"""Who makes the files of which purpose."""


@router.get("/{kind}/{token}")
async def file(request: Request, kind: str, token: str) -> Response:
    """The file that the link was signed for; people in a browser get a page when it cannot be."""
    try:
        found = await _find(request, kind, token)
    except Refused as refusal:
        if "text/html" not in request.headers.get("accept", ""):
            raise
        return page(request, "no_file.html", status=refusal.status, sentence=refusal.message)
    kind_of_show = "inline" if found.inline else "attachment"
    headers = {
        "Content-Disposition": f'{kind_of_show}; filename="{found.name}"',
        "Cache-Control": "private, no-store",
        "X-Robots-Tag": "noindex",
    }
    return Response(found.content, media_type=found.media_type, headers=headers)


async def _find(request: Request, kind: str, token: str) -> File:
    service: Service = request.app.state.service
    make = MAKERS.get(Purpose(kind)) if kind in list(Purpose) else None
    if make is None:
        raise Refused(HTTPStatus.NOT_FOUND, "no_file", _NO_FILE)
    try:
        link = read(service.settings.secret_key.encode(), token, purpose=Purpose(kind))
        return await make(service.store, link, service.settings)
    except LinkExpired:
        raise Refused(HTTPStatus.GONE, "link_expired", _EXPIRED) from None
    except (BadLink, NotFound, NotAllowed):
        raise Refused(HTTPStatus.NOT_FOUND, "no_file", _NO_FILE) from None
