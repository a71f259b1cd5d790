"""Signing in and what one sees then: one's own, nobody else's, and nothing with a forged cookie."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import jwt
import pytest
from starlette.responses import Response

from channels.settings import DEMO_SECRET, Settings
from channels.shop import visitor
from channels.web import identity
from crm_store import carts, clock, customers, orders, returns
from tests.channels.door import OpenDoor, open_door
from tests.channels.shop.conftest import OURS, SignIn
from tests.fakes.dialogue import FakeDialogue


class TestSignIn:
    async def test_the_cookie_is_out_of_reach_for_scripts_and_other_sites(self, sign_in: SignIn) -> None:
        response = await sign_in("C-0001")
        cookie = response.headers["set-cookie"]
        assert response.headers["location"] == "/account"
        for part in ("wanderlark=", "HttpOnly", "SameSite=lax", "Path=/"):
            assert part in cookie
        assert "Secure" not in cookie

    @pytest.mark.parametrize("number", ["C-0009", "C-9999", "", "c-0001", "C-0001 ", "' or 1=1 --", "\0"])
    async def test_nobody_but_the_demo_customers(self, sign_in: SignIn, number: str) -> None:
        response = await sign_in(number)
        assert response.status_code in (404, 422)
        assert "set-cookie" not in response.headers

    @pytest.mark.parametrize(
        "headers",
        [
            {},
            {"Sec-Fetch-Site": "cross-site"},
            {"Sec-Fetch-Site": "same-site"},
            {"Sec-Fetch-Site": "none"},
            {"Sec-Fetch-Site": "cross-site", "Origin": "http://127.0.0.1:8000"},
            {"Origin": "http://evil.example"},
            {"Origin": "null"},
            {"Origin": "http://127.0.0.1:9999"},
        ],
    )
    @pytest.mark.parametrize("path", ["/shop/sign-in", "/shop/sign-out", "/shop/bag", "/shop/bag/remove"])
    async def test_a_foreign_pages_form_does_nothing(
        self, open_shop: OpenDoor, path: str, headers: dict[str, str]
    ) -> None:
        data = {"customer": "C-0001", "sku": "WL-001-NVY-M"}
        response = await open_shop.client.post(path, data=data, headers=headers)
        assert (response.status_code, response.json()["error"]["code"]) == (403, "foreign_form")
        assert "set-cookie" not in response.headers

    async def test_an_older_browser_says_only_where_it_comes_from(self, open_shop: OpenDoor) -> None:
        headers = {"Origin": "http://127.0.0.1:8000"}
        response = await open_shop.client.post("/shop/sign-in", data={"customer": "C-0002"}, headers=headers)
        assert response.status_code == 303

    @pytest.mark.parametrize(
        ("back", "to"),
        [
            ("/products/puffin-enamel-mug", "/products/puffin-enamel-mug"),
            ("/", "/"),
            ("//evil.example", "/account"),
            ("/\\evil.example", "/account"),
            ("https://evil.example", "/account"),
            ("javascript:alert(1)", "/account"),
            ("/a\nSet-Cookie: b", "/account"),
            ("", "/account"),
        ],
    )
    async def test_it_leads_back_into_this_shop_only(self, open_shop: OpenDoor, back: str, to: str) -> None:
        data = {"customer": "C-0001", "back": back}
        response = await open_shop.client.post("/shop/sign-in", data=data, headers=OURS)
        assert response.headers["location"] == to

    async def test_signing_out_takes_the_cookie_away(self, open_shop: OpenDoor, sign_in: SignIn) -> None:
        await sign_in("C-0001")
        response = await open_shop.client.post("/shop/sign-out", headers=OURS)
        assert response.headers["location"] == "/"
        assert (await open_shop.client.get("/account")).headers["location"] == "/sign-in?back=/account"


class TestForgery:
    @staticmethod
    def claims(**more: Any) -> dict[str, Any]:
        until = clock.now() + timedelta(hours=1)
        return {"sub": "C-0001", "aud": "shop", "exp": int(until.timestamp()), **more}

    async def is_signed_in(self, door: OpenDoor, cookie: str) -> bool:
        headers = {"Cookie": f"{visitor.COOKIE}={cookie}"}
        return (await door.client.get("/account", headers=headers)).status_code == 200

    async def test_ours_is_taken(self, open_shop: OpenDoor, seeded_settings: Settings) -> None:
        assert await self.is_signed_in(open_shop, jwt.encode(self.claims(), visitor._key(seeded_settings)))

    @pytest.mark.parametrize(
        "change",
        [{"sub": "C-0100"}, {"sub": 1}, {"aud": "aftersale"}, {"aud": None}, {"exp": 1}, {"exp": "soon"}],
    )
    async def test_no_other_claims(
        self, open_shop: OpenDoor, seeded_settings: Settings, change: dict[str, Any]
    ) -> None:
        token = jwt.encode(self.claims(), visitor._key(seeded_settings))
        try:
            token = jwt.encode(self.claims(**change), visitor._key(seeded_settings))
        except TypeError:
            token = token[:-2]
        assert not await self.is_signed_in(open_shop, token)

    async def test_no_other_key_or_algorithm(self, open_shop: OpenDoor, seeded_settings: Settings) -> None:
        good = jwt.encode(self.claims(), visitor._key(seeded_settings))
        forged = [
            jwt.encode(self.claims(), "another key of at least 32 bytes, to be sure"),
            jwt.encode(self.claims(), DEMO_SECRET),
            jwt.encode(self.claims(), "", algorithm="none"),
            jwt.encode(self.claims(), visitor._key(seeded_settings), algorithm="HS512"),
            identity.issue(seeded_settings, "C-0001"),
            good[:-3],
            good.rpartition(".")[0] + ".",
            "C-0001",
            "a.b.c",
            "",
        ]
        for cookie in forged:
            assert not await self.is_signed_in(open_shop, cookie), cookie

    async def test_it_ends(self, open_shop: OpenDoor, seeded_settings: Settings) -> None:
        given = Response()
        with clock.frozen_at(clock.now() - visitor.SIGNED_IN_FOR - timedelta(seconds=1)):
            visitor.sign_in(given, seeded_settings, "C-0001")
        cookie = given.headers["set-cookie"].partition("=")[2].partition(";")[0]
        assert not await self.is_signed_in(open_shop, cookie)

    async def test_behind_https_the_cookie_stays_there(
        self, seeded_settings: Settings, dialogue: FakeDialogue
    ) -> None:
        public = seeded_settings.model_copy(update={"public_url": "https://demo.shop.example"})
        async with open_door(public, dialogue) as door:
            await door.service.ready()
            response = await door.client.post("/shop/sign-in", data={"customer": "C-0001"}, headers=OURS)
        assert "Secure" in response.headers["set-cookie"]


class TestAccount:
    async def test_a_stranger_is_asked_who_they_are(self, open_shop: OpenDoor) -> None:
        for path in ("/account", "/bag"):
            response = await open_shop.client.get(path)
            assert (response.status_code, response.headers["location"]) == (303, f"/sign-in?back={path}")

    @pytest.mark.parametrize("number", ["C-0001", "C-0003", "C-0007"])
    async def test_ones_own_and_nobody_elses(self, open_shop: OpenDoor, sign_in: SignIn, number: str) -> None:
        await sign_in(number)
        html = (await open_shop.client.get("/account")).text
        async with open_shop.service.store.reading() as session:
            for other in ("C-0001", "C-0002", "C-0003", "C-0007"):
                person = await customers.get_by_number(session, number=other)
                theirs = await orders.list_orders(session, customer_id=person.id, limit=8)
                back = await returns.list_returns(session, customer_id=person.id, limit=4)
                for shown in [*(one.number for one in theirs), *(one.number for one in back), person.email]:
                    assert (str(shown) in html) == (other == number)

    async def test_a_late_parcel_is_told_with_its_way(self, open_shop: OpenDoor, sign_in: SignIn) -> None:
        await sign_in("C-0001")
        html = (await open_shop.client.get("/account")).text
        assert "On its way, late" in html
        assert 'aria-label="On its way: step 2 of 4"' in html
        assert 'data-ask="Where is my order A-10780?"' in html

    async def test_only_what_came_lately_is_offered_for_return(
        self, open_shop: OpenDoor, sign_in: SignIn
    ) -> None:
        await sign_in("C-0001")
        html = (await open_shop.client.get("/account")).text
        assert "I want to return something from A-10771" in html
        assert "I want to return something from A-10051" not in html

    async def test_a_parcel_to_collect_is_on_its_way_to_the_store(
        self, open_shop: OpenDoor, sign_in: SignIn
    ) -> None:
        await sign_in("C-0003")
        html = (await open_shop.client.get("/account")).text
        assert 'aria-label="Ready to collect: step 3 of 4"' in html
        assert "Arrives today" in html


class TestIdentity:
    async def test_a_stranger_has_none(self, open_shop: OpenDoor) -> None:
        response = await open_shop.client.get("/shop/identity")
        assert response.json() == {"token": None}
        assert response.headers["cache-control"] == "no-store"

    async def test_it_says_who_is_signed_in_for_ten_minutes(
        self, open_shop: OpenDoor, sign_in: SignIn, seeded_settings: Settings
    ) -> None:
        await sign_in("C-0002")
        token = (await open_shop.client.get("/shop/identity")).json()["token"]
        key_id, secret = next(iter(seeded_settings.keys.items()))
        assert jwt.get_unverified_header(token) == {"alg": "HS256", "typ": "JWT", "kid": key_id}
        claims = jwt.decode(token, secret, algorithms=["HS256"], audience="aftersale")
        assert claims["sub"] == "C-0002"
        assert 0 < claims["exp"] - clock.now().timestamp() <= 600

    async def test_other_sites_cannot_read_it(self, open_shop: OpenDoor, sign_in: SignIn) -> None:
        await sign_in("C-0002")
        response = await open_shop.client.get("/shop/identity", headers={"Origin": "http://evil.example"})
        assert not [name for name in response.headers if name.startswith("access-control")]


class TestBag:
    async def put(self, door: OpenDoor, sku: str, path: str = "/shop/bag") -> Any:
        return await door.client.post(path, data={"sku": sku}, headers=OURS)

    async def test_in_and_out(self, open_shop: OpenDoor, sign_in: SignIn) -> None:
        await sign_in("C-0002")
        response = await self.put(open_shop, "WL-059-RED")
        assert response.headers["location"] == "/products/puffin-enamel-mug?color=red&added=1"
        assert "It is in your bag" in (await open_shop.client.get(response.headers["location"])).text
        await self.put(open_shop, "WL-059-RED")
        html = (await open_shop.client.get("/bag")).text
        assert "2 ×" in html
        assert "€28.00" in html
        await self.put(open_shop, "WL-059-RED", "/shop/bag/remove")
        assert "There is nothing in it yet" in (await open_shop.client.get("/bag")).text

    async def test_nobody_elses_bag_is_touched(self, open_shop: OpenDoor, sign_in: SignIn) -> None:
        await sign_in("C-0002")
        await self.put(open_shop, "WL-001-NVY-M", "/shop/bag/remove")
        async with open_shop.service.store.reading() as session:
            niamh = await customers.get_by_number(session, number="C-0001")
            lines = await carts.lines(session, customer_id=niamh.id)
        assert [line.variant.sku for line in lines] == ["WL-001-NVY-M"]

    async def test_a_stranger_has_none(self, open_shop: OpenDoor) -> None:
        response = await self.put(open_shop, "WL-059-RED")
        assert (response.status_code, response.json()["error"]["code"]) == (401, "signed_out")

    @pytest.mark.parametrize("sku", ["WL-999", "", "x" * 5000, "' or 1=1", "\0"])
    async def test_what_is_not_sold_is_not_put_in(
        self, open_shop: OpenDoor, sign_in: SignIn, sku: str
    ) -> None:
        await sign_in("C-0002")
        assert (await self.put(open_shop, sku)).status_code in (404, 422)

    async def test_there_is_an_end_to_it(self, open_shop: OpenDoor, sign_in: SignIn) -> None:
        await sign_in("C-0002")
        for _ in range(carts.MOST + 2):
            await self.put(open_shop, "WL-059-RED")
        async with open_shop.service.store.reading() as session:
            lukas = await customers.get_by_number(session, number="C-0002")
            [line] = await carts.lines(session, customer_id=lukas.id)
        assert line.quantity == carts.MOST
