"""GET /desk/tickets/{number}: the queue, the thread and the customer side by side."""

from __future__ import annotations

import secrets

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse, JSONResponse

from channels.desk import queue_view
from channels.desk.guard import AtTheDesk, BeforeAPage
from channels.desk.places import read_queue, write_seen
from channels.desk.render import show, stamp
from channels.desk.ticket_view import TicketView
from channels.service import Service
from crm_store import tickets
from crm_store.errors import NotFound

router = APIRouter()

SETTLED = (
    "I have settled this for you, and our assistant answers here again. If anything is left, just write."
)
"""What the customer is told at the end, unless the agent finds better words."""


@router.get("/tickets/{number}")
async def ticket_page(request: Request, number: str, who: BeforeAPage, queue: str = "open") -> HTMLResponse:
    """The page."""
    service: Service = request.app.state.service
    async with service.store.reading() as session:
        beside = await queue_view.look_at(session, queue=read_queue(queue), agent_id=who.agent.id)
        try:
            view = await TicketView.open(session, number=number, me=who.agent.id, csrf=who.csrf)
        except NotFound:
            return show(request, "no_ticket.html", status=404, who=who, view=beside, number=number[:32])
        # First the place, then the lines: what is said in between is shown twice at worst, never missed.
        seen = await tickets.place(session, conversation_ids=view.threads)
        thread = await view.newest()
        aside = await view.aside()
    last_event = view.ticket.events[-1].id if view.ticket.events else 0
    return show(
        request,
        "ticket.html",
        who=who,
        view=beside,
        ticket=view.ticket,
        head=view.head,
        aside=aside,
        thread=thread,
        seen=write_seen(seen, last_event),
        head_stamp=stamp(view.head.html),
        aside_stamp=stamp(aside),
        key=secrets.token_urlsafe(12),
        settled=SETTLED,
    )


@router.get("/tickets/{number}/earlier")
async def earlier(request: Request, number: str, before: int, who: AtTheDesk) -> JSONResponse:
    """The lines before a message, as a piece of the page, and the message to go on from."""
    service: Service = request.app.state.service
    async with service.store.reading() as session:
        view = await TicketView.open(session, number=number, me=who.agent.id, csrf=who.csrf)
        page = await view.before(before)
    return JSONResponse({"html": "".join(line.html for line in page.lines), "before": page.before})
