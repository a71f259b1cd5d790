"""What goes wrong at a door, in one shape: `{"error": {"code", "message"}}`. No internals.

Only people who look for a page that is not there get a page.
"""

from __future__ import annotations

import logging
from http import HTTPStatus
from typing import Final

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from channels.logs import described
from channels.pages import page
from crm_store.errors import StoreError

log = logging.getLogger(__name__)

SORRY: Final = "Something went wrong here. It is not your fault; please try again in a moment."
_STORE_STATUS: Final = {
    "not_found": HTTPStatus.NOT_FOUND,
    "not_allowed": HTTPStatus.FORBIDDEN,
    "too_many_codes": HTTPStatus.TOO_MANY_REQUESTS,
}
_PLAIN: Final = {
    HTTPStatus.NOT_FOUND: "There is nothing at this address.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not take that method.",
}


class Refused(Exception):
    """A door refuses a request: `status` for the protocol, `code` for programs, `message` for people."""

    def __init__(self, status: int, code: str, message: str, headers: dict[str, str] | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.code = code
        self.message = message
        self.headers = headers


def error_response(
    status: int, code: str, message: str, headers: dict[str, str] | None = None
) -> JSONResponse:
    """The one shape of an error."""
    return JSONResponse({"error": {"code": code, "message": message}}, status, headers=headers)


def install(app: FastAPI) -> None:
    """Let every error of `app` take the one shape."""
    app.exception_handler(Refused)(_refused)
    app.exception_handler(StoreError)(_store_error)
    app.exception_handler(RequestValidationError)(_invalid)
    app.exception_handler(HTTPException)(_http)
    app.add_middleware(LastResort)


async def _refused(request: Request, problem: Refused) -> JSONResponse:
    log.info("refused %s with %d %s", _path(request.scope), problem.status, problem.code)
    return error_response(problem.status, problem.code, problem.message, problem.headers)


async def _store_error(request: Request, problem: StoreError) -> JSONResponse:
    status = _STORE_STATUS.get(problem.code, HTTPStatus.CONFLICT)
    log.info("refused %s with %d %s", _path(request.scope), status, problem.code)
    return error_response(status, problem.code, problem.message)


async def _invalid(request: Request, problem: RequestValidationError) -> JSONResponse:
    places = (".".join(map(str, error["loc"][1:])) for error in problem.errors())
    fields = sorted({place or "body" for place in places})
    log.info("refused %s with 422 invalid", _path(request.scope))
    return error_response(
        HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", f"Please look at these fields again: {', '.join(fields)}."
    )


async def _http(request: Request, problem: HTTPException) -> Response:
    status = HTTPStatus(problem.status_code)
    if status is HTTPStatus.NOT_FOUND and "text/html" in request.headers.get("accept", ""):
        return page(request, "no_page.html", status=status)
    message = _PLAIN.get(status, status.description or status.phrase)
    return error_response(status, status.name.lower(), message, dict(problem.headers or {}))


def _path(scope: Scope) -> str:
    """The route, not the address: an address can hold an id."""
    route = scope.get("route")
    return str(getattr(route, "path", "an unknown address"))


class LastResort:
    """Whatever no handler knows: one log line without its message, and a 500 that tells nothing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the request; catch what falls out."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        began = False

        async def watch(message: Message) -> None:
            nonlocal began
            began = began or message["type"] == "http.response.start"
            await send(message)

        try:
            await self.app(scope, receive, watch)
        except Exception as problem:
            log.error("failed %s [%s]", _path(scope), described(problem))
            if began:
                raise ConnectionAbortedError("The answer broke off.") from None
            await error_response(HTTPStatus.INTERNAL_SERVER_ERROR, "internal", SORRY)(scope, receive, send)
