"""Agents."""

from __future__ import annotations

import pytest

from crm_store import agents
from crm_store.errors import Conflict, NotFound
from crm_store.models import Role
from crm_store.session import Store
from tests.crm_store.talk import agent


async def test_agents_are_found_by_address_however_it_is_written(store: Store) -> None:
    async with store.unit() as session:
        niamh = await agent(session, "Niamh")
        await agent(session, "Aoife")
    async with store.reading() as session:
        found = await agents.get_by_email(session, email=" NIAMH@wanderlark.example ")
        assert found is not None
        assert (found.id, found.role) == (niamh.id, Role.AGENT)
        assert (await agents.get(session, agent_id=niamh.id)).name == "Niamh"
        assert await agents.get_by_email(session, email="nobody@example.com") is None
        assert [one.name for one in await agents.list_agents(session)] == ["Aoife", "Niamh"]
        with pytest.raises(NotFound):
            await agents.get(session, agent_id=10_000)


async def test_an_address_is_taken_once_and_the_unit_lives_on(store: Store) -> None:
    async with store.unit() as session:
        await agent(session, "Niamh")
        with pytest.raises(Conflict):
            await agents.create_agent(
                session,
                email="niamh@Wanderlark.example",
                name="Other",
                role=Role.ADMIN,
                password_hash="x",
            )
    async with store.reading() as session:
        assert len(await agents.list_agents(session)) == 1
