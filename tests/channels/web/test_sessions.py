"""Sessions: who a visitor is, who they stop being, and whose word counts."""

from __future__ import annotations

import asyncio
import base64
import json
from datetime import timedelta
from typing import Any

import jwt
import pytest

from channels.settings import Settings
from channels.web import identity
from channels.web.limits import SESSIONS
from channels.web.visitors import Visitor, visitor_of
from crm_store import clock, contact_points, customers
from crm_store.models import Channel, ContactPoint, Customer, Level, Message
from tests.channels.door import OpenDoor, open_door
from tests.channels.web.browser import Browser
from tests.fakes.dialogue import FakeDialogue

OLD, NEW = "o" * 32, "n" * 32


async def another_customer(door: OpenDoor, number: str = "C-0002") -> None:
    async with door.service.store.unit() as session:
        session.add(Customer(number=number, name="Lukas Weber", email="l@example.com", joined_at=clock.now()))


async def test_a_new_visitor_gets_a_token_and_nothing_else(door: OpenDoor) -> None:
    opened = await Browser(door.client).open()
    assert opened.pop("token")
    assert opened == {
        "customer": None,
        "owner": "bot",
        "agent": None,
        "messages": [],
        "last_id": 0,
        "proactive": None,
    }
    assert await door.rows(ContactPoint) == []


async def test_the_token_continues_the_conversation(door: OpenDoor, visitor: Browser) -> None:
    await visitor.say("hello")
    await visitor.until_said("You said: hello")
    again = await visitor.open()
    assert [m["text"] for m in again["messages"]] == ["hello", "You said: hello"]
    assert again["last_id"] == again["messages"][-1]["id"]
    assert len(await door.rows(ContactPoint)) == 1


async def test_only_the_newest_fifty_come_along(door: OpenDoor, visitor: Browser) -> None:
    owner = visitor_of(door.service.settings, visitor.token)
    assert owner
    from channels.inbox import Inbound

    for n in range(60):
        await door.service.inbox.receive(Inbound(Channel.WEB, owner.address, f"n{n}"))
    opened = await visitor.open()
    assert len(opened["messages"]) == 50
    assert opened["messages"][-1]["id"] == opened["last_id"]
    assert [m["id"] for m in opened["messages"]] == sorted(m["id"] for m in opened["messages"])


def unsigned(claims: dict[str, Any]) -> str:
    parts = [{"alg": "none", "typ": "JWT"}, claims]
    encoded = (base64.urlsafe_b64encode(json.dumps(part).encode()).rstrip(b"=").decode() for part in parts)
    return ".".join(encoded) + "."


class TestVisitorTokens:
    def claims(self, **other: Any) -> dict[str, Any]:
        now = int(clock.now().timestamp())
        return {"sub": "mine", "aud": "aftersale-chat", "iat": now, "exp": now + 60, **other}

    @pytest.mark.parametrize("token", ["", "nonsense", "a.b.c", 7, ["x"], {"a": 1}, "x" * 10_000, "é.é.é"])
    async def test_what_is_no_token_makes_a_new_visitor(self, door: OpenDoor, token: object) -> None:
        response = await door.client.post("/chat/session", json={"token": token})
        assert response.status_code == 200
        assert response.json()["messages"] == []

    async def test_foreign_unsigned_and_other_kinds_of_tokens_are_nobodys(self, door: OpenDoor) -> None:
        settings = door.service.settings
        key = settings.secret_key
        forged = [
            unsigned(self.claims()),
            jwt.encode(self.claims(), "k" * 32, "HS256"),
            jwt.encode(self.claims(), key, "HS256"),
            identity.issue(settings, "C-0001"),
        ]
        assert [visitor_of(settings, token) for token in forged] == [None] * 4

    async def test_a_token_lives_180_days_from_its_last_session(
        self, door: OpenDoor, settings: Settings
    ) -> None:
        visitor = Visitor.new()
        token = visitor.token(settings)
        with clock.frozen_at(clock.now() + timedelta(days=179)):
            assert visitor_of(settings, token) == visitor
            renewed = visitor.token(settings)
        with clock.frozen_at(clock.now() + timedelta(days=181)):
            assert visitor_of(settings, token) is None
            assert visitor_of(settings, renewed) == visitor

    async def test_another_installations_token_is_nobodys(self, settings: Settings) -> None:
        theirs = Visitor.new().token(settings.model_copy(update={"secret_key": "another"}))
        assert visitor_of(settings, theirs) is None

    async def test_an_address_cannot_be_guessed(self) -> None:
        addresses = {Visitor.new().address for _ in range(100)}
        assert len(addresses) == 100
        assert all(len(base64.urlsafe_b64decode(address)) * 8 >= 128 for address in addresses)

    @pytest.mark.parametrize(
        ("method", "path"),
        [
            ("POST", "/chat/messages"),
            ("GET", "/chat/messages"),
            ("POST", "/chat/photos?id=1"),
            ("GET", "/chat/photos/key"),
            ("GET", "/chat/stream"),
            ("POST", "/chat/typing"),
            ("POST", "/chat/read"),
        ],
    )
    @pytest.mark.parametrize("header", [None, "Bearer", "Bearer x.y.z", "Basic eDp5"])
    async def test_without_one_there_is_nothing(
        self, door: OpenDoor, method: str, path: str, header: str | None
    ) -> None:
        headers = {"Authorization": header} if header else {}
        response = await door.client.request(method, path, headers=headers)
        assert (response.status_code, response.json()["error"]["code"]) == (401, "no_session")


class TestIdentity:
    def token(self, key: str, *, headers: dict[str, Any] | None = None, **other: Any) -> str:
        now = int(clock.now().timestamp())
        claims = {"sub": "C-0001", "aud": "aftersale", "iat": now, "exp": now + 600, **other}
        claims = {name: value for name, value in claims.items() if value is not None}
        return jwt.encode(claims, key, "HS256", headers or {"kid": "new"})

    @pytest.fixture
    def settings(self, settings: Settings) -> Settings:
        """With two keys, of which one is being replaced."""
        return Settings(home=settings.home, identity_keys=f"new:{NEW}, old:{OLD}")

    async def test_the_shops_word_verifies(self, door: OpenDoor) -> None:
        opened = await Browser(door.client).open(identity=self.token(NEW))
        assert opened["customer"] == {"first_name": "Maeve"}
        [point] = await door.rows(ContactPoint)
        assert (point.channel, point.level, point.customer_id) == (Channel.WEB, Level.VERIFIED, 1)

    async def test_a_key_that_is_being_replaced_still_counts(self, door: OpenDoor) -> None:
        opened = await Browser(door.client).open(identity=self.token(OLD, headers={"kid": "old"}))
        assert opened["customer"] == {"first_name": "Maeve"}

    async def test_what_was_said_before_signing_in_stays(self, door: OpenDoor, visitor: Browser) -> None:
        await visitor.say("hello")
        await visitor.until_said("You said: hello")
        opened = await visitor.open(identity=self.token(NEW))
        assert (opened["customer"], len(opened["messages"])) == ({"first_name": "Maeve"}, 2)

    async def test_the_same_customer_again_goes_on(self, door: OpenDoor, visitor: Browser) -> None:
        await visitor.open(identity=self.token(NEW))
        await visitor.say("hello")
        await visitor.until_said("You said: hello")
        assert len((await visitor.open(identity=self.token(NEW)))["messages"]) == 2
        assert len(await door.rows(ContactPoint)) == 1

    @pytest.mark.parametrize(
        "wrong",
        [
            {"exp": 0},
            {"exp": None},
            {"iat": None},
            {"sub": None},
            {"aud": None},
            {"aud": "aftersale-chat"},
            {"aud": ["somebody", "else"]},
            {"sub": "C-9999"},
            {"sub": ""},
            {"sub": 1},
            {"sub": {"$ne": ""}},
            {"exp": "soon"},
            {"exp": True},
            {"exp": 10**30},
            {"iat": 99_999_999_999},
            {"nbf": 99_999_999_999},
            {"headers": {"kid": "old"}},
            {"headers": {"kid": "unknown"}},
            {"headers": {"kid": "../../dev/null"}},
            {"headers": {"typ": "JWT"}},
        ],
    )
    async def test_a_wrong_one_is_refused(
        self, door: OpenDoor, visitor: Browser, wrong: dict[str, Any]
    ) -> None:
        body = {"token": visitor.token, "identity": self.token(NEW, **wrong)}
        response = await door.client.post("/chat/session", json=body)
        assert (response.status_code, response.json()["error"]["code"]) == (401, "bad_identity")
        assert await door.rows(ContactPoint) == []

    @pytest.mark.parametrize("value", ["", "nonsense", 7, ["a"], {"token": "x"}, False, "x" * 9_000])
    async def test_what_is_no_token_is_refused(self, door: OpenDoor, value: object) -> None:
        response = await door.client.post("/chat/session", json={"identity": value})
        assert (response.status_code, response.json()["error"]["code"]) == (401, "bad_identity")

    async def test_unsigned_or_otherwise_signed_is_refused(self, door: OpenDoor) -> None:
        now = int(clock.now().timestamp())
        claims = {"sub": "C-0001", "aud": "aftersale", "iat": now, "exp": now + 600}
        tokens = [
            unsigned(claims),
            jwt.encode(claims, "x" * 32, "HS256", {"kid": "new"}),
            jwt.encode(claims, NEW * 2, "HS512", {"kid": "new"}),
            Visitor.new().token(door.service.settings),
        ]
        for token in tokens:
            response = await door.client.post("/chat/session", json={"identity": token})
            assert (response.status_code, response.json()["error"]["code"]) == (401, "bad_identity")

    async def test_one_that_lives_longer_than_an_hour_is_refused(self, door: OpenDoor) -> None:
        now = int(clock.now().timestamp())
        fine = await door.client.post("/chat/session", json={"identity": self.token(NEW, exp=now + 3_590)})
        long = await door.client.post("/chat/session", json={"identity": self.token(NEW, exp=now + 3_700)})
        assert (fine.status_code, long.status_code) == (200, 401)

    async def test_an_expired_one_is_refused(self, door: OpenDoor) -> None:
        now = int(clock.now().timestamp())
        old = self.token(NEW, iat=now - 700, exp=now - 1)
        response = await door.client.post("/chat/session", json={"identity": old})
        assert response.status_code == 401

    async def test_an_erased_customer_is_nobody(self, door: OpenDoor) -> None:
        async with door.service.store.unit() as session:
            (await customers.get_by_number(session, number="C-0001")).erased_at = clock.now()
        response = await door.client.post("/chat/session", json={"identity": self.token(NEW)})
        assert response.json()["error"]["code"] == "bad_identity"

    async def test_signing_out_in_the_shop_ends_it(self, door: OpenDoor, visitor: Browser) -> None:
        await visitor.open(identity=self.token(NEW))
        before = visitor.token
        await visitor.say("my secret")
        await visitor.until_said("You said: my secret")
        after = await visitor.open()
        assert (after["customer"], after["messages"]) == (None, [])
        settings = door.service.settings
        old, new = visitor_of(settings, before), visitor_of(settings, visitor.token)
        assert old and new and old.address != new.address

    async def test_somebody_else_signing_in_starts_afresh(self, door: OpenDoor, visitor: Browser) -> None:
        await another_customer(door)
        await visitor.open(identity=self.token(NEW))
        await visitor.say("my secret")
        await visitor.until_said("You said: my secret")
        after = await visitor.open(identity=self.token(NEW, sub="C-0002"))
        assert (after["customer"], after["messages"]) == ({"first_name": "Lukas"}, [])

    async def test_who_proved_it_by_a_code_is_not_signed_out(self, door: OpenDoor, visitor: Browser) -> None:
        await visitor.say("hello")
        await visitor.until_said("You said: hello")
        async with door.service.store.unit() as session:
            await contact_points.verify(session, contact_point_id=1, customer_id=1)
        opened = await visitor.open()
        assert (opened["customer"], len(opened["messages"])) == ({"first_name": "Maeve"}, 2)

    async def test_who_only_claims_to_be_somebody_is_not_greeted_by_name(
        self, door: OpenDoor, visitor: Browser
    ) -> None:
        await visitor.say("hello")
        await visitor.until_said("You said: hello")
        async with door.service.store.unit() as session:
            await contact_points.claim(session, contact_point_id=1, customer_id=1)
        assert (await visitor.open())["customer"] is None

    async def test_the_token_of_before_is_a_strangers(self, door: OpenDoor, visitor: Browser) -> None:
        """Somebody may have put it into this browser, or another tab may have it after the sign-out."""
        await visitor.say("hello")
        await visitor.until_said("You said: hello")
        before = Browser(door.client, visitor.token)
        await visitor.open(identity=self.token(NEW))
        await visitor.say("my secret")
        await visitor.until_said("You said: my secret")

        assert (await before.newer())["messages"] == []
        await before.say("who am I?")
        await before.until_said("You said: who am I?")
        opened = await before.open()
        assert (opened["customer"], len(opened["messages"])) == (None, 2)
        texts = [message["text"] for message in (await visitor.newer())["messages"]]
        assert texts == ["hello", "You said: hello", "my secret", "You said: my secret"]

    async def test_two_tabs_that_sign_in_with_one_token_stay_together(
        self, door: OpenDoor, visitor: Browser
    ) -> None:
        await visitor.say("hello")
        await visitor.until_said("You said: hello")
        other = Browser(door.client, visitor.token)
        await asyncio.gather(*(tab.open(identity=self.token(NEW)) for tab in (visitor, other)))
        await visitor.say("it is me")
        await other.until_said("You said: it is me")
        assert len((await other.newer())["messages"]) == 4

    async def test_a_message_sent_again_after_signing_in_is_the_same(
        self, door: OpenDoor, visitor: Browser
    ) -> None:
        first = await visitor.say("hello", id="one")
        await visitor.open(identity=self.token(NEW))
        assert (await visitor.say("hello", id="one")).json() == first.json()

    async def test_a_tab_that_was_signed_in_cannot_speak_for_another_customer(
        self, door: OpenDoor, visitor: Browser
    ) -> None:
        await another_customer(door)
        first = (await visitor.open(identity=self.token(NEW)))["token"]
        await visitor.open(identity=self.token(NEW, sub="C-0002"))
        old_tab = Browser(door.client, first)
        await old_tab.say("hello")
        await old_tab.until_said("You said: hello")
        [message] = [m for m in await door.rows(Message) if m.text == "hello"]
        points = {point.id: point.customer_id for point in await door.rows(ContactPoint)}
        assert points[message.conversation_id] == 1


async def test_the_demo_has_a_key_of_its_own(door: OpenDoor, settings: Settings) -> None:
    opened = await Browser(door.client).open(identity=identity.issue(settings, "C-0001"))
    assert opened["customer"] == {"first_name": "Maeve"}


async def test_production_without_a_key_believes_nobody(settings: Settings, dialogue: FakeDialogue) -> None:
    demos = identity.issue(settings, "C-0001")
    own = Settings(home=settings.home, mode="production", secret_key="s" * 40)
    async with open_door(own, dialogue) as door:
        await door.service.ready()
        response = await door.client.post("/chat/session", json={"identity": demos})
        assert response.json()["error"]["code"] == "bad_identity"
        with pytest.raises(LookupError):
            identity.issue(own, "C-0001")


async def test_too_many_sessions_from_one_address(door: OpenDoor) -> None:
    for _ in range(SESSIONS.amount):
        assert (await door.client.post("/chat/session", json={})).status_code == 200
    response = await door.client.post("/chat/session", json={})
    assert (response.status_code, response.json()["error"]["code"]) == (429, "too_many")
    assert 1 <= int(response.headers["retry-after"]) <= 60


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"x" * 70_000])
async def test_a_bad_body_is_refused(door: OpenDoor, body: bytes) -> None:
    response = await door.client.post("/chat/session", content=body)
    assert response.status_code in (400, 413, 422)
    assert response.json()["error"]["message"]
