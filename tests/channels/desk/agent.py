"""An agent with a browser, as far as HTTP goes."""

from __future__ import annotations

import re
from dataclasses import dataclass

import httpx
from httpx import ASGITransport

from channels import demo_agents
from crm_store import conversations, tickets
from crm_store.models import Channel, Ticket, TicketPriority
from tests.channels.door import OpenDoor

NIAMH, TOMAS = (one.email for one in demo_agents.PEOPLE)
BASE = "http://127.0.0.1:8000"


@dataclass
class Browser:
    """One signed-in browser."""

    client: httpx.AsyncClient
    csrf: str = ""

    async def page(self, path: str) -> str:
        """A page's HTML; it must be there."""
        answer = await self.client.get(path)
        assert answer.status_code == httpx.codes.OK, answer.text
        return answer.text

    async def seen(self, number: str) -> str:
        """What the ticket's page says it shows."""
        found = re.search(r'name="seen" value="([^"]+)"', await self.page(f"/desk/tickets/{number}"))
        assert found
        return found[1]

    async def post(self, path: str, **fields: str) -> httpx.Response:
        """Send a form as the page's script does."""
        headers = {"x-csrf-token": self.csrf, "accept": "application/json", "origin": BASE}
        return await self.client.post(path, data=fields, headers=headers)

    async def do(self, number: str, what: str, **fields: str) -> httpx.Response:
        """Do something with a ticket."""
        return await self.post(f"/desk/tickets/{number}/{what}", **fields)


def browser(door: OpenDoor) -> Browser:
    """A browser that nobody signed in with."""
    transport = ASGITransport(app=door.client._transport.app)  # type: ignore[attr-defined]
    return Browser(httpx.AsyncClient(transport=transport, base_url=BASE))


async def sign_in(door: OpenDoor, email: str = NIAMH, password: str = demo_agents.PASSWORD) -> Browser:
    """A browser with that agent signed in."""
    signed_in = browser(door)
    answer = await signed_in.client.post("/desk/sign-in", data={"email": email, "password": password})
    assert answer.status_code == httpx.codes.SEE_OTHER, answer.text
    found = re.search(r'name="csrf" value="(\w+)"', await signed_in.page("/desk"))
    assert found
    signed_in.csrf = found[1]
    return signed_in


async def ticket(
    door: OpenDoor,
    text: str = "where is my parcel?",
    *,
    address: str = "visitor",
    customer_id: int | None = None,
    priority: TicketPriority = TicketPriority.NORMAL,
    summary: str = "Wants: a parcel\nMood: calm",
) -> Ticket:
    """A ticket of somebody at the REST door."""
    async with door.service.store.unit() as session:
        heard, _ = await conversations.receive(
            session, channel=Channel.REST, address=address, provider_id=None, text=text
        )
        await conversations.mark_answered(session, message_id=heard.id, intent="track_order", confidence=0.93)
        return await tickets.open_ticket(
            session,
            conversation_id=heard.conversation_id,
            customer_id=customer_id,
            topic="missing parcel",
            priority=priority,
            summary=summary,
            tried=["told where an order is"],
        )
