"""POST /model/parse: what a text means, in Rasa's format."""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import JSONResponse

from channels.bodies import read_object, text_field
from channels.errors import Refused
from channels.service import Service
from channels.tokens import may_enter
from crm_store.conversations import clean_text

router = APIRouter(dependencies=[Depends(may_enter)])

_BODY: Final = {
    "requestBody": {
        "required": True,
        "content": {
            "application/json": {
                "schema": {
                    "type": "object",
                    "required": ["text"],
                    "properties": {"text": {"type": "string"}},
                },
                "example": {"text": "where is my order A-10042"},
            }
        },
    }
}


@router.post("/model/parse", summary="Understand a text", openapi_extra=_BODY)
async def parse(request: Request) -> JSONResponse:
    """Intent, ranking and entities. Nothing is stored and nobody is answered."""
    service: Service = request.app.state.service
    text = text_field(await read_object(request), "text")
    if service.dialogue is None:
        raise Refused(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "no_model",
            "No dialogue model is loaded yet. Please try again in a moment.",
            {"Retry-After": "3"},
        )
    return JSONResponse(await service.dialogue.parse(clean_text(text)))
