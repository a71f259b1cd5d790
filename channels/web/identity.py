"""The shop's word on who its visitor is: an identity token that the shop's server signs for a customer who is
signed in there. See docs/embed.md.
"""

from __future__ import annotations

from datetime import timedelta
from http import HTTPStatus
from typing import Any, Final

from sqlalchemy.ext.asyncio import AsyncSession

from channels.errors import Refused
from channels.settings import Settings
from channels.web import signed
from crm_store import customers
from crm_store.errors import NotFound
from crm_store.models import Customer

AUDIENCE: Final = "aftersale"
LONGEST: Final = timedelta(hours=1)
USUAL: Final = timedelta(minutes=10)


class BadIdentity(Refused):
    """The identity token is not to be believed. Why is not told: whoever tries would learn from it."""

    def __init__(self) -> None:
        super().__init__(
            HTTPStatus.UNAUTHORIZED,
            "bad_identity",
            "The shop's identity token is wrong or too old. Please load the page again.",
        )


def issue(settings: Settings, customer_number: str, *, lasts: timedelta = USUAL) -> str:
    """An identity token as a shop's server makes it, signed with the current key.

    Raises:
        LookupError: no key is set.
    """
    kid, secret = next(iter(settings.keys.items()), (None, ""))
    if kid is None:
        raise LookupError("AFTERSALE_IDENTITY_KEYS is empty.")
    return signed.sign({"sub": customer_number}, key=secret, audience=AUDIENCE, lasts=lasts, kid=kid)


async def customer_of(session: AsyncSession, settings: Settings, token: Any) -> Customer:
    """The customer whom the shop says this is.

    Raises:
        BadIdentity: the token is not one of the shop's, is too old or too long-lived, or names nobody.
    """
    if not isinstance(token, str):
        raise BadIdentity
    keys: dict[str | None, str | bytes] = dict(settings.keys.items())
    try:
        claims = signed.read(token, keys=keys, audience=AUDIENCE, longest=LONGEST)
        person = await customers.get_by_number(session, number=str(claims["sub"]))
    except (signed.BadToken, NotFound):
        raise BadIdentity from None
    if person.erased_at is not None:
        raise BadIdentity
    return person
