"""Agents: the humans who answer tickets."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.ext.asyncio import AsyncSession

from crm_store import clock
from crm_store.errors import Conflict, NotFound
from crm_store.models import Agent, Role


async def create_agent(
    session: AsyncSession, *, email: str, name: str, role: Role, password_hash: str
) -> Agent:
    """A new agent; `Conflict` when the address is taken. `password_hash` is Argon2id, made by the caller."""
    agent = Agent(
        email=email.strip(), name=name, role=role, password_hash=password_hash, created_at=clock.now()
    )
    try:
        async with session.begin_nested():
            session.add(agent)
    except IntegrityError as problem:
        raise Conflict(f"There is an agent with the address {email} already.") from problem
    return agent


async def get(session: AsyncSession, *, agent_id: int) -> Agent:
    """The agent, disabled or not; `NotFound`."""
    agent = await session.get(Agent, agent_id)
    if agent is None:
        raise NotFound
    return agent


async def get_by_email(session: AsyncSession, *, email: str) -> Agent | None:
    """The agent with this address, however it is capitalised, disabled or not."""
    return await session.scalar(select(Agent).where(func.lower(Agent.email) == email.strip().lower()))


async def list_agents(session: AsyncSession) -> list[Agent]:
    """Every agent, by name."""
    return list(await session.scalars(select(Agent).order_by(Agent.name, Agent.id)))


async def set_password(session: AsyncSession, *, agent_id: int, password_hash: str) -> None:
    """Keep another hash, e.g. of the same password with today's parameters."""
    (await get(session, agent_id=agent_id)).password_hash = password_hash
    await session.flush()
