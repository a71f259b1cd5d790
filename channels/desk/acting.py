"""What agents do on a ticket's page: answer, note, take, settle, type."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import Final

from fastapi import APIRouter, Request
from starlette.responses import JSONResponse, RedirectResponse, Response

from channels.desk.guard import ADeed, Deed
from channels.desk.places import read_seen
from channels.errors import Refused, error_response
from channels.service import Service
from crm_store import tickets, typing_marks
from crm_store.conversations import MAX_TEXT
from crm_store.errors import NotAllowed, Stale
from crm_store.models import Author
from crm_store.tickets import Seen

router = APIRouter(prefix="/tickets/{number}")

_KEY: Final = re.compile(r"[A-Za-z0-9_-]{8,64}", re.ASCII)


@router.post("/reply")
async def reply(request: Request, number: str, deed: ADeed) -> Response:
    """Answer the customer, unless something was said that the agent has not seen."""
    service: Service = request.app.state.service
    text, key, seen = _text(deed), _key(deed), _seen(deed)
    try:
        async with service.store.unit() as session:
            message = await tickets.reply(
                session, number=number, agent_id=deed.who.agent.id, text=text, seen=seen, key=key
            )
            await typing_marks.stopped_typing(
                session, conversation_id=message.conversation_id, author=Author.AGENT
            )
    except (Stale, NotAllowed) as problem:
        return _not_sent(problem)
    service.live.wake(message.conversation_id)
    service.relay.wake()
    return _done(request, number, {"id": message.id})


@router.post("/note")
async def note(request: Request, number: str, deed: ADeed) -> Response:
    """Write down what the customer never sees."""
    service: Service = request.app.state.service
    text, key = _text(deed), _key(deed)
    async with service.store.unit() as session:
        event = await tickets.add_note(session, number=number, agent_id=deed.who.agent.id, text=text, key=key)
        ticket = await tickets.get_ticket(session, number=number)
    service.live.wake(ticket.conversation_id)
    return _done(request, number, {"id": event.id})


@router.post("/assign")
async def assign(request: Request, number: str, deed: ADeed) -> Response:
    """Take the ticket (`to=me`) or put it back (`to=nobody`). `was` is whose it was on the page."""
    service: Service = request.app.state.service
    me, was = deed.who.agent.id, deed.form.get("was", "")
    if deed.form.get("to") not in ("me", "nobody"):
        raise _wrong("A ticket can be taken or put back.")
    async with service.store.unit() as session:
        ticket = await tickets.assign(
            session,
            number=number,
            agent_id=me if deed.form["to"] == "me" else None,
            by=me,
            instead_of=int(was) if was.isdecimal() and len(was) < 18 else None,
        )
    service.live.wake(ticket.conversation_id)
    return _done(request, number, {"assignee": ticket.assignee_id})


@router.post("/resolve")
async def resolve(request: Request, number: str, deed: ADeed) -> Response:
    """Settle it: the customer is told, and the bot answers again."""
    service: Service = request.app.state.service
    text, seen = _text(deed), _seen(deed)
    try:
        async with service.store.unit() as session:
            ticket = await tickets.resolve(
                session, number=number, agent_id=deed.who.agent.id, text=text, seen=seen
            )
            await typing_marks.stopped_typing(
                session, conversation_id=ticket.conversation_id, author=Author.AGENT
            )
    except Stale as problem:
        return _not_sent(problem)
    service.live.wake(ticket.conversation_id)
    service.relay.wake()
    return _done(request, number, {"status": ticket.status.value})


@router.post("/typing")
async def typing(request: Request, number: str, deed: ADeed) -> Response:
    """The agent is typing; told every few seconds."""
    service: Service = request.app.state.service
    async with service.store.unit() as session:
        ticket = await tickets.get_ticket(session, number=number)
        await typing_marks.note_typing(
            session,
            conversation_id=ticket.conversation_id,
            author=Author.AGENT,
            name=deed.who.agent.name,
        )
    service.live.wake(ticket.conversation_id)
    return Response(status_code=HTTPStatus.NO_CONTENT)


def _text(deed: Deed) -> str:
    text = deed.form.get("text", "").replace("\r\n", "\n").strip()
    if not text:
        raise _wrong("There is nothing to send: write something first.")
    if len(text) > MAX_TEXT:
        raise _wrong(f"A message has {MAX_TEXT:,} characters at most; this one has {len(text):,}.")
    return text


def _key(deed: Deed) -> str | None:
    """The form's own id: sent twice it is one message."""
    key = deed.form.get("key", "")
    return key if _KEY.fullmatch(key) else None


def _seen(deed: Deed) -> Seen:
    found = read_seen(deed.form.get("seen", ""))
    if found is None:
        raise _wrong("The page did not say what you have seen. Reload it and try again.")
    return found[0]


def _not_sent(problem: Stale | NotAllowed) -> JSONResponse:
    if isinstance(problem, NotAllowed):
        return error_response(HTTPStatus.CONFLICT, problem.reason, problem.message)
    error = {"code": problem.code, "message": problem.message, "new": problem.new}
    return JSONResponse({"error": error}, HTTPStatus.CONFLICT)


def _wrong(sentence: str) -> Refused:
    return Refused(HTTPStatus.UNPROCESSABLE_ENTITY, "invalid", sentence)


def _done(request: Request, number: str, what: dict[str, object]) -> Response:
    """What came of it for a script; back to the page for a form that a browser sent by itself."""
    if "application/json" in request.headers.get("accept", ""):
        return JSONResponse(what)
    return RedirectResponse(f"/desk/tickets/{number}", HTTPStatus.SEE_OTHER)
