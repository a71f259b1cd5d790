"""Who is at the desk. Everything there needs a session; whatever changes something needs its token, too."""

from __future__ import annotations

import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus
from typing import Annotated
from urllib.parse import urlencode

from fastapi import Depends, Request
from starlette.exceptions import HTTPException

from channels.bodies import read_form
from channels.desk.cookies import token_of
from channels.desk.origin import csrf_token, foreign, refuse_foreign
from channels.errors import Refused
from channels.service import Service, State
from crm_store import agent_sessions
from crm_store.models import Agent

SIGN_IN = "/desk/sign-in"


@dataclass(frozen=True)
class SignedIn:
    """An agent at the desk."""

    agent: Agent
    token: str
    csrf: str


@dataclass(frozen=True)
class Deed:
    """Something an agent wants to be done: the fields of a form that surely is ours."""

    who: SignedIn
    form: Mapping[str, str]


async def session_of(request: Request, *, touch: bool = True) -> SignedIn | None:
    """Who sent the request; `touch`: they are there, not just a page of theirs."""
    service: Service = request.app.state.service
    if service.state is State.STARTING:
        raise Refused(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "starting",
            "Aftersale is just starting. Please try again in a moment.",
            {"Retry-After": "3"},
        )
    token = token_of(request)
    if not token:
        return None
    async with service.store.reading() as session:
        agent = await agent_sessions.agent_of(session, token=token)
        is_due = touch and agent is not None and await agent_sessions.is_due(session, token=token)
    if agent is None:
        return None
    if is_due:
        async with service.store.unit() as session:
            await agent_sessions.seen(session, token=token)
    return SignedIn(agent, token, csrf_token(service.settings, token))


async def _at_the_desk(request: Request) -> SignedIn:
    who = await session_of(request)
    if who is None:
        raise signed_out()
    return who


async def _before_a_page(request: Request) -> SignedIn:
    who = await session_of(request)
    if who is None:
        back = request.url.path + (f"?{request.url.query}" if request.url.query else "")
        raise HTTPException(
            HTTPStatus.SEE_OTHER, headers={"Location": f"{SIGN_IN}?{urlencode({'next': back})}"}
        )
    return who


async def _at_a_stream(request: Request) -> SignedIn:
    who = await session_of(request, touch=False)
    if who is None:
        raise signed_out()
    return who


async def _deed(request: Request) -> Deed:
    refuse_foreign(request)
    who = await _at_the_desk(request)
    form = await read_form(request)
    given = request.headers.get("x-csrf-token") or form.get("csrf", "")
    if not hmac.compare_digest(given.encode(), who.csrf.encode()):
        raise foreign()
    return Deed(who, form)


def signed_out() -> Refused:
    """401: no session, or no more."""
    return Refused(HTTPStatus.UNAUTHORIZED, "signed_out", "You are signed out. Sign in again to go on.")


AtTheDesk = Annotated[SignedIn, Depends(_at_the_desk)]
"""For what pages fetch: 401 without a session."""
BeforeAPage = Annotated[SignedIn, Depends(_before_a_page)]
"""For pages: without a session, to the sign-in and back."""
AtAStream = Annotated[SignedIn, Depends(_at_a_stream)]
"""For streams: a page that is merely open does not keep its session alive."""
ADeed = Annotated[Deed, Depends(_deed)]
"""For whatever changes something."""
