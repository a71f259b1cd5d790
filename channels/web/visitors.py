"""Visitors: whoever holds a visitor token. It carries their address on the web channel, which nobody can
guess, and is signed, so that nobody can make one.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncSession

from channels.errors import Refused
from channels.settings import Settings
from channels.web import signed
from crm_store import conversations
from crm_store.models import Channel, Conversation

AUDIENCE: Final = "aftersale-chat"
LASTS: Final = timedelta(days=180)
_PURPOSE: Final = b"visitor tokens, 1"
_ADDRESS_BYTES: Final = 24


@dataclass(frozen=True)
class Visitor:
    """One browser."""

    address: str
    """Their address on the web channel."""
    signed_in: bool = False
    """Whether they are known because the shop said so; without its word they are somebody else."""

    @classmethod
    def new(cls, *, signed_in: bool = False) -> Visitor:
        """Somebody whom nobody has seen before."""
        return cls(secrets.token_urlsafe(_ADDRESS_BYTES), signed_in)

    def token(self, settings: Settings) -> str:
        """A fresh token of theirs."""
        claims = {"sub": self.address, "signed_in": self.signed_in}
        return signed.sign(claims, key=_key(settings), audience=AUDIENCE, lasts=LASTS)

    async def conversation(self, session: AsyncSession) -> Conversation | None:
        """Their conversation, None before it began."""
        return await conversations.find(session, channel=Channel.WEB, address=self.address)


def visitor_of(settings: Settings, token: Any) -> Visitor | None:
    """Whose token this is; None for what is no token of ours, or too old."""
    if not isinstance(token, str):
        return None
    try:
        claims = signed.read(token, keys={None: _key(settings)}, audience=AUDIENCE, longest=LASTS)
    except signed.BadToken:
        return None
    return Visitor(str(claims["sub"]), claims.get("signed_in") is True)


async def the_visitor(request: Request) -> Visitor:
    """Who asks, by their `Authorization: Bearer`; refuses everybody else with 401 `no_session`."""
    kind, _, token = request.headers.get("authorization", "").partition(" ")
    visitor = visitor_of(request.app.state.settings, token.strip()) if kind.lower() == "bearer" else None
    if visitor is None:
        raise Refused(
            HTTPStatus.UNAUTHORIZED,
            "no_session",
            "This chat has ended. Please load the page again.",
            {"WWW-Authenticate": "Bearer"},
        )
    return visitor


def _key(settings: Settings) -> bytes:
    """Only for visitors: a token of any other kind is never one of theirs."""
    return hmac.digest(settings.secret_key.encode(), _PURPOSE, hashlib.sha256)
