"""POST and GET /chat/messages: what a visitor says, and what was said, for browsers that cannot stream."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends, Query, Request
from starlette.responses import JSONResponse

from channels.bodies import described, id_field, read_object, text_field, wrong
from channels.inbox import Inbound
from channels.web.chat import Chat, open_chat
from channels.web.visitors import Visitor, the_visitor
from channels.web.wire import PAGE, Standing, as_json, standing_of
from crm_store import conversations
from crm_store.models import Channel

router = APIRouter(prefix="/chat", tags=["web chat"])

MAX_PAYLOAD: Final = 2_000
NEWEST_ID: Final = 2**63 - 1
"""No message has a greater id."""

TheChat = Annotated[Chat, Depends(open_chat)]
TheVisitor = Annotated[Visitor, Depends(the_visitor)]
After = Annotated[int, Query(ge=0, le=NEWEST_ID, description="The id of the last message the browser has.")]


_BODY: Final = described("text", "id", text="string", id="string", payload="string")


@router.post(
    "/messages",
    status_code=HTTPStatus.ACCEPTED,
    summary="Say something, or press a button",
    openapi_extra=_BODY,
)
async def say(request: Request, chat: TheChat, visitor: TheVisitor) -> JSONResponse:
    """Store it. The answer comes over the stream; the same `id` again is the same message."""
    await chat.limits.message(request, visitor)
    body = await read_object(request)
    client_id = id_field(body, "id")
    custom = {"client_id": client_id}
    if body.get("payload") is not None:
        custom["payload"] = _payload(body["payload"])
    inbound = Inbound(
        Channel.WEB, visitor.address, text_field(body, "text"), scoped(visitor, client_id), custom
    )
    message = await chat.service.inbox.receive(inbound)
    return JSONResponse({"id": message.id}, HTTPStatus.ACCEPTED)


@router.get("/messages", summary="What was said after a message")
async def newer(chat: TheChat, visitor: TheVisitor, after: After = 0) -> JSONResponse:
    """The next messages, and who answers. That the browser asks for these says that it has those before."""
    async with chat.service.store.reading() as session:
        conversation = await visitor.conversation(session)
        if conversation is None:
            return JSONResponse({"messages": [], "last_id": after, **Standing().as_json()})
        said = await conversations.messages_after(
            session, conversation_id=conversation.id, last_id=after, limit=PAGE
        )
        answer = {
            "messages": await as_json(session, said),
            "last_id": said[-1].id if said else after,
            **(await standing_of(session, conversation.id)).as_json(),
        }
    if said:
        chat.receipts.note(conversation.id, said[-1].id)
    return JSONResponse(answer)


def scoped(visitor: Visitor, client_id: str) -> str:
    """The message's id among all visitors': two whose browsers count alike must not share a message."""
    whose = visitor.began_as or visitor.address
    return hashlib.sha256(f"{len(whose)}:{whose}{client_id}".encode()).hexdigest()


def _payload(value: Any) -> str:
    if not isinstance(value, str) or not value.startswith("/") or len(value) > MAX_PAYLOAD:
        raise wrong(f'"payload" must be the payload of a button, at most {MAX_PAYLOAD} characters.')
    return value
