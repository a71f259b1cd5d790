"""POST /chat/session: who the visitor is now, and what was said so far."""

from __future__ import annotations

from typing import Any, Final

from fastapi import APIRouter, Request
from sqlalchemy.ext.asyncio import AsyncSession
from starlette.responses import JSONResponse

from actions.proactive import greet_proactively
from channels.bodies import described, read_object
from channels.service import Service
from channels.settings import Settings
from channels.web.chat import Chat, open_chat
from channels.web.identity import customer_of
from channels.web.visitors import Visitor, visitor_of
from channels.web.wire import PAGE, Standing, as_json, standing_of
from crm_store import contact_points, conversations
from crm_store.errors import Conflict
from crm_store.models import Channel, ContactPoint, Conversation, Customer, Level, Message

router = APIRouter(prefix="/chat", tags=["web chat"])


_BODY: Final = described(token="string", identity="string")  # noqa: S106  (a type)


@router.post("/session", summary="Begin or continue a visitor's chat", openapi_extra=_BODY)
async def session(request: Request) -> JSONResponse:
    """Continue the chat of the visitor token, or begin a new one; with the shop's word on who it is."""
    chat: Chat = open_chat(request)
    await chat.limits.session(request)
    body = await read_object(request)
    visitor = visitor_of(chat.settings, body.get("token"))
    visitor = await _now(chat.service, visitor, body.get("identity"))
    proactive = await _worth_saying(chat.service, visitor)
    return JSONResponse(
        {"token": visitor.token(chat.settings), **await _so_far(chat.service, visitor, proactive)}
    )


async def _now(service: Service, visitor: Visitor | None, identity: Any) -> Visitor:
    """The visitor from now on.

    Who was known by the shop's word, and comes without it, has signed out there: the next one at this browser
    may be somebody else.
    """
    if identity is None:
        return Visitor.new() if visitor is None or visitor.signed_in else visitor
    async with service.store.unit() as session:
        person = await customer_of(session, service.settings, identity)
        return await _signed_in(session, service.settings, visitor, person)


async def _signed_in(
    session: AsyncSession, settings: Settings, visitor: Visitor | None, person: Customer
) -> Visitor:
    """The visitor as this customer; a new one when they are known to be somebody else."""
    known = visitor or Visitor.new(signed_in=True)
    if not known.signed_in:
        before, known = known, known.as_customer(settings, person.number)
        await contact_points.move(
            session, channel=Channel.WEB, address=before.address, to=known.address, customer_id=person.id
        )
    try:
        await _verify(session, known, person)
    except Conflict:
        known = Visitor.new(signed_in=True)
        await _verify(session, known, person)
    return known


async def _verify(session: AsyncSession, visitor: Visitor, person: Customer) -> None:
    point = await contact_points.find_or_create(session, channel=Channel.WEB, address=visitor.address)
    await contact_points.verify(session, contact_point_id=point.id, customer_id=person.id)


async def _worth_saying(service: Service, visitor: Visitor) -> Message | None:
    """Say the one thing worth saying to a customer whom the shop vouches for, if there is one now."""
    if not visitor.signed_in:
        return None
    async with service.store.unit() as session:
        point = await contact_points.find_or_create(session, channel=Channel.WEB, address=visitor.address)
        thread = await conversations.open_conversation(session, contact_point_id=point.id)
        said = await greet_proactively(session, conversation=thread)
    if said is not None:
        service.live.wake(said.conversation_id)
    return said


async def _so_far(service: Service, visitor: Visitor, proactive: Message | None) -> dict[str, Any]:
    async with service.store.reading() as session:
        point = await contact_points.find(session, channel=Channel.WEB, address=visitor.address)
        conversation = await visitor.conversation(session)
        return {
            "customer": None if point is None else _greeted(point),
            **await _thread(session, conversation),
            "proactive": None if proactive is None else (await as_json(session, [proactive]))[0],
        }


def _greeted(point: ContactPoint) -> dict[str, str] | None:
    """How to greet them; nothing for those who only say who they are."""
    if point.customer is None or point.level is not Level.VERIFIED:
        return None
    return {"first_name": point.customer.name.partition(" ")[0]}


async def _thread(session: AsyncSession, conversation: Conversation | None) -> dict[str, Any]:
    if conversation is None:
        return {"owner": Standing().owner.value, "agent": None, "messages": [], "last_id": 0}
    standing = await standing_of(session, conversation.id)
    said = await conversations.history(session, conversation_id=conversation.id, limit=PAGE)
    return {
        "owner": standing.owner.value,
        "agent": standing.agent,
        "messages": await as_json(session, said),
        "last_id": said[-1].id if said else 0,
    }
