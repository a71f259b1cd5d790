"""Reading what a request carries, within limits, whatever it is."""

from __future__ import annotations

import json
from http import HTTPStatus
from typing import Any, Final
from urllib.parse import parse_qsl

from fastapi import Request
from starlette.requests import ClientDisconnect

from channels.errors import Refused
from crm_store.texts import storable

MAX_BODY: Final = 64 * 1024
"""Bytes of a body that a door for machines takes."""
MAX_FORM: Final = 256 * 1024
"""Bytes of a form: the longest message, every character of it percent-encoded, fits."""
_MOST_FIELDS: Final = 50
MAX_SENDER: Final = 255


async def read_object(request: Request) -> dict[str, Any]:
    """The JSON object in the body; refuses one that is too big (413), not JSON (400) or no object (422)."""
    try:
        value = json.loads(await read_bytes(request, MAX_BODY))
    except (ValueError, RecursionError, ClientDisconnect):
        raise Refused(HTTPStatus.BAD_REQUEST, "not_json", "The body must be JSON.") from None
    if not isinstance(value, dict):
        raise wrong("The body must be a JSON object.")
    return value


async def read_bytes(request: Request, most: int) -> bytes:
    """The body; refuses one of more than `most` bytes (413) as soon as it has read so many."""
    body = bytearray()
    if _announced(request) <= most:
        async for chunk in request.stream():
            body += chunk
            if len(body) > most:
                break
        else:
            return bytes(body)
    size = f"{most // 1024} kB" if most < 1024 * 1024 else f"{most // (1024 * 1024)} MB"
    raise Refused(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_big", f"The body may have {size} at most.")


def _announced(request: Request) -> int:
    length = request.headers.get("content-length", "")
    return int(length) if length.isascii() and length.isdecimal() else 0


def described(*required: str, **fields: str) -> dict[str, Any]:
    """A body of text and number fields for the description of the API: names and their JSON types."""
    properties = {name: {"type": kind} for name, kind in fields.items()}
    schema = {"type": "object", "required": list(required), "properties": properties}
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a URL-encoded form, the last one of each name; refuses too big ones (413)."""
    try:
        body = (await read_bytes(request, MAX_FORM)).decode("utf-8", "replace")
        return dict(parse_qsl(body, keep_blank_values=True, max_num_fields=_MOST_FIELDS))
    except (ValueError, ClientDisconnect):
        raise Refused(HTTPStatus.BAD_REQUEST, "not_a_form", "The body must be a form.") from None


def text_field(value: dict[str, Any], name: str) -> str:
    """What a person said, in the field `name`, with at least one visible character."""
    text = value.get(name)
    if not isinstance(text, str) or not text.strip():
        raise wrong(f'"{name}" must be a text with something in it: what the customer wrote.')
    return text


def id_field(value: dict[str, Any], name: str) -> str:
    """An id of 1 to 255 characters in the field `name`."""
    text = value.get(name)
    if not isinstance(text, str) or not text.strip() or len(text) > MAX_SENDER:
        raise wrong(f'"{name}" must be a text of 1 to {MAX_SENDER} characters.')
    if text != storable(text):
        # Cleaning it would make one id of two.
        raise wrong(f'"{name}" has characters that cannot be stored.')
    return text


def wrong(message: str) -> Refused:
    """The refusal of a field; `message` names it and says what it must be."""
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", message)
