"""Visitors: whoever holds a visitor token. It carries their address on the web channel, which nobody can
guess, and is signed, so that nobody can make one.
"""

from __future__ import annotations

import base64
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
_TOKENS: Final = b"visitor tokens, 1"
_NEW_ADDRESS: Final = b"addresses of signed-in visitors, 1"
_ADDRESS_BYTES: Final = 24


@dataclass(frozen=True)
class Visitor:
    """One browser."""

    address: str
    """Their address on the web channel."""
    signed_in: bool = False
    """Whether they are known because the shop said so; without its word they are somebody else."""
    began_as: str = ""
    """Their address before they signed in, when they had one. A message that was sent from there and is sent
    again is still the same message.
    """

    @classmethod
    def new(cls, *, signed_in: bool = False) -> Visitor:
        """Somebody whom nobody has seen before."""
        return cls(secrets.token_urlsafe(_ADDRESS_BYTES), signed_in)

    def as_customer(self, settings: Settings, number: str) -> Visitor:
        """Them from the moment the shop says who they are: at another address, always the same one.

        Whoever holds a token of before (it was put into this browser, or another tab kept it when they signed
        out) is a stranger there.
        """
        about = f"{len(self.address)}:{self.address}{number}".encode()
        made = hmac.digest(_key(settings, _NEW_ADDRESS), about, hashlib.sha256)[:_ADDRESS_BYTES]
        return Visitor(base64.urlsafe_b64encode(made).decode(), True, began_as=self.address)

    def token(self, settings: Settings) -> str:
        """A fresh token of theirs."""
        claims = {"sub": self.address, "signed_in": self.signed_in, "began_as": self.began_as}
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
    return Visitor(str(claims["sub"]), claims.get("signed_in") is True, str(claims.get("began_as", "")))


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


def _key(settings: Settings, purpose: bytes = _TOKENS) -> bytes:
    """Only for visitors: a token of any other kind is never one of theirs."""
    return hmac.digest(settings.secret_key.encode(), purpose, hashlib.sha256)
