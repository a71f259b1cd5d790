"""GET /desk/photos/{key}: a customer's photo."""

from __future__ import annotations

from fastapi import APIRouter, Request
from starlette.responses import Response

from channels.desk.guard import AtTheDesk
from channels.service import Service
from crm_store import photos

router = APIRouter()


@router.get("/photos/{key}")
async def photo(request: Request, key: str, who: AtTheDesk) -> Response:
    """The picture, as we drew it anew."""
    service: Service = request.app.state.service
    async with service.store.reading() as session:
        found = await photos.get_for_agent(session, key=key)
    headers = {"Content-Disposition": "inline", "Cache-Control": "private, max-age=3600"}
    return Response(found.content, media_type=found.media_type, headers=headers)
