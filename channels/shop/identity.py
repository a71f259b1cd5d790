"""The shop's side of a customer's identity: what a shop's developer writes, in five lines."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

import jwt

from channels.settings import Settings
from crm_store import clock

LIFETIME: Final = timedelta(minutes=10)


def identity_token(settings: Settings, customer_number: str) -> str:
    """The token by which the chat knows the signed-in customer: audience, customer, end, and which key."""
    key_id, secret = _key(settings)
    expires = int((clock.now() + LIFETIME).timestamp())
    claims = {"aud": "aftersale", "sub": customer_number, "exp": expires}
    return jwt.encode(claims, secret, algorithm="HS256", headers={"kid": key_id})


def _key(settings: Settings) -> tuple[str, str]:
    """The current key that the shop shares with the chat."""
    return "demo", f"demo identity of {settings.secret_key}"
