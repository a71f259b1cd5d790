"""The demo's agents, with a password that everybody knows: demo only, production lets nobody in with it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from crm_store import agents
from crm_store.errors import Conflict
from crm_store.models import Role
from crm_store.session import Store

PASSWORD: Final = "wanderlark-demo"  # noqa: S105  (printed on the demo's pages)
_HASH: Final = (
    "$argon2id$v=19$m=19456,t=2,p=1$cmN1QuemPD5QlwCk0gAbWg$7jjJVAKC8vI95R7ZtPRC/gD+3e+riLGupJrlleo9iio"
)


@dataclass(frozen=True)
class DemoAgent:
    """One of them."""

    name: str
    email: str
    role: Role


PEOPLE: Final = (
    DemoAgent("Niamh Kearney", "niamh@wanderlark.example", Role.SUPERVISOR),
    DemoAgent("Tomás Roche", "tomas@wanderlark.example", Role.AGENT),
)


async def ensure(store: Store) -> None:
    """Let them be there. One that is there stays as it is, whatever its password is by now."""
    async with store.reading() as session:
        missing = [one for one in PEOPLE if await agents.get_by_email(session, email=one.email) is None]
    for one in missing:
        try:
            async with store.unit() as session:
                await agents.create_agent(
                    session, email=one.email, name=one.name, role=one.role, password_hash=_HASH
                )
        except Conflict:  # Another process that started at the same time was quicker.
            continue
