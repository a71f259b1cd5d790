"""An application in this process, with its lifespan, and a client for it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any, TypeVar

import httpx
from sqlalchemy import select

from channels.app import create_app
from channels.service import Service
from channels.settings import Settings
from crm_store.models import Base
from crm_store.session import Store
from tests.fakes.dialogue import FakeDialogue

Row = TypeVar("Row", bound=Base)

REST = "/webhooks/rest/webhook"


@dataclass
class OpenDoor:
    """A running application."""

    client: httpx.AsyncClient
    service: Service
    dialogue: FakeDialogue

    async def say(self, message: str, sender: str = "visitor", **more: Any) -> httpx.Response:
        """Say something at the REST door."""
        return await self.client.post(REST, json={"sender": sender, "message": message, **more})

    async def rows(self, model: type[Row]) -> list[Row]:
        """Every row of a table, in the order they were written."""
        return await rows(self.service.store, model)


async def rows(store: Store, model: type[Row]) -> list[Row]:
    """Every row of a table, in the order they were written."""
    async with store.reading() as session:
        return list(await session.scalars(select(model).order_by(model.__table__.c.id)))


@asynccontextmanager
async def open_door(settings: Settings, dialogue: FakeDialogue) -> AsyncIterator[OpenDoor]:
    """Start an application, and stop it at the end."""
    app = create_app(settings, dialogue.load)
    async with app.router.lifespan_context(app):
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            yield OpenDoor(client, app.state.service, dialogue)
