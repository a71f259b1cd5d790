"""What the routes of the web chat share in one process."""

from __future__ import annotations

from dataclasses import dataclass, field
from http import HTTPStatus

from fastapi import Request

from channels.errors import Refused
from channels.service import Service, State
from channels.settings import Settings
from channels.web.limits import Limits
from channels.web.receipts import Receipts
from channels.web.streams import Open


@dataclass
class Chat:
    """The parts, made when the process starts."""

    service: Service
    limits: Limits
    receipts: Receipts
    open_streams: Open = field(default_factory=Open)

    @classmethod
    def of(cls, service: Service) -> Chat:
        """The chat of this service."""
        return cls(service, Limits(service.settings.limits_url), Receipts(service.store))

    @property
    def settings(self) -> Settings:
        """The installation's."""
        return self.service.settings


def open_chat(request: Request) -> Chat:
    """The chat; refuses everybody with 503 while there is no database."""
    chat: Chat = request.app.state.chat
    if chat.service.state is State.STARTING:
        raise Refused(
            HTTPStatus.SERVICE_UNAVAILABLE,
            "starting",
            "The chat is just starting. Please try again in a moment.",
            {"Retry-After": "3"},
        )
    return chat
