"""The copy of everything: complete, only theirs, and without a stranger's words."""

from __future__ import annotations

import json

import pytest

from crm_store import contact_points, conversations, privacy
from crm_store.errors import NotFound
from crm_store.models import Channel
from crm_store.session import Store
from tests.crm_store import builders
from tests.crm_store.test_erasing import NAME, WORDS, erase, make_person


async def test_everything_is_in_it_and_it_is_json(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        found = await privacy.export_of(session, customer_id=person.id)
    json.dumps(found)
    assert found["customers"][0]["name"] == NAME
    assert [order["number"] for order in found["orders"]] == ["A-10042"]
    assert found["order_items"][0]["title"] == "Skylark Rain Jacket, blue, M"
    assert found["messages"][0]["text"] == WORDS
    assert found["points_entries"][0]["points"] == 300
    assert found["cart_variants"][0]["name"] == "Skylark Rain Jacket"
    assert {"consents", "shipments", "returns", "refunds", "vouchers", "grants", "reviews", "ratings"} <= set(
        found
    )


async def test_notes_about_them_are_theirs_but_not_who_wrote_them(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        found = await privacy.export_of(session, customer_id=person.id)
    notes = [event for event in found["ticket_events"] if event["kind"] == "note"]
    assert notes[0]["data"]["text"] == f"{NAME} was rude"
    assert "agent" not in json.dumps(found["ticket_events"])


async def test_messages_of_all_doors_but_only_of_proven_ones(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        for address, prove in (("mine", contact_points.verify), ("a-stranger", contact_points.claim)):
            message, _ = await conversations.receive(
                session, channel=Channel.WEB, address=address, provider_id=None, text=f"from {address}"
            )
            thread = await conversations.get(session, conversation_id=message.conversation_id)
            await prove(session, contact_point_id=thread.contact_point_id, customer_id=person.id)
        found = await privacy.export_of(session, customer_id=person.id)
    texts = [message["text"] for message in found["messages"]]
    assert WORDS in texts
    assert "from mine" in texts
    assert "from a-stranger" not in texts


async def test_photos_come_with_their_content(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
        found = [photo async for photo in privacy.photos_of(session, customer_id=person.id)]
    assert [(media, content) for _, media, content in found] == [("image/png", b"face")]


async def test_only_their_own(store: Store) -> None:
    async with store.unit() as session:
        await make_person(session)
        other = await builders.make_customer(session, "C-0002", name="Bo Ryan", email="bo@example.com")
        found = await privacy.export_of(session, customer_id=other.id)
        own_photos = [photo async for photo in privacy.photos_of(session, customer_id=other.id)]
    assert own_photos == []
    assert [key for key, rows in found.items() if rows and key not in {"made_at", "customers"}] == []


async def test_nobody_gets_a_copy_of_an_erased_customer(store: Store) -> None:
    async with store.unit() as session:
        person = await make_person(session)
    await erase(store, person.id)
    async with store.reading() as session:
        with pytest.raises(NotFound):
            await privacy.export_of(session, customer_id=person.id)
        with pytest.raises(NotFound):
            await privacy.export_of(session, customer_id=999)
