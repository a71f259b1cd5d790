"""POST /chat/typing and POST /chat/read: what a visitor does besides talking."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import Response

from channels.bodies import described, read_object, wrong
from channels.web.messages import NEWEST_ID, TheChat, TheVisitor
from crm_store import typing_marks
from crm_store.models import Author, Owner

router = APIRouter(prefix="/chat", tags=["web chat"])


@router.post("/typing", status_code=HTTPStatus.NO_CONTENT, summary="The visitor is typing")
async def typing(chat: TheChat, visitor: TheVisitor) -> Response:
    """Tell it to the agent. The bot does not want to know."""
    async with chat.service.store.reading() as session:
        conversation = await visitor.conversation(session)
    if conversation is not None and conversation.owner is Owner.AGENT:
        async with chat.service.store.unit() as session:
            await typing_marks.note_typing(session, conversation_id=conversation.id, author=Author.CUSTOMER)
        chat.service.live.wake(conversation.id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


_READ: Final = described("last_id", last_id="integer")


@router.post(
    "/read",
    status_code=HTTPStatus.NO_CONTENT,
    summary="The visitor has read the messages",
    openapi_extra=_READ,
)
async def read(request: Request, chat: TheChat, visitor: TheVisitor) -> Response:
    """Note that everything up to `last_id` has arrived."""
    last_id = (await read_object(request)).get("last_id")
    if type(last_id) is not int or not 0 <= last_id <= NEWEST_ID:
        raise wrong('"last_id" must be the id of a message.')
    async with chat.service.store.reading() as session:
        conversation = await visitor.conversation(session)
    if conversation is not None:
        chat.receipts.note(conversation.id, last_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)
