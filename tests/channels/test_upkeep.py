"""What is due without anybody writing, by the process itself: done once, and again after a fault."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from datetime import timedelta

import pytest
from sqlalchemy import select

from actions.links import Purpose, sign
from bot.texts import text_of
from channels import upkeep
from channels.settings import PROJECT, Settings
from channels.upkeep import Upkeep
from crm_store import clock, customers, outbox, photos, privacy
from crm_store.models import Channel, ContactPoint, Customer, Level
from crm_store.session import Store
from tests.channels.door import OpenDoor, open_door
from tests.fakes.dialogue import FakeDialogue

SECRET = Settings.model_fields["secret_key"].default.encode()


async def person(store: Store) -> Customer:
    async with store.unit() as session:
        found = await session.scalar(select(Customer).where(Customer.number == "C-0001"))
        if found is None:
            found = Customer(number="C-0001", name="Maeve", email="maeve@example.com", joined_at=clock.now())
            session.add(found)
            await session.flush()
        return found


async def wish(store: Store, customer: Customer) -> None:
    async with store.unit() as session:
        await privacy.ask(session, customer_id=customer.id, grace=timedelta(0), actor="contact:1")


async def test_two_processes_erase_once_and_say_so_by_mail(store: Store) -> None:
    customer = await person(store)
    await wish(store, customer)
    jobs = [Upkeep(store, shop_name="Wanderlark", said=lambda _: None) for _ in range(2)]
    assert sorted(await asyncio.gather(*(job.erase() for job in jobs))) == [0, 1]
    async with store.reading() as session:
        assert (await customers.get(session, customer_id=customer.id)).name == ""
        mails = await outbox.recent_mails(session)
    assert [(mail.address, mail.payload["subject"]) for mail in mails] == [
        ("maeve@example.com", "Your Wanderlark account is deleted")
    ]


async def test_a_running_service_does_it_and_forgets_the_address(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep, "LOOK_EVERY", 0.05)
    async with open_door(settings, FakeDialogue()) as opened:
        await opened.service.ready()
        customer = await person(opened.service.store)
        await wish(opened.service.store, customer)
        for _ in range(400):
            async with opened.service.store.reading() as session:
                mails = await outbox.recent_mails(session)
                gone = (await customers.get(session, customer_id=customer.id)).erased_at
            if gone and mails and not mails[0].address:
                break
            await asyncio.sleep(0.02)
        assert gone
        assert mails[0].address == ""
        mailbox = await opened.client.get("/mailbox")
        assert (mailbox.status_code, "maeve" in mailbox.text) == (200, False)


async def test_a_fault_is_logged_and_the_next_look_does_it(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(upkeep, "LOOK_EVERY", 0.05)
    real, calls = privacy.erase_due, []

    async def once_broken(*args: object, **named: object) -> object:
        calls.append(1)
        if len(calls) == 1:
            raise OSError("maeve@example.com")
        return await real(*args, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(privacy, "erase_due", once_broken)
    async with open_door(settings, FakeDialogue()) as opened:
        await opened.service.ready()
        for _ in range(400):
            if len(calls) > 1:
                break
            await asyncio.sleep(0.02)
    assert len(calls) > 1
    assert "upkeep: erase failed" in caplog.text
    assert "maeve" not in caplog.text


def url(token: str) -> str:
    return f"/files/export/{token}"


class TestExport:
    async def test_a_zip_of_everything(self, door: OpenDoor) -> None:
        store = door.service.store
        customer = await person(store)
        async with store.unit() as session:
            point = ContactPoint(
                channel=Channel.WEB,
                address="v",
                customer_id=customer.id,
                level=Level.VERIFIED,
                created_at=clock.now(),
            )
            session.add(point)
            await session.flush()
            from crm_store import conversations

            thread = await conversations.open_conversation(session, contact_point_id=point.id)
            photo = await photos.add(
                session, conversation_id=thread.id, media_type="image/webp", width=1, height=1, content=b"p"
            )
        token = _export_token(customer.id)
        response = await door.client.get(url(token))
        assert response.status_code == 200
        assert response.headers["content-type"] == "application/zip"
        assert response.headers["cache-control"] == "private, no-store"
        assert response.headers["content-disposition"].startswith("attachment")
        archive = zipfile.ZipFile(io.BytesIO(response.content))
        assert sorted(archive.namelist()) == ["README.txt", "data.json", f"photos/{photo.key}.webp"]
        assert json.loads(archive.read("data.json"))["customers"][0]["name"] == "Maeve"

    @pytest.mark.parametrize("kind", ["rubbish", "other purpose", "nobody", "other secret"])
    async def test_every_bad_link_gets_the_same_answer(self, door: OpenDoor, kind: str) -> None:
        customer = await person(door.service.store)
        token = {
            "rubbish": "x.y.z",
            "other purpose": sign(SECRET, purpose=Purpose.INVOICE, customer_id=customer.id, subject=""),
            "nobody": _export_token(999),
            "other secret": _export_token(customer.id, b"another"),
        }[kind]
        response = await door.client.get(url(token))
        assert response.status_code == 404
        assert response.json()["error"]["code"] == "no_file"

    async def test_an_old_link_says_so(self, door: OpenDoor) -> None:
        customer = await person(door.service.store)
        response = await door.client.get(url(_export_token(customer.id, lasts=timedelta(hours=-1))))
        assert response.status_code == 410
        assert response.json()["error"]["code"] == "link_expired"

    async def test_the_link_of_an_erased_customer(self, door: OpenDoor) -> None:
        customer = await person(door.service.store)
        token = _export_token(customer.id)
        await wish(door.service.store, customer)
        await door.service.upkeep.erase()
        assert (await door.client.get(url(token))).status_code == 404


def _export_token(customer_id: int, secret: bytes = SECRET, lasts: timedelta = timedelta(hours=1)) -> str:
    return sign(secret, purpose=Purpose.EXPORT, customer_id=customer_id, subject="", lasts=lasts)


def test_the_text_of_a_response() -> None:
    assert "T-1001" in text_of(PROJECT / "domain.yml", "utter_ask_rating_ticket", ticket="T-1001")
