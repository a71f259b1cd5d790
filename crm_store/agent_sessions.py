"""Sessions of agents at the desk: begun by a sign-in, ended by time, a sign-out or a disabled agent."""

from __future__ import annotations

import hashlib
import secrets
from datetime import timedelta
from typing import Final

from sqlalchemy import delete, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload

from crm_store import audit, clock
from crm_store.models import Agent, AgentSession

SESSION_LIFE: Final = timedelta(hours=12)
"""A working day, whatever happens."""
IDLE_LIFE: Final = timedelta(hours=2)
"""Without any request."""
NOTE_EVERY: Final = timedelta(minutes=1)
"""A session's last request is written down this often at most."""


async def begin(session: AsyncSession, *, agent_id: int) -> str:
    """A new session of the agent; the token for the cookie, which is stored as a hash only. Audited."""
    token, now = secrets.token_urlsafe(32), clock.now()
    await session.execute(delete(AgentSession).where(AgentSession.expires_at <= now))
    session.add(
        AgentSession(
            token_hash=_hash(token),
            agent_id=agent_id,
            created_at=now,
            last_seen_at=now,
            expires_at=now + SESSION_LIFE,
        )
    )
    await audit.write(session, actor=f"agent:{agent_id}", action="sign_in", subject=f"agent:{agent_id}")
    await session.flush()
    return token


async def agent_of(session: AsyncSession, *, token: str) -> Agent | None:
    """The agent whose session this is; None when there is none, it has ended, or the agent is disabled."""
    found = await _live(session, token)
    return found.agent if found and found.agent.disabled_at is None else None


async def is_due(session: AsyncSession, *, token: str) -> bool:
    """Whether the session's last request was noted so long ago that it is time for `seen`."""
    found = await _live(session, token)
    return found is not None and found.last_seen_at <= clock.now() - NOTE_EVERY


async def seen(session: AsyncSession, *, token: str) -> None:
    """The session is in use."""
    found = await _live(session, token)
    if found is not None:
        found.last_seen_at = clock.now()
        await session.flush()


async def end(session: AsyncSession, *, token: str) -> None:
    """Sign out."""
    await session.execute(delete(AgentSession).where(AgentSession.token_hash == _hash(token)))


async def _live(session: AsyncSession, token: str) -> AgentSession | None:
    now = clock.now()
    query = select(AgentSession).where(
        AgentSession.token_hash == _hash(token),
        AgentSession.expires_at > now,
        AgentSession.last_seen_at > now - IDLE_LIFE,
    )
    return await session.scalar(query.options(joinedload(AgentSession.agent)))


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "replace")).hexdigest()
