"""Agents' sessions at the desk."""

from __future__ import annotations

from sqlalchemy import select

from crm_store import agent_sessions, clock
from crm_store.models import Agent, AgentSession
from crm_store.session import Store
from tests.crm_store.talk import agent


async def test_a_session_lives_while_it_is_used_and_at_most_a_day(store: Store) -> None:
    token, niamh = await _signed_in(store)
    now = clock.now()
    assert await _whose(store, token) == niamh.id
    assert await _whose(store, "guessed") is None
    with clock.frozen_at(now + agent_sessions.IDLE_LIFE * 0.9):
        async with store.unit() as session:
            assert await agent_sessions.is_due(session, token=token)
            await agent_sessions.seen(session, token=token)
            assert not await agent_sessions.is_due(session, token=token)
    with clock.frozen_at(now + agent_sessions.IDLE_LIFE * 1.8):
        assert await _whose(store, token) == niamh.id
    with clock.frozen_at(now + agent_sessions.IDLE_LIFE * 2):
        assert await _whose(store, token) is None
    async with store.unit() as session:
        kept = (await session.scalars(select(AgentSession))).one()
        kept.last_seen_at = now + agent_sessions.SESSION_LIFE
    with clock.frozen_at(now + agent_sessions.SESSION_LIFE * 1.01):
        assert await _whose(store, token) is None


async def test_a_session_ends_with_a_sign_out_or_with_the_agent(store: Store) -> None:
    first, niamh = await _signed_in(store)
    async with store.unit() as session:
        second = await agent_sessions.begin(session, agent_id=niamh.id)
        await agent_sessions.end(session, token=first)
    assert (await _whose(store, first), await _whose(store, second)) == (None, niamh.id)
    async with store.unit() as session:
        (await session.get_one(Agent, niamh.id)).disabled_at = clock.now()
    assert await _whose(store, second) is None


async def test_the_token_itself_is_not_stored(store: Store) -> None:
    token, _ = await _signed_in(store)
    async with store.reading() as session:
        assert (await session.scalars(select(AgentSession.token_hash))).one() != token


async def _signed_in(store: Store) -> tuple[str, Agent]:
    async with store.unit() as session:
        niamh = await agent(session, "Niamh")
        return await agent_sessions.begin(session, agent_id=niamh.id), niamh


async def _whose(store: Store, token: str) -> int | None:
    async with store.reading() as session:
        found = await agent_sessions.agent_of(session, token=token)
        return found.id if found else None
