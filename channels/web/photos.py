"""POST /chat/photos and GET /chat/photos/{key}: the photos of a conversation."""

from __future__ import annotations

from http import HTTPStatus
from typing import Annotated, Final

from fastapi import APIRouter, Query, Request
from starlette.responses import JSONResponse, Response

from channels.bodies import id_field, read_bytes
from channels.inbox import Inbound
from channels.pictures import redrawn
from channels.web.messages import TheChat, TheVisitor, scoped
from crm_store import photos
from crm_store.errors import NotFound
from crm_store.models import Channel

router = APIRouter(prefix="/chat/photos", tags=["web chat"])

MAX_BYTES: Final = 8 * 1024 * 1024

_BODY: Final = {"requestBody": {"required": True, "content": {"image/*": {"schema": {"format": "binary"}}}}}


@router.post("", status_code=HTTPStatus.ACCEPTED, summary="Send a photo", openapi_extra=_BODY)
async def send(
    request: Request,
    chat: TheChat,
    visitor: TheVisitor,
    id: Annotated[str, Query(description="The browser's own id of the message.")],
    text: Annotated[str, Query(description="What the visitor writes under it.")] = "",
) -> JSONResponse:
    """Look into it, draw it anew, and store it as a message. The same `id` again is the same message."""
    await chat.limits.photo(request, visitor)
    client_id = id_field({"id": id}, "id")
    picture = await redrawn(await read_bytes(request, MAX_BYTES))
    inbound = Inbound(
        Channel.WEB,
        visitor.address,
        text.strip(),
        scoped(visitor, client_id),
        {"client_id": client_id},
        picture,
    )
    message = await chat.service.inbox.receive(inbound)
    [key] = (message.custom or {}).get("photos") or [None]
    return JSONResponse({"id": message.id, "photo": key}, HTTPStatus.ACCEPTED)


@router.get("/{key}", summary="A photo of the visitor's own conversation")
async def show(key: str, chat: TheChat, visitor: TheVisitor) -> Response:
    """The picture."""
    async with chat.service.store.reading() as session:
        conversation = await visitor.conversation(session)
        if conversation is None:
            raise NotFound("There is no such photo.")
        photo = await photos.get_photo(session, conversation_id=conversation.id, key=key)
    return Response(
        photo.content,
        media_type=photo.media_type,
        headers={"Content-Disposition": "inline", "Cache-Control": "private, max-age=3600"},
    )
