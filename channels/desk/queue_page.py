"""GET /desk: a queue as a page."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import HTMLResponse

from channels.desk import queue_view
from channels.desk.guard import BeforeAPage
from channels.desk.places import read_place, read_queue
from channels.desk.render import show
from channels.service import Service

router = APIRouter()


@router.get("")
async def queue_page(
    request: Request, who: BeforeAPage, queue: str = "open", after: str = ""
) -> HTMLResponse:
    """One page of the queue; the first one is live."""
    service: Service = request.app.state.service
    place = read_place(after)
    async with service.store.reading() as session:
        view = await queue_view.look_at(session, queue=read_queue(queue), agent_id=who.agent.id, after=place)
    return show(request, "queue.html", who=who, view=view, is_first=place is None)
