"""GET and POST /desk/sign-in, POST /desk/sign-out."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import RedirectResponse, Response

from channels import demo_agents, passwords
from channels.bodies import read_form
from channels.desk import cookies
from channels.desk.guard import ADeed, session_of
from channels.desk.origin import refuse_foreign
from channels.desk.render import show
from channels.desk.throttle import SignInThrottle
from channels.errors import Refused
from channels.service import Service
from crm_store import agent_sessions, agents
from crm_store.models import Agent

router = APIRouter()

HOME: Final = "/desk"
WRONG: Final = "That is not the right e-mail address and password. Please look again, and try once more."
_OWN: Final = re.compile(r"/desk(?:[/?][\x21-\x5b\x5d-\x7e]*)?")
"""Our own pages only: no other host, no backslash, nothing a browser would read as one."""


@router.get("/sign-in")
async def sign_in_page(request: Request, next: str = HOME) -> Response:
    """The page; whoever is signed in goes on."""
    if await session_of(request) is not None:
        return RedirectResponse(_safe(next), HTTPStatus.SEE_OTHER)
    return _page(request, next)


@router.post("/sign-in")
async def sign_in(request: Request) -> Response:
    """Begin a session. It is always a new one, whatever cookie the browser brought."""
    refuse_foreign(request)
    service: Service = request.app.state.service
    form = await read_form(request)
    email, password, back = form.get("email", ""), form.get("password", ""), form.get("next", HOME)
    before = await session_of(request)
    try:
        agent = await _checked(request, email, password)
    except Refused as refusal:
        return _page(request, back, email=email, problem=refusal)
    async with service.store.unit() as session:
        if before is not None:
            await agent_sessions.end(session, token=before.token)
        if passwords.is_outdated(agent.password_hash):
            await agents.set_password(session, agent_id=agent.id, password_hash=passwords.hashed(password))
        token = await agent_sessions.begin(session, agent_id=agent.id)
    response = RedirectResponse(_safe(back), HTTPStatus.SEE_OTHER)
    cookies.keep(response, service.settings, token)
    return response


@router.post("/sign-out")
async def sign_out(request: Request, deed: ADeed) -> Response:
    """End the session."""
    service: Service = request.app.state.service
    async with service.store.unit() as session:
        await agent_sessions.end(session, token=deed.who.token)
    response = RedirectResponse("/desk/sign-in", HTTPStatus.SEE_OTHER)
    cookies.drop(response, service.settings)
    return response


async def _checked(request: Request, email: str, password: str) -> Agent:
    """The agent whose password this is. Whatever else is the matter, the refusal sounds the same."""
    service: Service = request.app.state.service
    throttle: SignInThrottle = request.app.state.sign_ins
    account = email.strip().lower()[:320]
    await throttle.count(account=account, address=request.client.host if request.client else "")
    async with service.store.reading() as session:
        agent = await agents.get_by_email(session, email=account)
    right = await passwords.is_right(agent.password_hash if agent else None, password)
    everybodys = password == demo_agents.PASSWORD and not service.settings.is_demo
    if agent is None or not right or agent.disabled_at is not None or everybodys:
        raise Refused(HTTPStatus.UNAUTHORIZED, "wrong", WRONG)
    await throttle.forgive(account=account)
    return agent


def _safe(target: str) -> str:
    return target if _OWN.fullmatch(target) else HOME


def _page(request: Request, back: str, *, email: str = "", problem: Refused | None = None) -> Response:
    settings = request.app.state.settings
    response = show(
        request,
        "sign_in.html",
        status=problem.status if problem else HTTPStatus.OK,
        back=_safe(back),
        email=email[:320],
        problem=problem.message if problem else "",
        people=demo_agents.PEOPLE if settings.is_demo else (),
        demo_password=demo_agents.PASSWORD if settings.is_demo else "",
    )
    response.headers.update((problem.headers if problem else None) or {})
    return response
