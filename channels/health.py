"""GET /healthz: whether this process can answer customers now."""

from __future__ import annotations

from http import HTTPStatus

from fastapi import APIRouter, Request
from sqlalchemy import make_url
from starlette.responses import JSONResponse

from channels import database
from channels.service import Service, State

router = APIRouter()


@router.get("/healthz", summary="Whether this process can answer customers now")
async def healthz(request: Request) -> JSONResponse:
    """200 when the model is loaded and the database answers; 503 otherwise."""
    service: Service = request.app.state.service
    if service.state in (State.STARTING, State.LOADING):
        return JSONResponse({"status": "starting"}, HTTPStatus.SERVICE_UNAVAILABLE)
    well = await database.answers(service.store)
    kind = make_url(service.settings.database_url).get_backend_name()
    report = {
        "status": "ok" if well and service.dialogue else "failing",
        "model": service.dialogue.model_name if service.dialogue else "missing",
        "database": kind if well else "unreachable",
    }
    status = HTTPStatus.OK if report["status"] == "ok" else HTTPStatus.SERVICE_UNAVAILABLE
    return JSONResponse(report, status)
