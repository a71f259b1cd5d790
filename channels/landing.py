"""GET /demo: behind the counter. What is running here, and how to talk to it. In the demo only."""

from __future__ import annotations

from typing import Final

from fastapi import APIRouter, Depends, Request
from starlette.responses import HTMLResponse

from channels import demo
from channels.demo_only import demo_only
from channels.pages import page
from channels.service import Service, State

router = APIRouter(dependencies=[Depends(demo_only)], include_in_schema=False)

_IN_WORDS: Final = {
    State.STARTING: "Starting: the database is being made ready",
    State.LOADING: "Starting: the dialogue model is loading",
    State.READY: "Running",
    State.NO_MODEL: "No dialogue model: every message goes to a human. Run “aftersale train” and start again",
}


@router.get("/demo")
async def landing(request: Request) -> HTMLResponse:
    """The page."""
    service: Service = request.app.state.service
    starting = service.state is State.STARTING
    return page(
        request,
        "landing.html",
        address=service.settings.address,
        state=service.state.value,
        state_text=_IN_WORDS[service.state],
        sign_ins=[] if starting else await demo.sign_ins(service.store),
    )
