"""GET /mailbox and /mailbox.json: the mails of the demo. They hold codes: production has neither."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Final

from fastapi import APIRouter, Depends, Request
from fastapi.encoders import jsonable_encoder
from starlette.responses import HTMLResponse, JSONResponse

from channels.demo_only import demo_only
from channels.pages import page
from channels.service import Service, State
from crm_store import outbox
from crm_store.session import Store

router = APIRouter(dependencies=[Depends(demo_only)], include_in_schema=False)

NEWEST: Final = 50


@dataclass(frozen=True)
class Mail:
    """A mail as its reader sees it."""

    id: int
    to: str
    subject: str
    body: str
    state: str
    created_at: datetime


async def mails(store: Store) -> list[Mail]:
    """The newest mails, the newest first."""
    async with store.reading() as session:
        rows = await outbox.recent_mails(session, limit=NEWEST)
    return [
        Mail(
            id=row.id,
            to=row.address,
            subject=row.payload["subject"],
            body=row.payload["body"],
            state=row.state.value,
            created_at=row.created_at,
        )
        for row in rows
        if row.payload  # Empty once its reader was erased.
    ]


@router.get("/mailbox")
async def mailbox(request: Request) -> HTMLResponse:
    """The mails as a page."""
    return page(request, "mailbox.html", mails=await _mails_of(request))


@router.get("/mailbox.json")
async def mailbox_json(request: Request) -> JSONResponse:
    """The mails for tests and scripts."""
    found = [asdict(mail) for mail in await _mails_of(request)]
    return JSONResponse({"mails": jsonable_encoder(found)}, headers={"Cache-Control": "no-store"})


async def _mails_of(request: Request) -> list[Mail]:
    service: Service = request.app.state.service
    return [] if service.state is State.STARTING else await mails(service.store)
