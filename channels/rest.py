"""POST /webhooks/rest/webhook: talk to the bot over HTTP, in the format of Rasa's REST channel."""

from __future__ import annotations

import hashlib
from http import HTTPStatus
from typing import Any, Final

from fastapi import APIRouter, Depends, Request
from starlette.background import BackgroundTask
from starlette.responses import JSONResponse

from channels.answers import answer_to, note_read
from channels.bodies import id_field, read_object, text_field
from channels.errors import Refused
from channels.inbox import Inbound
from channels.service import Service, State
from channels.tokens import may_enter
from crm_store.models import Channel, Message

router = APIRouter(dependencies=[Depends(may_enter)])

ANSWER_WITHIN: Final = 25.0
"""Seconds after which the caller is told that the answer comes later."""

_BODY: Final = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["sender", "message"],
                    "properties": {
                        "sender": {"type": "string", "maxLength": 255},
                        "message": {"type": "string"},
                        "message_id": {"type": "string", "maxLength": 255},
                    },
                },
                "example": {"sender": "visitor-1", "message": "Where is my order?"},
            }
        },
    }
}


@router.post("/webhooks/rest/webhook", summary="Say something to the bot", openapi_extra=_BODY)
async def say(request: Request) -> JSONResponse:
    """Store the message, wait for its turn, and give what was said, as Rasa's REST channel does."""
    service: Service = request.app.state.service
    inbound = _parse(await read_object(request))
    if service.state is State.STARTING:
        raise Refused(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "starting",
            "Aftersale is just starting. Please try again in a moment.",
            {"Retry-After": "3"},
        )
    message = await service.inbox.receive(inbound)
    said = await answer_to(service.store, service.live, message, within=ANSWER_WITHIN)
    if said is None:
        raise Refused(
            HTTPStatus.GATEWAY_TIMEOUT,
            "answer_pending",
            "Your message is stored and will be answered. "
            "Send it again with the same message_id to get the answer.",
        )
    replies = [_as_rasa(inbound.address, reply) for reply in said]
    return JSONResponse(replies, background=BackgroundTask(note_read, service.store, said))


def _parse(body: dict[str, Any]) -> Inbound:
    sender = id_field(body, "sender")
    provider_id = None
    if body.get("message_id") is not None:
        provider_id = _scoped(sender, id_field(body, "message_id"))
    return Inbound(Channel.REST, sender, text_field(body, "message"), provider_id)


def _scoped(sender: str, message_id: str) -> str:
    """The message's id among all senders': two who count from 1 must not get each other's answers."""
    return hashlib.sha256(f"{len(sender)}:{sender}{message_id}".encode()).hexdigest()


def _as_rasa(recipient: str, message: Message) -> dict[str, Any]:
    reply: dict[str, Any] = {"recipient_id": recipient, "text": message.text}
    if message.buttons:
        reply["buttons"] = message.buttons
    if message.custom:
        reply["custom"] = message.custom
    return reply
